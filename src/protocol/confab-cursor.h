/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The server's cursor, "EPOCH:REV". Clients treat it as opaque; only the server includes this
 * header. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full) */
char *confab_cursor_format (const char *epoch, gint64 rev);

/* Return FALSE unless @cursor is well formed and has the epoch @epoch. NULL or "" is revision 0. */
gboolean confab_cursor_parse (const char *cursor, const char *epoch, gint64 *rev);

G_END_DECLS
