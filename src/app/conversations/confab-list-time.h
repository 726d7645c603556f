/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A time as the conversation list says it: as short as it can be without being unclear. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "14:32" on the day of @now, "Yesterday", "Mon" within a week, "3 Mar" within a year, else the
 * date as the locale writes it. Times are in ms since the Unix epoch. (transfer full) */
char *confab_list_time (gint64 time, gint64 now);

G_END_DECLS
