/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-cursor.h"

static void
test_round_trip (void)
{
  static const gint64 revs[] = { 0, 1, 9, 10, 123456789, G_MAXINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (revs); i++)
    {
      g_autofree char *cursor = confab_cursor_format ("3f9a", revs[i]);
      gint64 rev = -1;

      g_assert_true (confab_cursor_parse (cursor, "3f9a", &rev));
      g_assert_cmpint (rev, ==, revs[i]);
      g_assert_false (confab_cursor_parse (cursor, "3f9b", &rev));
      g_assert_false (confab_cursor_parse (cursor, "3f9", &rev));
      g_assert_false (confab_cursor_parse (cursor, "3f9aa", &rev));
    }
}

static void
test_beginning (void)
{
  gint64 rev = -1;

  g_assert_true (confab_cursor_parse (NULL, "e", &rev));
  g_assert_cmpint (rev, ==, 0);
  rev = -1;
  g_assert_true (confab_cursor_parse ("", "e", &rev));
  g_assert_cmpint (rev, ==, 0);
}

static void
test_malformed (void)
{
  static const char *const cursors[] = {
    "e",
    "e:",
    ":1",
    "1",
    "e:-1",
    "e:+1",
    "e: 1",
    "e:1 ",
    " e:1",
    "e:01",
    "e:00",
    "e:1.0",
    "e:0x1",
    "e:1e3",
    "e:1:2",
    "E:1",
    "ee:1",
    "e:1\n",
    "e::1",
    "e:9223372036854775808",
    "e:99999999999999999999999",
    "e:\xd9\xa3",
    "f:1",
    "\xff:1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++)
    {
      gint64 rev = 77;

      if (confab_cursor_parse (cursors[i], "e", &rev))
        g_error ("“%s” was taken for %" G_GINT64_FORMAT, cursors[i], rev);
      g_assert_cmpint (rev, ==, 77);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cursor/round-trip", test_round_trip);
  g_test_add_func ("/cursor/beginning", test_beginning);
  g_test_add_func ("/cursor/malformed", test_malformed);

  return g_test_run ();
}
