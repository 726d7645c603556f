/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-command.h"

ConfabCommand *
confab_command_new (ConfabCommandKind kind)
{
  ConfabCommand *self = g_new0 (ConfabCommand, 1);

  self->kind = kind;

  return self;
}

void
confab_command_free (ConfabCommand *self)
{
  g_free (self->client_id);
  g_free (self->username);
  g_free (self->email);
  g_free (self->password_hash);
  g_free (self->rolename);
  g_free (self->state);
  g_free (self->expected_state);
  g_free (self->text);
  g_free (self->address);
  g_free (self->network);
  g_clear_pointer (&self->token_hash, g_bytes_unref);
  g_clear_pointer (&self->device_hash, g_bytes_unref);
  g_clear_pointer (&self->png, g_bytes_unref);
  g_clear_pointer (&self->user_ids, g_array_unref);
  g_free (self);
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
