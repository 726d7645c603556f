/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A message still to be sent, as the outbox stores it. Owns its strings. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CONFAB_OUTBOX_WAITING = 0, /* values are stored: only append */
  CONFAB_OUTBOX_FAILED = 1,
} ConfabOutboxState;

typedef struct
{
  gint64 id; /* the order of sending */
  char *client_id;
  gint64 conversation_id;
  char *content;
  gint64 created_at;
  ConfabOutboxState state;
  int problem; /* ConfabProblem or -1 */
} ConfabOutboxRow;

ConfabOutboxRow *confab_outbox_row_copy (const ConfabOutboxRow *self);
void confab_outbox_row_free (ConfabOutboxRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabOutboxRow, confab_outbox_row_free)

G_END_DECLS
