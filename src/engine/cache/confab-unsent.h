/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* All that is unsent, in memory: it is little, and needed whole only when the mirror is opened. */

#pragma once

#include "confab-database.h"
#include "confab-outbox-row.h"

G_BEGIN_DECLS

/**
 * ConfabUnsent:
 * @messages: client id → ConfabOutboxRow
 * @drafts: gint64* (a conversation's id) → text
 * @added: set of client ids: not from the mirror's tables
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
/* Reads the tables `outbox` and `drafts`. (transfer full), or NULL with a CONFAB_STORE_ERROR */
ConfabUnsent *confab_unsent_read (ConfabDatabase *database, GError **error);
void confab_unsent_free (ConfabUnsent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabUnsent, confab_unsent_free)

/**
 * confab_unsent_replay:
 * @records: (element-type ConfabUnsentRecord): of an unsent file
 * @mark: lines before this offset are known to the tables: they only mend texts there
 * @damaged: whether lines are missing; then drafts are as the tables have them
 * @sound: whether the tables are to be trusted; if not, what damaged lines still say is taken, too:
 *   such a message is shown as not sent, for the person to judge
 *
 * Does again what the lines say.
 */
void confab_unsent_replay (ConfabUnsent *self,
                           GPtrArray *records,
                           gsize mark,
                           gboolean damaged,
                           gboolean sound);
/* Drops added messages that the mirror has among the sent ones. */
gboolean confab_unsent_drop_arrived (ConfabUnsent *self,
                                     ConfabDatabase *database,
                                     gint64 self_user_id,
                                     GError **error);

/* (transfer container) (element-type ConfabOutboxRow): the messages in the order of sending */
GPtrArray *confab_unsent_list (const ConfabUnsent *self);
gboolean confab_unsent_equal (const ConfabUnsent *self, const ConfabUnsent *other);
/* Adds a line for each message and draft. */
void confab_unsent_print (const ConfabUnsent *self, GString *lines);
/* Puts all of it in the place of what the tables have. */
gboolean confab_unsent_write_tables (const ConfabUnsent *self,
                                     ConfabDatabase *database,
                                     GError **error);

G_END_DECLS
