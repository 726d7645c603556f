/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "memory-socket.h"

ConfabSocket *
memory_socket_new (void)
{
  ConfabSocket *self = g_new0 (ConfabSocket, 1);

  self->frames = g_ptr_array_new_with_free_func (g_free);
  self->text = g_string_new (NULL);

  return self;
}

void
memory_socket_free (ConfabSocket *self)
{
  g_ptr_array_unref (self->frames);
  g_string_free (self->text, TRUE);
  g_free (self);
}

void
confab_socket_want_write (ConfabSocket *self)
{
  self->wants_write = TRUE;
}

GString *
confab_socket_begin_text (ConfabSocket *self)
{
  return g_string_truncate (self->text, 0);
}

void
confab_socket_end_text (ConfabSocket *self)
{
  g_assert_cmpuint (self->close_code, ==, 0);
  g_ptr_array_add (self->frames, g_strdup (self->text->str));
}

void
confab_socket_ping (ConfabSocket *self)
{
  self->n_pings++;
}

void
confab_socket_close (ConfabSocket *self, ConfabCloseCode code)
{
  g_assert_cmpuint (self->close_code, ==, 0);
  self->close_code = code;
}

void
confab_socket_abort (ConfabSocket *self)
{
  self->aborted = TRUE;
}
