/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-locale.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>
#include <unicode/uloc.h>

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
  /* gettext returns the head of the catalogue for "", and "" without a catalogue. */
  const char *head = g_dgettext (GETTEXT_PACKAGE, "");
  const char *line = strstr (head, "\nLanguage: ");
  g_autofree char *language = NULL;

  *rtl = FALSE;
  if (line == NULL)
    return FALSE;

  line += strlen ("\nLanguage: ");
  language = g_strndup (line, strcspn (line, "\n"));
  *rtl = uloc_isRightToLeft (language);
  return TRUE;
}
