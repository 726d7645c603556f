/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-administration.h"

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
confab_people_page_free (ConfabPeoplePage *self)
{
  g_ptr_array_unref (self->people);
  g_free (self->next);
  g_free (self);
}

void
confab_audit_page_free (ConfabAuditPage *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}
