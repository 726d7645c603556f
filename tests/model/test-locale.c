/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Runs once in each of several locales, of which it takes the name as its argument. */

#include <glib.h>

#include "confab-date-format.h"
#include "confab-locale.h"

typedef struct
{
  const char *locale;
  gboolean translated;
  gboolean rtl;
  const char *joined;
  const char *dates[CONFAB_N_DATE_FORMATS];
} Case;

/* Monday, March 3, 2025, 14:05, in the formats' order, as CLDR writes it. Versions of CLDR differ
 * in the kind of space before "PM", which squeeze() makes the same. */
static const Case cases[] = {
  { "C.UTF-8",
    FALSE,
    FALSE,
    "ada, bruno, chiara",
    { "2:05 PM", "2:05 PM", "14:05", "Monday", "Mon", "March 3", "Mar 3", "Monday, March 3",
      "March 3, 2025", "3/3/25", "Monday, March 3, 2025" } },
  { "en_US.UTF-8",
    FALSE,
    FALSE,
    "ada, bruno, chiara",
    { "2:05 PM", "2:05 PM", "14:05", "Monday", "Mon", "March 3", "Mar 3", "Monday, March 3",
      "March 3, 2025", "3/3/25", "Monday, March 3, 2025" } },
  { "de_DE.UTF-8",
    TRUE,
    FALSE,
    "ada, bruno und chiara",
    { "14:05", "2:05 PM", "14:05", "Montag", "Mo", "3. März", "3. März", "Montag, 3. März",
      "3. März 2025", "3.3.25", "Montag, 3. März 2025" } },
  { "fr_FR.UTF-8",
    TRUE,
    FALSE,
    "ada, bruno, chiara",
    { "14:05", "2:05 PM", "14:05", "lundi", "lun.", "3 mars", "3 mars", "lundi 3 mars",
      "3 mars 2025", "03/03/25", "lundi 3 mars 2025" } },
  { "es_ES.UTF-8",
    TRUE,
    FALSE,
    "ada, bruno y chiara",
    { "14:05", "2:05 p. m.", "14:05", "lunes", "lun", "3 de marzo", "3 mar", "lunes, 3 de marzo",
      "3 de marzo de 2025", "3/3/25", "lunes, 3 de marzo de 2025" } },
  { "pt_BR.UTF-8",
    TRUE,
    FALSE,
    "ada, bruno, chiara",
    { "14:05", "2:05 PM", "14:05", "segunda-feira", "seg.", "3 de março", "3 de mar.",
      "segunda-feira, 3 de março", "3 de março de 2025", "03/03/25",
      "segunda-feira, 3 de março de 2025" } },
  { "ar_EG.UTF-8",
    TRUE,
    TRUE,
    "ada وbruno وchiara",
    { "2:05 م", "2:05 م", "14:05", "الاثنين", "الاثنين", "3 مارس", "3 مارس", "الاثنين، 3 مارس",
      "3 مارس 2025", "3\u200f/3\u200f/25", "الاثنين، 3 مارس 2025" } },
  { "zh_CN.UTF-8",
    TRUE,
    FALSE,
    "ada、bruno、chiara",
    { "14:05", "下午2:05", "14:05", "星期一", "周一", "3月3日", "3月3日", "3月3日星期一",
      "2025年3月3日", "25/3/3", "2025年3月3日星期一" } },
};

static const Case *current;

/* Make all spaces plain ones. */
static char *
squeeze (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (plain, g_unichar_isspace (c) || c == 0x202f ? ' ' : c);
    }

  return g_string_free (plain, FALSE);
}

static void
test_dates (void)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2025, 3, 3, 14, 5, 59);

  for (int i = 0; i < CONFAB_N_DATE_FORMATS; i++)
    {
      g_autofree char *text = confab_date_format (time, i);
      g_autofree char *plain = squeeze (text);

      g_assert_cmpstr (plain, ==, current->dates[i]);
    }
}

/* The local time is shown, whatever the zone, also before 1970. */
static void
test_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (5 * 3600 + 45 * 60);
  g_autoptr (GDateTime) early = g_date_time_new (zone, 1969, 12, 31, 23, 59, 0);
  g_autofree char *text = confab_date_format (early, CONFAB_DATE_CLOCK_24);

  g_assert_cmpstr (text, ==, "23:59");
}

static void
test_join (void)
{
  const char *names[] = { "ada", "bruno", "chiara", NULL };
  const char *one[] = { "ada", NULL };
  const char *none[] = { NULL };
  g_autofree char *all = confab_locale_join (names);
  g_autofree char *single = confab_locale_join (one);
  g_autofree char *empty = confab_locale_join (none);

  g_assert_cmpstr (all, ==, current->joined);
  g_assert_cmpstr (single, ==, "ada");
  g_assert_cmpstr (empty, ==, "");
}

static void
test_direction (void)
{
  gboolean rtl;

  g_assert_cmpint (confab_locale_get_rtl (&rtl), ==, current->translated);
  g_assert_cmpint (rtl, ==, current->rtl);
}

int
main (int argc, char *argv[])
{
  confab_locale_init ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (argc > 1 && g_str_equal (cases[i].locale, argv[1]))
      current = &cases[i];
  g_assert_nonnull (current);

  g_test_add_func ("/model/locale/dates", test_dates);
  g_test_add_func ("/model/locale/zone", test_zone);
  g_test_add_func ("/model/locale/join", test_join);
  g_test_add_func ("/model/locale/direction", test_direction);

  return g_test_run ();
}
