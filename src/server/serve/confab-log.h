/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Writes the log to standard error in its own thread: a slow disk, or a pipe that is not read,
 * blocks only that thread. Lines that do not fit in the buffer meanwhile are dropped and counted in
 * the log. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Send the output of g_printerr() and GLib's messages through the thread from now on. */
void confab_log_start (void);

/* Wait a limited time until all is written, and write directly from now on. */
void confab_log_stop (void);

G_END_DECLS
