/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-administration.h"

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
