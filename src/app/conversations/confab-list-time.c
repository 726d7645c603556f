/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-list-time.h"

#include <glib/gi18n.h>

#include "confab-time-text.h"

#define WEEK_DAYS 7

static GDateTime *
local_time (gint64 ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

static guint32
day_number (GDateTime *time)
{
  GDate date;
  int year = 0, month = 0, day = 0;

  g_date_time_get_ymd (time, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);

  return g_date_get_julian (&date);
}

char *
confab_list_time (gint64 time, gint64 now)
{
  g_autoptr (GDateTime) then = local_time (time);
  g_autoptr (GDateTime) today = local_time (now);
  gint64 days = 0;

  if (then == NULL || today == NULL)
    return g_strdup ("");

  days = (gint64) day_number (today) - day_number (then);
  /* The server's clock may be a little ahead of ours. */
  if (days <= 0)
    return confab_time_text_clock (time);
  if (days == 1)
    return g_strdup (_("Yesterday"));
  if (days < WEEK_DAYS)
    return g_date_time_format (then, "%a");
  if (g_date_time_get_year (then) == g_date_time_get_year (today))
    /* Translators: a day of this year, "3 Mar"; see g_date_time_format(). */
    return g_date_time_format (then, C_("date", "%-e %b"));

  return g_date_time_format (then, "%x");
}
