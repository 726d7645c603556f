/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-quiet-hours.h"

#include "confab-settings.h"

gboolean
confab_quiet_hours_contain (int from, int until, int minute)
{
  if (from <= until)
    return minute >= from && minute < until;

  return minute >= from || minute < until;
}

gboolean
confab_quiet_hours_permit (GDateTime *now)
{
  GSettings *settings = confab_settings_get ();
  int minute = g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now);

  if (!g_settings_get_boolean (settings, CONFAB_SETTINGS_NOTIFICATIONS))
    return FALSE;
  if (!g_settings_get_boolean (settings, CONFAB_SETTINGS_QUIET_HOURS))
    return TRUE;

  return !confab_quiet_hours_contain (g_settings_get_int (settings, CONFAB_SETTINGS_QUIET_FROM),
                                      g_settings_get_int (settings, CONFAB_SETTINGS_QUIET_UNTIL),
                                      minute);
}
