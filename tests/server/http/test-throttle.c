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

  /* Never for good: when the wait is over one more try is free. */
  now += (gint64)last * SECOND;
  g_assert_cmpuint (confab_throttle_check (throttle, &rule, "ada", now), ==, 0);
  confab_throttle_free (throttle);
}

static void
test_leaks (void)
{
  ConfabThrottle *throttle = confab_throttle_new (100);
  gint64 now = SECOND;

  /* One a minute is the rate: it may go on for ever. */
  for (guint i = 0; i < 1000; i++)
    {
      g_assert_cmpuint (confab_throttle_check (throttle, &rule, "ada", now), ==, 0);
      confab_throttle_add (throttle, &rule, "ada", now);
      now += 60 * SECOND;
    }

  /* After a long attack and a long silence it is as at the beginning. */
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

/* Names are the attacker's to choose: the table stays small, and keeps who tried most. */
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/throttle/burst", test_burst);
  g_test_add_func ("/throttle/waits-double-up-to-a-limit", test_waits_double_up_to_a_limit);
  g_test_add_func ("/throttle/leaks", test_leaks);
  g_test_add_func ("/throttle/reset", test_reset);
  g_test_add_func ("/throttle/bounded", test_bounded);

  return g_test_run ();
}
