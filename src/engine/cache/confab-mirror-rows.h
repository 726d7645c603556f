/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads rows from the mirror's file. A damaged file may contain anything: a missing text or invalid
 * UTF-8 is CONFAB_STORE_ERROR_CORRUPT, like a page that SQLite refuses. */

#pragma once

#include "confab-database.h"
#include "confab-outbox-row.h"
#include "confab-query.h"
#include "confab-rows.h"

G_BEGIN_DECLS

/* Returns: (transfer full): the text in @column, or NULL with an error */
char *confab_mirror_rows_text (ConfabResult *result, int column, GError **error);
/* The same, but NULL is allowed: FALSE is an error. */
gboolean confab_mirror_rows_optional_text (ConfabResult *result,
                                           int column,
                                           char **text,
                                           GError **error);

/* The columns that each function reads, in order, from column 0. Returns: (transfer full), or NULL
 * with an error */
#define CONFAB_MIRROR_USER_COLUMNS                                                                 \
  "u.id, u.username, u.email, u.created_at, u.role_id, u.rev, u.about, u.picture, u.deleted"
ConfabUserRow *confab_mirror_rows_user (ConfabResult *result, GError **error);

#define CONFAB_MIRROR_MESSAGE_COLUMNS                                                              \
  "m.id, m.client_id, m.conversation_id, m.sender_id, m.seq, m.content, m.sent_at, m.rev, "        \
  "m.removed_at"
ConfabMessageRow *confab_mirror_rows_message (ConfabResult *result, GError **error);

#define CONFAB_MIRROR_OUTBOX_COLUMNS                                                               \
  "o.id, o.client_id, o.conversation_id, o.content, o.created_at, o.state, o.problem"
ConfabOutboxRow *confab_mirror_rows_outbox (ConfabResult *result, GError **error);

/* Collect the results of @read for all rows of @result. Returns: (transfer full): an array that
 * frees its elements with @free_row, or NULL with an error */
typedef gpointer (*ConfabMirrorRowsFunc) (ConfabResult *result, GError **error);
GPtrArray *confab_mirror_rows_collect (ConfabResult *result,
                                       ConfabMirrorRowsFunc read,
                                       GDestroyNotify free_row,
                                       GError **error);
/* The same for a column of ids. Returns: (transfer full) (element-type gint64) */
GPtrArray *confab_mirror_rows_ids (ConfabResult *result, GError **error);

G_END_DECLS
