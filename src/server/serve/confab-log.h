/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The log, written to the standard error by a thread of its own: a pipe that nobody reads, or a
 * disk that is slow, stops that thread and never the one that has something to say. What does
 * not fit meanwhile is dropped, and said to have been. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on g_printerr() and GLib's messages go through the thread. */
void confab_log_start (void);

/* Waits until all is written, but not long, and writes directly again. */
void confab_log_stop (void);

G_END_DECLS
