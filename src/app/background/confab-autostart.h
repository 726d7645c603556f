/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Starts Confab in the background when the user logs in: a file in XDG_CONFIG_HOME/autostart, as
 * the Desktop Application Autostart Specification says. Not in a sandbox, where the portal writes
 * it. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The arguments that start Confab without a window. */
#define CONFAB_AUTOSTART_ARGUMENT "--gapplication-service"

/**
 * confab_autostart_set_async:
 * @wanted: whether to start Confab at login
 *
 * Writes or removes the file. Do not call this again before it completes. Main thread.
 */
void confab_autostart_set_async (gboolean wanted, GAsyncReadyCallback callback, gpointer user_data);
gboolean confab_autostart_set_finish (GAsyncResult *result, GError **error);

/* Return the content of the file that starts @program, a path. (transfer full) */
char *confab_autostart_dup_entry (const char *program);

G_END_DECLS
