/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-throttle.h"

#define SECOND ((gint64)G_USEC_PER_SEC)

static const ConfabThrottleRule rule = { 5, 60, 900 };

static void
test_burst (void)
{
  ConfabThrottle *throttle = confab_throttle_new (100);

  for (guint i = 0; i < 4; i++)
    {
      confab_throttle_add (throttle, &rule, "ada", SECOND);
      g_assert_cmpuint (confab_throttle_check (throttle, &rule, "ada", SECOND), ==, 0);
    }
  confab_throttle_add (throttle, &rule, "ada", SECOND);
  g_assert_cmpuint (confab_throttle_check (throttle, &rule, "ada", SECOND), >, 0);
  g_assert_cmpuint (confab_throttle_check (throttle, &rule, "bruno", SECOND), ==, 0);
  confab_throttle_free (throttle);
}

static void
test_waits_double_up_to_a_limit (void)
{
  ConfabThrottle *throttle = confab_throttle_new (100);
  gint64 now = SECOND;
  guint last = 0;

  for (guint i = 0; i < 30; i++)
    {
      guint wait;

      confab_throttle_add (throttle, &rule, "ada", now);
      wait = confab_throttle_check (throttle, &rule, "ada", now);
      g_assert_cmpuint (wait, >=, last);
      g_assert_cmpuint (wait, <=, rule.max_wait);
      last = wait;
    }
  g_assert_cmpuint (last, ==, rule.max_wait);

  /* The wait is never infinite: after it, one attempt is permitted. */
  now += (gint64)last * SECOND;
  g_assert_cmpuint (confab_throttle_check (throttle, &rule, "ada", now), ==, 0);
  confab_throttle_free (throttle);
}

static void
test_leaks (void)
{
  ConfabThrottle *throttle = confab_throttle_new (100);
  gint64 now = SECOND;

  /* An attempt a minute is the permitted rate and can go on forever. */
  for (guint i = 0; i < 1000; i++)
    {
      g_assert_cmpuint (confab_throttle_check (throttle, &rule, "ada", now), ==, 0);
      confab_throttle_add (throttle, &rule, "ada", now);
      now += 60 * SECOND;
    }

  /* After a long attack and a long pause, everything is as at the beginning. */
  for (guint i = 0; i < 100; i++)
    confab_throttle_add (throttle, &rule, "ada", now);
  now += 3600 * SECOND;
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpuint (confab_throttle_check (throttle, &rule, "ada", now), ==, 0);
      confab_throttle_add (throttle, &rule, "ada", now);
    }
  confab_throttle_free (throttle);
}

static void
test_reset (void)
{
  ConfabThrottle *throttle = confab_throttle_new (100);

  for (guint i = 0; i < 10; i++)
    confab_throttle_add (throttle, &rule, "ada", SECOND);
  g_assert_cmpuint (confab_throttle_check (throttle, &rule, "ada", SECOND), >, 0);
  confab_throttle_reset (throttle, "ada");
  g_assert_cmpuint (confab_throttle_check (throttle, &rule, "ada", SECOND), ==, 0);
  g_assert_cmpuint (confab_throttle_get_n_buckets (throttle), ==, 0);
  confab_throttle_free (throttle);
}

/* Attackers choose the names: the table stays small, and keeps those with the most attempts. */
static void
test_bounded (void)
{
  ConfabThrottle *throttle = confab_throttle_new (100);

  for (guint i = 0; i < 20; i++)
    confab_throttle_add (throttle, &rule, "attacker", SECOND);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *name = g_strdup_printf ("name %u", i);

      confab_throttle_add (throttle, &rule, name, SECOND);
      g_assert_cmpuint (confab_throttle_get_n_buckets (throttle), <=, 100);
    }
  g_assert_cmpuint (confab_throttle_check (throttle, &rule, "attacker", SECOND), >, 0);
  confab_throttle_free (throttle);
}

/* A returned attempt leaves no trace, not even a wait. */
static void
test_return (void)
{
  ConfabThrottle *throttle = confab_throttle_new (100);

  for (guint i = 0; i < 100; i++)
    {
      g_assert_cmpuint (confab_throttle_take (throttle, &rule, "ada", SECOND), ==, 0);
      confab_throttle_return (throttle, &rule, "ada");
    }
  for (guint i = 0; i < 4; i++)
    confab_throttle_add (throttle, &rule, "ada", SECOND);
  g_assert_cmpuint (confab_throttle_take (throttle, &rule, "ada", SECOND), ==, 0);
  g_assert_cmpuint (confab_throttle_check (throttle, &rule, "ada", SECOND), >, 0);
  confab_throttle_return (throttle, &rule, "ada");
  g_assert_cmpuint (confab_throttle_check (throttle, &rule, "ada", SECOND), ==, 0);
  confab_throttle_return (throttle, &rule, "bruno");
  g_assert_cmpuint (confab_throttle_get_n_buckets (throttle), ==, 1);
  confab_throttle_free (throttle);
}

/* Spending never exceeds the limit, and recovers at the rate. */
static void
test_spend (void)
{
  static const ConfabThrottleRule budget = { 100, 0.5, 0 };
  ConfabThrottle *throttle = confab_throttle_new (100);
  gint64 now = SECOND;

  g_assert_cmpuint (confab_throttle_spend (throttle, &budget, "ada", 60, now), ==, 0);
  g_assert_cmpuint (confab_throttle_spend (throttle, &budget, "ada", 40, now), ==, 0);
  g_assert_cmpuint (confab_throttle_spend (throttle, &budget, "ada", 1, now), ==, 1);
  /* Refused spending costs nothing. */
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (confab_throttle_spend (throttle, &budget, "ada", 20, now), ==, 10);
  now += 10 * SECOND;
  g_assert_cmpuint (confab_throttle_spend (throttle, &budget, "ada", 20, now), ==, 0);
  g_assert_cmpuint (confab_throttle_spend (throttle, &budget, "ada", 1, now), >, 0);

  /* An amount above the limit is possible when the bucket is empty. */
  g_assert_cmpuint (confab_throttle_spend (throttle, &budget, "ada", 500, now), ==, 50);
  now += 50 * SECOND;
  g_assert_cmpuint (confab_throttle_spend (throttle, &budget, "ada", 500, now), ==, 0);
  g_assert_cmpuint (confab_throttle_spend (throttle, &budget, "ada", 1, now), ==, 201);
  confab_throttle_free (throttle);
}

/* Names are distinguished by their whole length. */
static void
test_long_names (void)
{
  ConfabThrottle *throttle = confab_throttle_new (100);
  g_autofree char *first = g_strnfill (1024 * 1024, 'a');
  g_autofree char *second = g_strconcat (first, "b", NULL);

  for (guint i = 0; i < 5; i++)
    confab_throttle_add (throttle, &rule, first, SECOND);
  g_assert_cmpuint (confab_throttle_check (throttle, &rule, first, SECOND), >, 0);
  g_assert_cmpuint (confab_throttle_check (throttle, &rule, second, SECOND), ==, 0);
  g_assert_cmpuint (confab_throttle_get_n_buckets (throttle), ==, 1);
  confab_throttle_free (throttle);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/throttle/burst", test_burst);
  g_test_add_func ("/throttle/waits-double-up-to-a-limit", test_waits_double_up_to_a_limit);
  g_test_add_func ("/throttle/leaks", test_leaks);
  g_test_add_func ("/throttle/reset", test_reset);
  g_test_add_func ("/throttle/bounded", test_bounded);

  g_test_add_func ("/throttle/return", test_return);
  g_test_add_func ("/throttle/spend", test_spend);
  g_test_add_func ("/throttle/long-names", test_long_names);

  return g_test_run ();
}
