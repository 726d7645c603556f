/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-environment.h"
#include "confab-retry.h"

static double
nearly_one (gpointer user_data)
{
  return 0.999999;
}

static double
zero (gpointer user_data)
{
  return 0.0;
}

static ConfabEnvironment *
make_environment (double (*chance) (gpointer))
{
  ConfabEnvironment *environment = confab_environment_new ("/nowhere");

  environment->random = chance;
  environment->speed = 60000; /* a minute is a millisecond */

  return environment;
}

static void
pass_a_minute (void)
{
  g_usleep (1100);
}

static void
test_grows (void)
{
  const guint ceilings[] = { 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000 };
  g_autoptr (ConfabEnvironment) longest = make_environment (nearly_one);
  g_autoptr (ConfabEnvironment) shortest = make_environment (zero);
  ConfabRetry high = { 0 };
  ConfabRetry low = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (ceilings); i++)
    {
      guint wait = confab_retry_failed (&high, longest, 0);

      g_assert_cmpuint (wait, <, ceilings[i]);
      g_assert_cmpuint (wait, >=, ceilings[i] - 1);
      /* At most half of the wait is random: clients do not return at the same time, and none sends
       * more than two requests a minute. */
      g_assert_cmpuint (confab_retry_failed (&low, shortest, 0), ==, ceilings[i] / 2);
    }
}

static void
test_server_asks_to_wait (void)
{
  g_autoptr (ConfabEnvironment) environment = make_environment (nearly_one);
  ConfabRetry retry = { 0 };

  g_assert_cmpuint (confab_retry_failed (&retry, environment, 1800), ==, 1800 * 1000);
  g_assert_cmpuint (confab_retry_failed (&retry, environment, 1), >, 1000); /* it asks for less */
  g_assert_cmpuint (confab_retry_failed (&retry, environment, G_MAXUINT), ==,
                    CONFAB_RETRY_AFTER_MAX_S * 1000);
}

static void
test_due (void)
{
  g_autoptr (ConfabEnvironment) environment = make_environment (nearly_one);
  ConfabRetry retry = { 0 };

  environment->speed = 1;
  g_assert_cmpuint (confab_retry_get_wait (&retry, environment), ==, 0);
  confab_retry_failed (&retry, environment, 100);
  g_assert_cmpuint (confab_retry_get_wait (&retry, environment), >, 90 * 1000);
  confab_retry_hurry (&retry);
  g_assert_cmpuint (confab_retry_get_wait (&retry, environment), ==, 0);
  g_assert_cmpuint (confab_retry_failed (&retry, environment, 0), >, 1000); /* the second */
  confab_retry_progress (&retry);
  g_assert_cmpuint (confab_retry_get_wait (&retry, environment), ==, 0);
  g_assert_cmpuint (confab_retry_failed (&retry, environment, 0), <, 1000);
}

static void
test_forgets_after_a_good_minute (void)
{
  g_autoptr (ConfabEnvironment) environment = make_environment (nearly_one);
  ConfabRetry retry = { 0 };

  for (guint i = 0; i < 4; i++)
    confab_retry_failed (&retry, environment, 0);

  /* A server that accepts and drops connections must not get too many requests. */
  environment->speed = 1;
  confab_retry_good (&retry, environment);
  g_assert_cmpuint (confab_retry_failed (&retry, environment, 0), >, 8000);

  environment->speed = 60000;
  confab_retry_good (&retry, environment);
  pass_a_minute ();
  confab_retry_good (&retry, environment); /* the first counts */
  g_assert_cmpuint (confab_retry_failed (&retry, environment, 0), <, 1000);
  g_assert_cmpuint (confab_retry_failed (&retry, environment, 0), >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/retry/grows", test_grows);
  g_test_add_func ("/engine/retry/server-asks-to-wait", test_server_asks_to_wait);
  g_test_add_func ("/engine/retry/due", test_due);
  g_test_add_func ("/engine/retry/forgets-after-a-good-minute", test_forgets_after_a_good_minute);

  return g_test_run ();
}
