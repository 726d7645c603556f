/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Small things with files that the mirror and the unsent file share. They block: for a thread.
 * Errors: CONFAB_STORE_ERROR: FULL, READ_ONLY or FAILED. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Set @error to what errno says of @what. Returns: FALSE */
gboolean confab_disk_fail (const char *what, GError **error);

/* Write all of @data to @fd. Returns: FALSE with errno set if that failed */
gboolean confab_disk_write_all (int fd, const char *data, gsize length);

/* Wait until renames in @directory are on the disk. */
gboolean confab_disk_sync_directory (const char *directory, GError **error);

/* Returns: (transfer full): the first free PATH.damaged-N */
char *confab_disk_name_aside (const char *path);
/* Rename @path to it. */
gboolean confab_disk_set_aside (const char *path, GError **error);
/* Set aside what is at @path if it is no regular file: a folder, a named pipe, a link that leads
 * nowhere. */
gboolean confab_disk_clear_way (const char *path, GError **error);

G_END_DECLS
