/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* When the user is left in peace. */

#include "confab-mute.h"
#include "confab-quiet-hours.h"

#define HOUR 60 /* in minutes */

static void
test_quiet_hours (void)
{
  /* Across midnight. */
  g_assert_true (confab_quiet_hours_contain (22 * HOUR, 7 * HOUR, 22 * HOUR));
  g_assert_true (confab_quiet_hours_contain (22 * HOUR, 7 * HOUR, 0));
  g_assert_true (confab_quiet_hours_contain (22 * HOUR, 7 * HOUR, 7 * HOUR - 1));
  g_assert_false (confab_quiet_hours_contain (22 * HOUR, 7 * HOUR, 7 * HOUR));
  g_assert_false (confab_quiet_hours_contain (22 * HOUR, 7 * HOUR, 22 * HOUR - 1));
  /* Within a day. */
  g_assert_true (confab_quiet_hours_contain (12 * HOUR, 13 * HOUR, 12 * HOUR));
  g_assert_false (confab_quiet_hours_contain (12 * HOUR, 13 * HOUR, 13 * HOUR));
  g_assert_false (confab_quiet_hours_contain (12 * HOUR, 13 * HOUR, 0));
  g_assert_false (confab_quiet_hours_contain (12 * HOUR, 12 * HOUR, 12 * HOUR));
}

static guint
seconds_until_tomorrow (int month, int day, int hour)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("CET-1CEST,M3.5.0,M10.5.0/3");
  g_autoptr (GDateTime) now = NULL;

  g_assert_nonnull (zone);
  now = g_date_time_new (zone, 2026, month, day, hour, 0, 0);
  return confab_mute_seconds_until_tomorrow (now);
}

/* Until eight in the morning; the clocks change on 29 March and on 25 October. */
static void
test_mute_until_tomorrow (void)
{
  g_assert_cmpuint (seconds_until_tomorrow (6, 10, 20), ==, 12 * 3600);
  g_assert_cmpuint (seconds_until_tomorrow (6, 10, 2), ==, 6 * 3600); /* still the evening before */
  g_assert_cmpuint (seconds_until_tomorrow (6, 10, 4), ==, 28 * 3600);
  g_assert_cmpuint (seconds_until_tomorrow (12, 31, 20), ==, 12 * 3600);
  g_assert_cmpuint (seconds_until_tomorrow (3, 28, 20), ==, 11 * 3600);
  g_assert_cmpuint (seconds_until_tomorrow (10, 24, 20), ==, 13 * 3600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/notification/quiet-hours", test_quiet_hours);
  g_test_add_func ("/app/notification/mute-until-tomorrow", test_mute_until_tomorrow);

  return g_test_run ();
}
