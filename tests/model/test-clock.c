/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Days in several time zones. The story of the same name changes the clock itself. */

#include "confab-clock.h"

#define HOUR_MS (G_GINT64_CONSTANT (3600000))
#define DAY_MS (24 * HOUR_MS)

typedef struct
{
  GObject *object;
  guint n_changes;
} Fixture;

static void
changed_cb (GObject *object)
{
  Fixture *fixture = g_object_get_data (object, "fixture");

  fixture->n_changes++;
}

static void
travel (const char *zone)
{
  g_setenv ("TZ", zone, TRUE);
  confab_clock_check ();
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  travel ("UTC");
  fixture->n_changes = 0;
  fixture->object = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data (fixture->object, "fixture", fixture);
  confab_clock_connect (G_CALLBACK (changed_cb), fixture->object);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->object);
}

static void
test_day (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (confab_clock_day (0), ==, 0);
  g_assert_cmpint (confab_clock_day (DAY_MS - 1), ==, 0);
  g_assert_cmpint (confab_clock_day (DAY_MS), ==, 1);
  g_assert_cmpint (confab_clock_day (-1), ==, -1);
  travel ("Europe/Berlin");
  g_assert_cmpint (confab_clock_day (DAY_MS - HOUR_MS), ==, 1);
  g_assert_cmpint (confab_clock_day (DAY_MS - HOUR_MS - 1), ==, 0);
  travel ("America/New_York");
  g_assert_cmpint (confab_clock_day (5 * HOUR_MS - 1), ==, -1);
}

/* Times that a server may send. */
static void
test_absurd (Fixture *fixture, gconstpointer data)
{
  const gint64 times[] = { G_MININT64, G_MAXINT64, G_MAXINT64 / 1000, -62135596800001 };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GDateTime) date = confab_clock_dup_local (times[i]);

      confab_clock_day (times[i]);
      g_assert_null (date);
    }
}

static void
test_local (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) there = NULL;
  g_autoptr (GDateTime) here = confab_clock_dup_local (1741786320000);
  g_autofree char *said_here = g_date_time_format (here, "%F %R");
  g_autofree char *said_there = NULL;

  travel ("Asia/Kathmandu");
  there = confab_clock_dup_local (1741786320000);
  said_there = g_date_time_format (there, "%F %R");
  g_assert_cmpstr (said_here, ==, "2025-03-12 13:32");
  g_assert_cmpstr (said_there, ==, "2025-03-12 19:17");
}

static void
test_zone_change_is_told (Fixture *fixture, gconstpointer data)
{
  confab_clock_check ();
  g_assert_cmpuint (fixture->n_changes, ==, 0);
  travel ("Asia/Tokyo");
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  travel ("Asia/Tokyo");
  g_assert_cmpuint (fixture->n_changes, ==, 1);

  g_clear_object (&fixture->object);
  travel ("UTC"); /* the object is gone and is not notified */
  g_assert_cmpuint (fixture->n_changes, ==, 1);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/clock/day", test_day);
  add ("/clock/absurd", test_absurd);
  add ("/clock/local", test_local);
  add ("/clock/zone-change-is-told", test_zone_change_is_told);

  return g_test_run ();
}
