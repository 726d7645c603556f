/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-locale.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ulistformatter.h>
#include <unicode/ustring.h>

/* More than a language puts between two names. */
#define JOINER_LENGTH 16

/**
 * confab_locale_init:
 *
 * Takes the locale from the environment, and texts from Confab's catalogue of its language. The
 * environment variable TEXTDOMAINDIR names another folder of catalogues than the installed one, as
 * for gettext(1); programs that run from the build tree need it.
 *
 * Call it first in main(), before other threads exist.
 */
void
confab_locale_init (void)
{
  const char *folder = g_getenv ("TEXTDOMAINDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : CONFAB_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* Return the language of the catalogue, or NULL without one. */
static char *
dup_language (void)
{
  /* gettext returns the head of the catalogue for "", and "" without a catalogue. */
  const char *head = g_dgettext (GETTEXT_PACKAGE, "");
  const char *line = strstr (head, "\nLanguage: ");

  if (line == NULL)
    return NULL;

  line += strlen ("\nLanguage: ");
  return g_strndup (line, strcspn (line, "\n"));
}

/**
 * confab_locale_get_rtl:
 * @rtl: (out): whether the language of the texts is written from right to left
 *
 * The language of the texts need not be that of the locale: LANGUAGE may name another one.
 *
 * Returns: FALSE if there is no catalogue, so that texts are English; @rtl is then FALSE
 */
gboolean
confab_locale_get_rtl (gboolean *rtl)
{
  g_autofree char *language = dup_language ();

  *rtl = language != NULL && uloc_isRightToLeft (language);
  return language != NULL;
}

/**
 * confab_locale_dup_icu:
 * @category: such as LC_TIME
 *
 * Numbers keep the digits 0 to 9 in all locales, because those in other texts come from printf(),
 * which has no others for the Arabic locales of the C library.
 *
 * Returns: (transfer full): ICU's name of the category's locale; "C" and "POSIX" count as American
 */
char *
confab_locale_dup_icu (int category)
{
  const char *name = setlocale (category, NULL);
  char locale[ULOC_FULLNAME_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;

  /* Names of languages begin with a small letter. */
  if (name == NULL || !g_ascii_islower (name[0]))
    name = "en_US";
  uloc_canonicalize (name, locale, G_N_ELEMENTS (locale), &status);
  uloc_setKeywordValue ("numbers", "latn", locale, G_N_ELEMENTS (locale), &status);

  return g_strdup (U_SUCCESS (status) ? locale : "en_US");
}

static UListFormatter *
open_joiner (void)
{
  g_autofree char *language = dup_language ();
  UErrorCode status = U_ZERO_ERROR;
  UListFormatter *joiner = ulistfmt_openForType (language != NULL ? language : "en_US",
                                                 ULISTFMT_TYPE_AND, ULISTFMT_WIDTH_NARROW, &status);

  if (U_FAILURE (status))
    g_error ("ICU cannot join lists: %s", u_errorName (status));

  return joiner;
}

/**
 * confab_locale_join:
 * @names: some names
 *
 * Joins names as the language of the texts does: "ada, bruno, chiara", "ada, bruno und chiara". The
 * first call reads the language, which must not change later. Any thread.
 *
 * Returns: (transfer full): the list
 */
char *
confab_locale_join (const char *const *names)
{
  static UListFormatter *joiner;
  guint n = g_strv_length ((char **)names);
  g_autoptr (GPtrArray) strings = g_ptr_array_new_full (n, g_free);
  g_autofree int32_t *lengths = g_new (int32_t, MAX (n, 1));
  g_autofree UChar *text = NULL;
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = 0;

  if (n == 0)
    return g_strdup ("");
  if (g_once_init_enter_pointer (&joiner))
    g_once_init_leave_pointer (&joiner, open_joiner ());

  for (guint i = 0; i < n; i++)
    {
      glong units = 0;

      g_ptr_array_add (strings, g_utf8_to_utf16 (names[i], -1, NULL, &units, NULL));
      lengths[i] = (int32_t)units;
      length += lengths[i] + JOINER_LENGTH;
    }
  text = g_new (UChar, length);
  length = ulistfmt_format (joiner, (const UChar *const *)strings->pdata, lengths, (int32_t)n, text,
                            length, &status);
  if (U_FAILURE (status))
    return g_strjoinv (", ", (char **)names);

  return g_utf16_to_utf8 ((const gunichar2 *)text, length, NULL, NULL, NULL);
}
