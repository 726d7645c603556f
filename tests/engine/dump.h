/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What lies in a database, as text that can be compared. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The rows of @sql, one a line, columns parted by bars. (transfer full) */
char *dump_query (const char *path, const char *sql);
gint64 dump_number (const char *path, const char *sql);

/* The five tables and the read positions of a mirror, as the server knows them, without what is
 * kept of closed conversations; and why those are closed. @except: (nullable): ids of
 * conversations to leave out, parted by commas. (transfer full) (nullable): NULL while something
 * is still on its way: history, untold read positions, the outbox */
char *dump_mirror (const char *path, const char *except);

/* The first line in which @a and @b differ. (transfer full) */
char *dump_difference (const char *a, const char *b);

G_END_DECLS
