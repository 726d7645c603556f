/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Rows out of the mirror's file. A damaged file may hold anything: a text that is missing or no
 * UTF-8 is CONFAB_STORE_ERROR_CORRUPT, like a page that SQLite itself refuses. */

#pragma once

#include "confab-database.h"
#include "confab-outbox-row.h"
#include "confab-rows.h"

G_BEGIN_DECLS

/* Returns: (transfer full): the text in @column, or NULL with an error */
char *confab_mirror_rows_text (ConfabStatement *statement, int column, GError **error);
/* The same, where NULL is a value: FALSE is an error. */
gboolean confab_mirror_rows_optional_text (ConfabStatement *statement,
                                           int column,
                                           char **text,
                                           GError **error);

/* The columns each reads, in order, beginning with column 0. Returns: (transfer full), or NULL
 * with an error */
#define CONFAB_MIRROR_USER_COLUMNS                                                                 \
  "u.id, u.username, u.email, u.created_at, u.role_id, u.rev, u.about, u.picture, u.deleted"
ConfabUserRow *confab_mirror_rows_user (ConfabStatement *statement, GError **error);

#define CONFAB_MIRROR_MESSAGE_COLUMNS                                                              \
  "m.id, m.client_id, m.conversation_id, m.sender_id, m.seq, m.content, m.sent_at, m.rev, "        \
  "m.removed_at"
ConfabMessageRow *confab_mirror_rows_message (ConfabStatement *statement, GError **error);

#define CONFAB_MIRROR_OUTBOX_COLUMNS                                                               \
  "o.id, o.client_id, o.conversation_id, o.content, o.created_at, o.state, o.problem"
ConfabOutboxRow *confab_mirror_rows_outbox (ConfabStatement *statement, GError **error);

/* Runs @statement to its end and gathers what @read makes of each row.
 * Returns: (transfer full): an array that frees its elements with @free_row, or NULL with an
 * error */
typedef gpointer (*ConfabMirrorRowsFunc) (ConfabStatement *statement, GError **error);
GPtrArray *confab_mirror_rows_collect (ConfabStatement *statement,
                                       ConfabMirrorRowsFunc read,
                                       GDestroyNotify free_row,
                                       GError **error);

/* The integer in the first column of the first row of @sql (a literal) with @id, and @other if
 * the statement has a second parameter, bound; @fallback without a row. FALSE is an error. */
gboolean confab_mirror_rows_int (ConfabDatabase *database,
                                 const char *sql,
                                 gint64 id,
                                 gint64 other,
                                 gint64 fallback,
                                 gint64 *value,
                                 GError **error);

/* Runs @sql (a literal) with @id bound to its one parameter. */
gboolean confab_mirror_rows_run (ConfabDatabase *database,
                                 const char *sql,
                                 gint64 id,
                                 GError **error);

G_END_DECLS
