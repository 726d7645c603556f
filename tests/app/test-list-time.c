/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <locale.h>

#include "confab-list-time.h"

static gint64
ms (int year, int month, int day, int hour, int minute)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (year, month, day, hour, minute, 0);

  return g_date_time_to_unix (time) * 1000;
}

static void
assert_said (gint64 time, gint64 now, const char *expected)
{
  g_autofree char *said = confab_list_time (time, now);

  g_assert_cmpstr (said, ==, expected);
}

static void
test_days (void)
{
  const gint64 now = ms (2026, 3, 11, 10, 0); /* a Wednesday */

  assert_said (ms (2026, 3, 11, 9, 5), now, "09:05");
  assert_said (ms (2026, 3, 11, 0, 0), now, "00:00");
  assert_said (ms (2026, 3, 10, 23, 59), now, "Yesterday");
  assert_said (ms (2026, 3, 10, 0, 0), now, "Yesterday");
  assert_said (ms (2026, 3, 9, 23, 59), now, "Mon");
  assert_said (ms (2026, 3, 5, 12, 0), now, "Thu");
  assert_said (ms (2026, 3, 4, 12, 0), now, "Mar 4");
  assert_said (ms (2026, 1, 1, 0, 0), now, "Jan 1");
  assert_said (ms (2025, 12, 31, 23, 59), now, "12/31/25");
}

/* Yesterday is a calendar day and not 24 hours, also when the clock changes and at the end of a
 * year. */
static void
test_borders (void)
{
  assert_said (ms (2026, 3, 28, 23, 30), ms (2026, 3, 29, 23, 45), "Yesterday");
  assert_said (ms (2025, 12, 31, 23, 59), ms (2026, 1, 1, 0, 1), "Yesterday");
  assert_said (ms (2025, 12, 29, 8, 0), ms (2026, 1, 2, 8, 0), "Mon");
}

static void
test_ahead (void)
{
  const gint64 now = ms (2026, 3, 11, 23, 59);

  assert_said (now + 120 * 1000, now, "00:01");
}

static void
test_out_of_range (void)
{
  assert_said (G_MAXINT64, 0, "");
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/list-time/days", test_days);
  g_test_add_func ("/app/list-time/borders", test_borders);
  g_test_add_func ("/app/list-time/ahead", test_ahead);
  g_test_add_func ("/app/list-time/out-of-range", test_out_of_range);

  return g_test_run ();
}
