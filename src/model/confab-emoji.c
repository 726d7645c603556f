/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-emoji.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

/* The longest sequence, a family of four with skin tones, has 41 bytes. Longer clusters are not
 * looked up. */
#define EMOJI_MAX_BYTES 64

#define ZERO_WIDTH_JOINER 0x200D
#define TEXT_SELECTOR 0xFE0E
#define EMOJI_SELECTOR 0xFE0F

static gboolean
is_recommended (const char *cluster, gsize length)
{
  UChar units[EMOJI_MAX_BYTES];
  int32_t n_units;
  UErrorCode status = U_ZERO_ERROR;

  u_strFromUTF8 (units, G_N_ELEMENTS (units), &n_units, cluster, (int32_t)length, &status);

  return U_SUCCESS (status) && u_stringHasBinaryProperty (units, n_units, UCHAR_RGI_EMOJI);
}

/* Return whether @c turns the text character before it into an emoji. */
static gboolean
makes_emoji (gunichar c)
{
  return c == EMOJI_SELECTOR || c == ZERO_WIDTH_JOINER
         || u_hasBinaryProperty ((UChar32)c, UCHAR_EMOJI_MODIFIER);
}

/* Return whether @cluster is shown as an emoji although Unicode does not recommend the sequence. */
static gboolean
is_shown_as_emoji (const char *cluster, gsize length)
{
  gunichar first = g_utf8_get_char (cluster);
  gboolean emoji = u_hasBinaryProperty ((UChar32)first, UCHAR_EMOJI_PRESENTATION);

  if (first < 0x80 || !u_hasBinaryProperty ((UChar32)first, UCHAR_EMOJI)
      || u_hasBinaryProperty ((UChar32)first, UCHAR_REGIONAL_INDICATOR))
    return FALSE;

  for (const char *p = g_utf8_next_char (cluster); p < cluster + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == TEXT_SELECTOR)
        return FALSE;
      emoji = emoji || makes_emoji (c);
    }

  return emoji;
}

static gboolean
is_space (const char *cluster, gsize length)
{
  for (const char *p = cluster; p < cluster + length; p = g_utf8_next_char (p))
    {
      if (!u_hasBinaryProperty ((UChar32)g_utf8_get_char (p), UCHAR_WHITE_SPACE))
        return FALSE;
    }

  return TRUE;
}

/* A quick test that most messages fail. Digits pass: 1️⃣ begins with one. */
static gboolean
may_begin_emoji (const char *text)
{
  while (u_hasBinaryProperty ((UChar32)g_utf8_get_char (text), UCHAR_WHITE_SPACE))
    text = g_utf8_next_char (text);

  return u_hasBinaryProperty ((UChar32)g_utf8_get_char (text), UCHAR_EMOJI);
}

/* Walk @text by grapheme cluster. */
static gboolean
is_all (const char *text, guint max, UBreakIterator *iterator)
{
  guint n_emoji = 0;
  int32_t start = ubrk_first (iterator);
  int32_t end;

  for (; (end = ubrk_next (iterator)) != UBRK_DONE; start = end)
    {
      const char *cluster = text + start;
      gsize length = (gsize)(end - start);

      if (is_space (cluster, length))
        continue;
      if (length > EMOJI_MAX_BYTES || n_emoji == max
          || !(is_recommended (cluster, length) || is_shown_as_emoji (cluster, length)))
        return FALSE;
      n_emoji++;
    }

  return n_emoji > 0;
}

gboolean
confab_emoji_is_all (const char *text, guint max)
{
  gsize length = strlen (text);
  UErrorCode status = U_ZERO_ERROR;
  UText *utext;
  UBreakIterator *iterator;
  gboolean all = FALSE;

  if (length > (gsize)max * EMOJI_MAX_BYTES || !may_begin_emoji (text))
    return FALSE;

  utext = utext_openUTF8 (NULL, text, (int64_t)length, &status);
  iterator = ubrk_open (UBRK_CHARACTER, "", NULL, 0, &status);
  ubrk_setUText (iterator, utext, &status);
  if (U_SUCCESS (status))
    all = is_all (text, max, iterator);
  ubrk_close (iterator);
  utext_close (utext);

  return all;
}
