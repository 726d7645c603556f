/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-look-alike.h"

#include <string.h>

static gboolean
look_alike (const char *a, const char *b)
{
  g_autofree char *first = confab_look_alike_key (a);
  g_autofree char *second = confab_look_alike_key (b);

  return g_str_equal (first, second);
}

static void
test_pairs (void)
{
  static const char *const alike[][2] = {
    { "paypal", "раураӀ" }, /* Cyrillic */
    { "Paypal", "PaypaI" }, /* a capital I */
    { "ada", "аda" },       { "ADA", "АDА" },      { "ada", "ADA" },   { "ada", "ａｄａ" },
    { "mario", "rnario" },  { "Mario", "rnario" }, { "bob0", "bobo" }, { "user1", "userl" },
    { "user1", "userI" },   { "ορα", "opa" }, /* Greek */
    { "soso", "ѕоѕо" },     { "scope", "ѕсоре" },
  };
  static const char *const different[][2] = {
    { "ada", "adam" },
    { "anna", "hanna" },
    { "müller", "muller" },
    { "bruno", "brúno" },
    { "иван", "ivan" },
    { "person1", "person2" },
    { "a.b", "a-b" },
    { "a_b", "a-b" },
    { "阿明", "阿朋" },
    { "עדה", "אדה" },
    /* Marks and separators tell people apart, see confab-look-alike.h. */
    { "paypal", "paypąl" },
    { "paypal", "pay.pal" },
    { "paypal", "pay_pal" },
    { "zoe", "zoë" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (alike); i++)
    {
      g_test_message ("%s, %s", alike[i][0], alike[i][1]);
      g_assert_true (look_alike (alike[i][0], alike[i][1]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (different); i++)
    {
      g_test_message ("%s, %s", different[i][0], different[i][1]);
      g_assert_false (look_alike (different[i][0], different[i][1]));
    }
}

static void
test_scripts (void)
{
  static const char *const good[] = { "ada",      "Ada.Lovelace-2", "müller", "иван_7", "ελένη",
                                      "山田太郎", "たなかtaro",     "김민수", "עדה",    "أحمد",
                                      "आदित्य",    "สมชาย",          "Zoë",    "łukasz" };
  static const char *const mixed[] = { "аda", "adа", "pаypal", "ιvan", "иvan", "aא", "ada٣4" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *username = confab_look_alike_username (good[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (username, ==, good[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (mixed); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", mixed[i]);
      g_assert_null (confab_look_alike_username (mixed[i], &error));
      g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_USERNAME_MIXED);
    }
}

static void
test_other_rules_hold (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (confab_look_alike_username ("a b", &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_USERNAME);
}

/* 32 characters with long skeletons. */
static void
test_long (void)
{
  g_autofree char *long_name = g_strnfill (32, 'm');
  g_autofree char *key = confab_look_alike_key (long_name);

  g_assert_cmpuint (strlen (key), ==, 64);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/look-alike/pairs", test_pairs);
  g_test_add_func ("/look-alike/scripts", test_scripts);
  g_test_add_func ("/look-alike/other-rules-hold", test_other_rules_hold);
  g_test_add_func ("/look-alike/long", test_long);

  return g_test_run ();
}
