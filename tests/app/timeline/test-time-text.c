/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-time-text.h"

#include "confab-clock.h"

#include <gtk/gtk.h>
#include <locale.h>

static gint64
at (int year, int month, int day, int hour, int minute)
{
  g_autoptr (GDateTime) date = g_date_time_new_local (year, month, day, hour, minute, 0);

  return g_date_time_to_unix (date) * 1000;
}

static void
test_day (void)
{
  gint64 now = at (2025, 3, 12, 0, 5); /* a Wednesday */
  const struct
  {
    gint64 time;
    const char *text;
  } cases[] = {
    { at (2025, 3, 12, 0, 0), "Today" },
    { at (2025, 3, 11, 23, 59), "Yesterday" },
    { at (2025, 3, 11, 0, 0), "Yesterday" },
    { at (2025, 3, 10, 23, 59), "Monday" },
    { at (2025, 3, 6, 12, 0), "Thursday" },
    { at (2025, 3, 5, 12, 0), "Wednesday, March 5" },
    { at (2025, 1, 1, 0, 0), "Wednesday, January 1" },
    { at (2024, 12, 31, 23, 59), "December 31, 2024" },
    { at (2025, 3, 13, 12, 0), "Thursday, March 13" }, /* a clock that is ahead */
    { 0, "January 1, 1970" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = confab_time_text_day (cases[i].time, now);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_when (void)
{
  gint64 now = at (2025, 3, 12, 12, 5);
  g_autofree char *today = confab_time_text_when (at (2025, 3, 12, 0, 1), now);
  g_autofree char *yesterday = confab_time_text_when (at (2025, 3, 11, 23, 59), now);

  g_assert_cmpstr (today, ==, "00:01");
  g_assert_cmpstr (yesterday, ==, "Yesterday, 23:59");
}

/* At a new year, days are counted correctly. */
static void
test_new_year (void)
{
  g_autofree char *text = confab_time_text_day (at (2024, 12, 31, 23, 0), at (2025, 1, 1, 1, 0));

  g_assert_cmpstr (text, ==, "Yesterday");
}

static void
test_clock (void)
{
  g_autofree char *clock = confab_time_text_clock (at (2025, 3, 12, 14, 32));
  g_autofree char *full = confab_time_text_full (at (2025, 3, 12, 14, 32));

  g_assert_cmpstr (clock, ==, "14:32");
  g_assert_cmpstr (full, ==, "Wednesday, March 12, 2025, 14:32");
}

/* Times that GDateTime cannot represent must not crash the app. */
static void
test_absurd (void)
{
  g_autofree char *far = confab_time_text_full (G_MAXINT64);
  g_autofree char *negative = confab_time_text_day (G_MININT64, 0);

  g_assert_nonnull (far);
  g_assert_cmpstr (negative, ==, "Today");
}

static char *
say_clock (gpointer item)
{
  return confab_time_text_clock (*(gint64 *)g_object_get_data (item, "time"));
}

/* A bound text follows a change of the time zone, for as long as its object lives. */
static void
test_bind (void)
{
  GtkEntryBuffer *buffer = gtk_entry_buffer_new (NULL, 0);
  GObject *item = g_object_new (G_TYPE_OBJECT, NULL);
  gint64 time = at (2025, 3, 12, 14, 32);

  g_object_set_data (item, "time", &time);
  confab_time_text_bind (buffer, "text", say_clock, item);
  g_assert_cmpstr (gtk_entry_buffer_get_text (buffer), ==, "14:32");
  g_setenv ("TZ", "Asia/Tokyo", TRUE);
  confab_clock_check ();
  g_assert_cmpstr (gtk_entry_buffer_get_text (buffer), ==, "22:32");
  g_object_add_weak_pointer (item, (gpointer *)&item);
  g_object_unref (item);
  g_assert_finalize_object (buffer);
  g_assert_null (item);
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  confab_clock_check ();
}

static void
test_next_day (void)
{
  g_assert_cmpint (confab_time_next_day (at (2025, 3, 12, 0, 0)), ==, at (2025, 3, 13, 0, 0));
  g_assert_cmpint (confab_time_next_day (at (2025, 3, 12, 23, 59)), ==, at (2025, 3, 13, 0, 0));
  g_assert_cmpint (confab_time_next_day (at (2024, 12, 31, 12, 0)), ==, at (2025, 1, 1, 0, 0));
  /* A day of 23 hours in Berlin */
  g_assert_cmpint (confab_time_next_day (at (2025, 3, 30, 0, 30)), ==, at (2025, 3, 31, 0, 0));
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/time/day", test_day);
  g_test_add_func ("/timeline/time/when", test_when);
  g_test_add_func ("/timeline/time/new-year", test_new_year);
  g_test_add_func ("/timeline/time/clock", test_clock);
  g_test_add_func ("/timeline/time/absurd", test_absurd);
  g_test_add_func ("/timeline/time/next-day", test_next_day);
  g_test_add_func ("/timeline/time/bind", test_bind);

  return g_test_run ();
}
