/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Times as the timeline says them, in the desktop's language and clock format. Times are in ms
 * since the Unix epoch. Everything returned is (transfer full). Main thread. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* "14:32", or "2:32 PM" where the desktop says so. */
char *confab_time_text_clock (gint64 time);
/* "Today", "Yesterday", "Monday", "Monday, March 3" or "March 3, 2024", seen from @now. */
char *confab_time_text_day (gint64 time, gint64 now);
/* The time of day, after the day unless that is today: "14:32", "Yesterday, 14:32". */
char *confab_time_text_when (gint64 time, gint64 now);
/* Everything, for a tooltip: "Monday, March 3, 2025, 14:32". */
char *confab_time_text_full (gint64 time);
/* "March 3, 2026". */
char *confab_time_text_date (gint64 time);

typedef char *(*ConfabTimeText) (gpointer item);

/* Sets @property of @object to what @make says of @item, now and whenever the day or the time zone
 * is another one. Once per object. */
void confab_time_text_bind (gpointer object,
                            const char *property,
                            ConfabTimeText make,
                            gpointer item);
/* When the next day begins after @now. */
gint64 confab_time_next_day (gint64 now);

G_END_DECLS
