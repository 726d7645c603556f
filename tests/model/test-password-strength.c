/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-limits.h"
#include "confab-password-strength.h"

static const char *const ann[] = { "Ann.Smith", "annabel@mail.example", NULL };

static void
assert_refused (const char *password)
{
  g_autoptr (GError) error = NULL;

  if (confab_password_check_strength (password, ann, &error))
    g_error ("“%s” was let through, at %g guesses", password,
             confab_password_guesses (password, ann));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_PASSWORD_TOO_COMMON);
}

static void
assert_allowed (const char *password)
{
  g_autoptr (GError) error = NULL;

  confab_password_check_strength (password, ann, &error);
  g_assert_no_error (error);
}

/* Long enough, but tried first by attackers. */
static void
test_common (void)
{
  assert_refused ("password12345678");
  assert_refused ("Password1234567!");
  assert_refused ("aaaaaaaaaaaaaaa");
  assert_refused ("123456789012345");
  assert_refused ("qwertyuiopasdfgh");
  assert_refused ("iloveyouiloveyou");
  assert_refused ("monkey monkey monkey");
  assert_refused ("ααααααααααααααα");
}

static void
test_passphrases (void)
{
  assert_allowed ("correct horse battery staple");
  assert_allowed ("my dog likes bones");
  assert_allowed ("der Hund mag Knochen");
  assert_allowed ("μου αρέσει ο καφές");
  assert_allowed ("kV7#pq2!xZr9@Lm");
}

/* Words of the user's own, in any case, and the product's name. */
static void
test_own_words (void)
{
  const char *const none[] = { NULL };

  assert_refused ("ann.smith ann.smith");
  assert_refused ("ANN.SMITH12345678");
  assert_refused ("annabel@mail.example");
  assert_refused ("smith annabel 1");
  assert_refused ("confabconfabconfab");
  assert_refused ("Confab Confab 1");

  g_assert_cmpfloat (confab_password_guesses ("zyzzyvazyx and so on", none), >,
                     confab_password_guesses ("zyzzyvazyx and so on",
                                              (const char *const[]){ "Zyzzyvazyx", NULL }));
  g_assert_cmpfloat_with_epsilon (
      confab_password_guesses ("my dog likes bones", NULL),
      confab_password_guesses ("my dog likes bones", (const char *const[]){ "e", "li", NULL }),
      0.5);
}

/* The longest password examined, of the most expensive content, in limited time. */
static void
test_long (void)
{
  g_autofree char *repeats = g_strnfill (CONFAB_PASSWORD_MAX_BYTES, 'a');
  g_autoptr (GString) wide = g_string_new (NULL);
  gint64 began = g_get_monotonic_time ();

  while (wide->len < CONFAB_PASSWORD_MAX_BYTES)
    g_string_append (wide, "😀4@");

  for (guint i = 0; i < 10; i++)
    {
      assert_refused (repeats);
      confab_password_guesses (wide->str, ann);
    }
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
}

static void
test_levels (void)
{
  g_assert_cmpint (confab_password_strength (1), ==, CONFAB_PASSWORD_VERY_WEAK);
  g_assert_cmpint (confab_password_strength (1e6), ==, CONFAB_PASSWORD_WEAK);
  g_assert_cmpint (confab_password_strength (CONFAB_PASSWORD_MIN_GUESSES - 1), ==,
                   CONFAB_PASSWORD_WEAK);
  g_assert_cmpint (confab_password_strength (CONFAB_PASSWORD_MIN_GUESSES), ==,
                   CONFAB_PASSWORD_FAIR);
  g_assert_cmpint (confab_password_strength (1e15), ==, CONFAB_PASSWORD_GOOD);
  g_assert_cmpint (confab_password_strength (1e300), ==, CONFAB_PASSWORD_STRONG);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/password-strength/common", test_common);
  g_test_add_func ("/password-strength/passphrases", test_passphrases);
  g_test_add_func ("/password-strength/own-words", test_own_words);
  g_test_add_func ("/password-strength/long", test_long);
  g_test_add_func ("/password-strength/levels", test_levels);

  return g_test_run ();
}
