/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-command.h"

/* Data owned by the command, and its free function. */
typedef struct
{
  gpointer data;
  GDestroyNotify free;
} Owned;

static void
owned_free (gpointer data)
{
  Owned *self = data;

  self->free (self->data);
  g_free (self);
}

ConfabCommand *
confab_command_new (ConfabCommandFunc run, gint64 actor_id)
{
  ConfabCommand *self = g_new0 (ConfabCommand, 1);

  self->run = run;
  self->actor_id = actor_id;
  self->owned = g_ptr_array_new_with_free_func (owned_free);

  return self;
}

void
confab_command_free (ConfabCommand *self)
{
  g_ptr_array_unref (self->owned);
  g_free (self);
}

static gpointer
take (ConfabCommand *self, gpointer data, GDestroyNotify free_data)
{
  Owned *owned;

  if (data == NULL)
    return NULL;

  owned = g_new (Owned, 1);
  owned->data = data;
  owned->free = free_data;
  g_ptr_array_add (self->owned, owned);

  return data;
}

const char *
confab_command_copy (ConfabCommand *self, const char *text)
{
  return confab_command_take (self, g_strdup (text));
}

const char *
confab_command_take (ConfabCommand *self, char *text)
{
  return take (self, text, g_free);
}

GBytes *
confab_command_take_bytes (ConfabCommand *self, GBytes *bytes)
{
  return take (self, bytes, (GDestroyNotify)g_bytes_unref);
}

GArray *
confab_command_take_ids (ConfabCommand *self, GArray *ids)
{
  return take (self, ids, (GDestroyNotify)g_array_unref);
}

ConfabOutcome *
confab_outcome_new (void)
{
  ConfabOutcome *self = g_atomic_rc_box_new0 (ConfabOutcome);

  self->gained = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->lost = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->ended_sessions = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->end_problem = -1;
  self->left = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->listed = g_array_new (FALSE, FALSE, sizeof (gint64));

  return self;
}

ConfabOutcome *
confab_outcome_ref (ConfabOutcome *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
confab_outcome_clear (gpointer data)
{
  ConfabOutcome *self = data;

  g_clear_error (&self->error);
  g_clear_pointer (&self->rows, confab_rows_unref);
  g_clear_pointer (&self->shared_rows, confab_rows_unref);
  g_array_unref (self->gained);
  g_array_unref (self->lost);
  g_array_unref (self->ended_sessions);
  g_array_unref (self->left);
  g_array_unref (self->listed);
  g_clear_pointer (&self->person, confab_person_row_free);
  g_clear_pointer (&self->invitation, confab_invitation_row_free);
}

void
confab_outcome_unref (ConfabOutcome *self)
{
  g_atomic_rc_box_release_full (self, confab_outcome_clear);
}
