/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* All unsent texts in memory. They are few, and all are needed only when opening the mirror. */

#pragma once

#include "confab-database.h"
#include "confab-outbox-row.h"

G_BEGIN_DECLS

/**
 * ConfabUnsent:
 * @messages: client id → ConfabOutboxRow
 * @drafts: gint64* (a conversation's id) → text
 * @added: set of client ids that the mirror's tables do not have
 * @changed: whether it differs from those tables
 */
typedef struct
{
  GHashTable *messages;
  GHashTable *drafts;
  GHashTable *added;
  gboolean changed;
} ConfabUnsent;

ConfabUnsent *confab_unsent_new (void);
/* Read the tables `outbox` and `drafts`. (transfer full), or NULL with a CONFAB_STORE_ERROR */
ConfabUnsent *confab_unsent_read (ConfabDatabase *database, GError **error);
void confab_unsent_free (ConfabUnsent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabUnsent, confab_unsent_free)

/**
 * confab_unsent_replay:
 * @records: (element-type ConfabUnsentRecord): of an unsent file
 * @mark: the tables contain the lines before this offset, which therefore only repair texts
 * @damaged: whether lines are missing; then drafts are taken from the tables
 * @sound: whether the tables are intact; if not, damaged lines are used, too, and their messages
 *   are shown as not sent, for the user to judge
 *
 * Applies the lines.
 */
void confab_unsent_replay (ConfabUnsent *self,
                           GPtrArray *records,
                           gsize mark,
                           gboolean damaged,
                           gboolean sound);
/* Remove added messages that the mirror has as sent. */
gboolean confab_unsent_drop_arrived (ConfabUnsent *self,
                                     ConfabDatabase *database,
                                     gint64 self_user_id,
                                     GError **error);

/* (transfer container) (element-type ConfabOutboxRow): the messages in the order of sending */
GPtrArray *confab_unsent_list (const ConfabUnsent *self);
gboolean confab_unsent_equal (const ConfabUnsent *self, const ConfabUnsent *other);
/* Append a line for each message and draft. */
void confab_unsent_print (const ConfabUnsent *self, GString *lines);
/* Replace the content of the tables. */
gboolean confab_unsent_write_tables (const ConfabUnsent *self,
                                     ConfabDatabase *database,
                                     GError **error);

G_END_DECLS
