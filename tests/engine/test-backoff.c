/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-backoff.h"
#include "confab-environment.h"

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

  return environment;
}

static void
test_grows (void)
{
  const guint ceilings[] = { 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000 };
  g_autoptr (ConfabEnvironment) environment = make_environment (nearly_one);
  ConfabBackoff backoff = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (ceilings); i++)
    {
      guint delay = confab_backoff_bad (&backoff, environment, 1000);

      g_assert_cmpuint (delay, <, ceilings[i]);
      g_assert_cmpuint (delay, >=, ceilings[i] - 1);
    }
}

static void
test_full_jitter (void)
{
  g_autoptr (ConfabEnvironment) environment = make_environment (zero);
  ConfabBackoff backoff = { 0 };

  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (confab_backoff_bad (&backoff, environment, 1000), ==, 0);
}

static void
test_forgets_after_a_stable_minute (void)
{
  g_autoptr (ConfabEnvironment) environment = make_environment (nearly_one);
  ConfabBackoff backoff = { 0 };

  for (guint i = 0; i < 4; i++)
    confab_backoff_bad (&backoff, environment, 1000);

  /* A server that takes connections and drops them must not be hammered. */
  confab_backoff_good (&backoff, 10000);
  g_assert_cmpuint (confab_backoff_bad (&backoff, environment, 10000 + 59999), >, 8000);

  confab_backoff_good (&backoff, 100000);
  confab_backoff_good (&backoff, 150000); /* the first counts */
  g_assert_cmpuint (confab_backoff_bad (&backoff, environment, 100000 + 60000), <, 1000);
  g_assert_cmpuint (confab_backoff_bad (&backoff, environment, 100000 + 60000), >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/backoff/grows", test_grows);
  g_test_add_func ("/engine/backoff/full-jitter", test_full_jitter);
  g_test_add_func ("/engine/backoff/forgets-after-a-stable-minute",
                   test_forgets_after_a_stable_minute);

  return g_test_run ();
}
