/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-normal-form.h"

#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* Return @text in UTF-16. (transfer full) (nullable) */
static UChar *
to_utf16 (const char *text, int32_t *length)
{
  /* A byte of UTF-8 becomes at most one unit of UTF-16. */
  int32_t room = (int32_t)strlen (text) + 1;
  UChar *units = g_new (UChar, room);
  UErrorCode status = U_ZERO_ERROR;

  u_strFromUTF8 (units, room, length, text, -1, &status);
  if (U_SUCCESS (status))
    return units;

  g_free (units);

  return NULL;
}

static char *
to_utf8 (const UChar *units, int32_t length)
{
  /* A unit becomes at most three bytes; a surrogate pair becomes four. */
  int32_t room = 3 * length + 1;
  char *text = g_malloc ((gsize)room);
  UErrorCode status = U_ZERO_ERROR;

  u_strToUTF8 (text, room, NULL, units, length, &status);
  if (U_SUCCESS (status))
    return text;

  g_free (text);

  return NULL;
}

/* Normalise into a buffer of @room units. If that is too small, set @length to the size needed. */
static UChar *
normalise (const UNormalizer2 *normalizer, const UChar *units, int32_t *length, int32_t room)
{
  UChar *normal = g_new (UChar, room);
  UErrorCode status = U_ZERO_ERROR;
  int32_t needed = unorm2_normalize (normalizer, units, *length, normal, room, &status);

  if (status == U_BUFFER_OVERFLOW_ERROR && needed > room)
    {
      g_free (normal);
      return normalise (normalizer, units, length, needed + 1);
    }
  if (U_SUCCESS (status))
    {
      *length = needed;
      return normal;
    }

  g_free (normal);

  return NULL;
}

char *
confab_normal_form (const char *text, gboolean compatible)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *normalizer =
      compatible ? unorm2_getNFKCInstance (&status) : unorm2_getNFCInstance (&status);
  g_autofree UChar *units = NULL;
  g_autofree UChar *normal = NULL;
  int32_t length = 0;

  if (U_FAILURE (status))
    return NULL;

  units = to_utf16 (text, &length);
  if (units != NULL && unorm2_spanQuickCheckYes (normalizer, units, length, &status) == length)
    return g_strdup (text); /* nearly all text is normalised already */
  if (units != NULL)
    normal = normalise (normalizer, units, &length, length + 1);

  return normal != NULL ? to_utf8 (normal, length) : NULL;
}
