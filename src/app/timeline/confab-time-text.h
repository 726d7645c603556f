/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Formats times in the desktop's language and clock format. Times are in ms since the Unix epoch.
 * All results are (transfer full). Main thread. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* "14:32", or "2:32 PM" if the desktop uses a 12-hour clock. */
char *confab_time_text_clock (gint64 time);
/* "Today", "Yesterday", "Monday", "Monday, March 3" or "March 3, 2024", seen from @now. */
char *confab_time_text_day (gint64 time, gint64 now);
/* The time of day, preceded by the day unless it is today: "14:32", "Yesterday, 14:32". */
char *confab_time_text_when (gint64 time, gint64 now);
/* The day and the time of day: "Today, 14:32". */
char *confab_time_text_day_and_clock (gint64 time, gint64 now);
/* The full date and time, for a tooltip: "Monday, March 3, 2025, 14:32". */
char *confab_time_text_full (gint64 time);
/* "March 3, 2026". */
char *confab_time_text_date (gint64 time);

typedef char *(*ConfabTimeText) (gpointer item);

/**
 * confab_time_text_bind:
 * @object: an object that has not been bound before
 * @property: the name of a string property of @object
 * @make: returns the text for @item
 *
 * Sets @property now, and again each time the day or the time zone changes.
 */
void confab_time_text_bind (gpointer object,
                            const char *property,
                            ConfabTimeText make,
                            gpointer item);
/* Return when the first day after @now begins. */
gint64 confab_time_next_day (gint64 now);

G_END_DECLS
