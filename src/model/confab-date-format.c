/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-date-format.h"

#include "confab-locale.h"

#include <locale.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

/* What a format shows, in the letters of CLDR's skeletons:
 * https://unicode.org/reports/tr35/tr35-dates.html#Date_Field_Symbol_Table */
static const char *const skeletons[CONFAB_N_DATE_FORMATS] = {
  [CONFAB_DATE_CLOCK] = "jmm",
  [CONFAB_DATE_CLOCK_12] = "hmm",
  [CONFAB_DATE_CLOCK_24] = "Hmm",
  [CONFAB_DATE_WEEKDAY] = "EEEE",
  [CONFAB_DATE_WEEKDAY_SHORT] = "EEE",
  [CONFAB_DATE_DAY] = "MMMMd",
  [CONFAB_DATE_DAY_SHORT] = "MMMd",
  [CONFAB_DATE_WEEKDAY_AND_DAY] = "EEEEMMMMd",
  [CONFAB_DATE_DATE] = "yMMMMd",
  [CONFAB_DATE_DATE_SHORT] = "yyMd",
  [CONFAB_DATE_WEEKDAY_AND_DATE] = "yMMMMEEEEd",
};

/* The longest pattern and the longest date that are expected; the rest would be cut off. */
#define LENGTH 256

static UDateFormat *
open_format (ConfabDateFormat format)
{
  g_autofree char *locale = confab_locale_dup_icu (LC_TIME);
  UErrorCode status = U_ZERO_ERROR;
  UDateTimePatternGenerator *generator = udatpg_open (locale, &status);
  UChar skeleton[16];
  UChar pattern[LENGTH];
  UChar gmt[] = { 'G', 'M', 'T', 0 };
  int32_t length = 0;
  UDateFormat *result = NULL;

  u_uastrcpy (skeleton, skeletons[format]);
  length = udatpg_getBestPattern (generator, skeleton, -1, pattern, LENGTH, &status);
  udatpg_close (generator);
  /* The caller has the local time already. */
  result = udat_open (UDAT_PATTERN, UDAT_PATTERN, locale, gmt, -1, pattern, length, &status);
  if (U_FAILURE (status))
    g_error ("ICU cannot format dates of the locale %s: %s", locale, u_errorName (status));

  return result;
}

/* Return a format, which lives as long as the process. ICU's formats may be used by threads at the
 * same time. */
static UDateFormat *
get_format (ConfabDateFormat format)
{
  static UDateFormat *formats[CONFAB_N_DATE_FORMATS];

  if (g_once_init_enter_pointer (&formats[format]))
    g_once_init_leave_pointer (&formats[format], open_format (format));

  return formats[format];
}

/**
 * confab_date_format:
 * @time: a time, in the time zone to show
 * @format: what to show
 *
 * The first call with a format reads the locale, which must not change later. Any thread.
 *
 * Returns: (transfer full): the text
 */
char *
confab_date_format (GDateTime *time, ConfabDateFormat format)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar text[LENGTH];
  double local;
  int32_t length;

  g_return_val_if_fail (time != NULL, NULL);
  g_return_val_if_fail ((guint)format < CONFAB_N_DATE_FORMATS, NULL);

  local =
      (double)g_date_time_to_unix (time) * 1000 + (double)g_date_time_get_utc_offset (time) / 1000;
  length = udat_format (get_format (format), local, text, LENGTH, NULL, &status);
  if (U_FAILURE (status))
    return g_strdup ("");

  return g_utf16_to_utf8 ((const gunichar2 *)text, length, NULL, NULL, NULL);
}
