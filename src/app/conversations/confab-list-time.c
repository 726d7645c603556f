/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-list-time.h"

#include <glib/gi18n.h>

#include "confab-clock.h"
#include "confab-date-format.h"
#include "confab-time-text.h"

#define WEEK_DAYS 7

char *
confab_list_time (gint64 time, gint64 now)
{
  g_autoptr (GDateTime) then = confab_clock_dup_local (time);
  g_autoptr (GDateTime) today = confab_clock_dup_local (now);
  gint64 days = 0;

  if (then == NULL || today == NULL)
    return g_strdup ("");

  days = confab_clock_day (now) - confab_clock_day (time);
  /* The server's clock may be slightly ahead of this computer's. */
  if (days <= 0)
    return confab_time_text_clock (time);
  if (days == 1)
    /* Translators: when the last message was sent; as short as possible */
    return g_strdup (_("Yesterday"));
  if (days < WEEK_DAYS)
    return confab_date_format (then, CONFAB_DATE_WEEKDAY_SHORT);
  if (g_date_time_get_year (then) == g_date_time_get_year (today))
    return confab_date_format (then, CONFAB_DATE_DAY_SHORT);

  return confab_date_format (then, CONFAB_DATE_DATE_SHORT);
}
