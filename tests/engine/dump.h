/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Dumps databases as text for comparison. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Return the rows of @sql, one per line, columns separated by bars. (transfer full) */
char *dump_query (const char *path, const char *sql);
gint64 dump_number (const char *path, const char *sql);

/* Return the five tables and the read positions of a mirror as the server knows them, without the
 * data of closed conversations but with their reasons. @except: (nullable): ids of conversations to
 * leave out, separated by commas. (transfer full) (nullable): NULL while history, read positions or
 * the outbox are incomplete */
char *dump_mirror (const char *path, const char *except);

/* Return the first line in which @a and @b differ. (transfer full) */
char *dump_difference (const char *a, const char *b);

G_END_DECLS
