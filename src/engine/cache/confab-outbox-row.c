/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-outbox-row.h"

ConfabOutboxRow *
confab_outbox_row_copy (const ConfabOutboxRow *self)
{
  ConfabOutboxRow *copy = g_new (ConfabOutboxRow, 1);

  *copy = *self;
  copy->client_id = g_strdup (self->client_id);
  copy->content = g_strdup (self->content);
  return copy;
}

void
confab_outbox_row_free (ConfabOutboxRow *self)
{
  g_free (self->client_id);
  g_free (self->content);
  g_free (self);
}
