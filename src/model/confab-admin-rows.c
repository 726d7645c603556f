/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-admin-rows.h"

static const char *const state_names[] = { "active", "suspended", "deleted" };

const char *
confab_person_state_to_string (ConfabPersonState state)
{
  g_return_val_if_fail ((guint)state < G_N_ELEMENTS (state_names), NULL);

  return state_names[state];
}

gboolean
confab_person_state_from_string (const char *text, ConfabPersonState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_str_equal (text, state_names[i]))
      {
        *state = (ConfabPersonState)i;
        return TRUE;
      }

  return FALSE;
}

void
confab_person_row_free (ConfabPersonRow *self)
{
  g_clear_pointer (&self->user, confab_user_row_free);
  g_free (self->state);
  g_free (self);
}

void
confab_invitation_row_free (ConfabInvitationRow *self)
{
  g_free (self->created_by);
  g_free (self);
}

void
confab_audit_row_free (ConfabAuditRow *self)
{
  g_free (self->actor);
  g_free (self->target);
  g_free (self->action);
  g_free (self->old_value);
  g_free (self->new_value);
  g_free (self->address);
  g_free (self);
}

void
confab_session_row_free (ConfabSessionRow *self)
{
  g_free (self->device_name);
  g_free (self);
}
