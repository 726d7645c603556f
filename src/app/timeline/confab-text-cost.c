/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-text-cost.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

/* What a character costs beyond a letter. Measured with Pango 1.56, where a letter takes 0.35 µs.
 */

/* For each paragraph Pango clears the properties of all characters that follow; each line is one
 * more node to paint. */
#define LINE_COST 19
#define EMOJI_COST 3
/* An emoji that a joiner makes part of another, as in families. */
#define JOINED_COST 5
#define MARK_COST 2
/* Without a place to break a line, Pango tries every letter. */
#define WORD_COST 1
#define WORD_CHARS 40
/* Each change between left-to-right and right-to-left begins a run that is shaped on its own. */
#define TURN_COST 8

#define ZERO_WIDTH_JOINER 0x200D

static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == 0x2028 || c == 0x2029;
}

static guint
get_cost (gunichar c, gunichar before)
{
  if (is_line_end (c))
    return 1 + LINE_COST;
  if (c < 0x300)
    return 1;
  if (u_hasBinaryProperty ((UChar32)c, UCHAR_EXTENDED_PICTOGRAPHIC)
      || u_hasBinaryProperty ((UChar32)c, UCHAR_REGIONAL_INDICATOR))
    return 1 + EMOJI_COST + (before == ZERO_WIDTH_JOINER ? JOINED_COST : 0);
  if (u_hasBinaryProperty ((UChar32)c, UCHAR_GRAPHEME_EXTEND))
    return 1 + MARK_COST;

  return 1;
}

/* Return the cost of turning if @c runs against the text before it. Keep its direction in @rtl. */
static guint
get_turn_cost (gunichar c, gboolean *rtl)
{
  UCharDirection direction = u_charDirection ((UChar32)c);
  gboolean now = direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;

  if ((direction != U_LEFT_TO_RIGHT && !now) || now == *rtl)
    return 0;
  *rtl = now;

  return TURN_COST;
}

/* The context before the next character. */
typedef struct
{
  gunichar c;
  guint n_regional; /* regional indicators in a row; two of them are a flag */
} Before;

/* Return whether @c forms one character with what precedes it, so that no cut may come between. Add
 * @c to @before. */
static gboolean
is_joined (Before *before, gunichar c)
{
  gboolean regional = c > 0x300 && u_hasBinaryProperty ((UChar32)c, UCHAR_REGIONAL_INDICATOR);
  gboolean joined = c >= 0x300
                    && (before->c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_JOINER
                        || (regional && before->n_regional % 2 == 1)
                        || u_hasBinaryProperty ((UChar32)c, UCHAR_GRAPHEME_EXTEND)
                        || u_hasBinaryProperty ((UChar32)c, UCHAR_EMOJI_MODIFIER));

  before->c = c;
  before->n_regional = regional ? before->n_regional + 1 : 0;

  return joined;
}

/* Return the cost of breaking a line within a word that is too long for one. Keep in @n_chars how
 * many characters the word has so far. */
static guint
get_word_cost (gunichar c, guint *n_chars)
{
  int line_break;

  if (g_unichar_isspace (c))
    *n_chars = 0;
  if (++*n_chars <= WORD_CHARS)
    return 0;

  /* Scripts without spaces, whose words Pango finds, and those that break between all letters. */
  line_break = u_getIntPropertyValue ((UChar32)c, UCHAR_LINE_BREAK);
  if (line_break == U_LB_COMPLEX_CONTEXT || line_break == U_LB_IDEOGRAPHIC)
    return 0;

  return WORD_COST;
}

gsize
confab_text_cost_cut (const char *text, guint max_cost, guint max_lines)
{
  const char *cut = text;
  Before before = { 0 };
  gboolean rtl = FALSE;
  guint n_chars = 0;
  guint n_lines = 1;
  guint cost = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      cost += get_cost (c, before.c) + get_turn_cost (c, &rtl) + get_word_cost (c, &n_chars);
      if (!is_joined (&before, c))
        cut = p;
      n_lines += is_line_end (c);
      if (cost > max_cost || n_lines > max_lines)
        return (gsize)((cut > text ? cut : p) - text);
    }

  return strlen (text);
}

/* Return whether @c is of another script than the text before it, where Pango begins another item.
 * Keep the script in @script. */
static gboolean
is_other_script (gunichar c, UScriptCode *script)
{
  UErrorCode error = U_ZERO_ERROR;
  UScriptCode now = uscript_getScript ((UChar32)c, &error);
  UScriptCode before = *script;

  if (U_FAILURE (error) || now == before || now == USCRIPT_COMMON || now == USCRIPT_INHERITED)
    return FALSE;
  *script = now;

  return before != USCRIPT_COMMON;
}

gsize
confab_text_cost_next_piece (const char *text)
{
  Before before = { 0 };
  UScriptCode script = USCRIPT_COMMON;
  guint n = 0; /* characters since the text or Pango's item began */

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);
      gboolean after_space = n > 0 && g_unichar_isspace (before.c);
      gboolean joined = is_joined (&before, c);

      if (is_other_script (c, &script))
        n = 0;
      if ((n >= CONFAB_TEXT_COST_PIECE && after_space && !joined)
          || (n >= 2 * CONFAB_TEXT_COST_PIECE && (!joined || n >= 3 * CONFAB_TEXT_COST_PIECE)))
        return (gsize)(p - text);
    }

  return strlen (text);
}

void
confab_text_cost_divide (PangoAttrList *attributes, const char *text)
{
  const char *start = text;
  gsize length;

  while ((length = confab_text_cost_next_piece (start)) > 0 && start[length] != '\0')
    {
      PangoAttribute *piece = pango_attr_fallback_new (TRUE);

      piece->start_index = (guint)(start - text);
      start += length;
      piece->end_index = (guint)(start - text);
      pango_attr_list_insert (attributes, piece);
    }
}
