/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Formats times for the conversation list, as short as possible. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Return "14:32" on the day of @now, "Yesterday", "Mon" within a week, "Mar 3" within a year, and
 * else the date in the locale's format. Times are in ms since the Unix epoch. (transfer full) */
char *confab_list_time (gint64 time, gint64 now);

G_END_DECLS
