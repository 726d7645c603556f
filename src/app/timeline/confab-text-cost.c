/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-text-cost.h"

#include <string.h>
#include <unicode/uchar.h>

/* For each paragraph Pango clears the properties of all characters that follow; each line is one
 * more node to paint. */
#define LINE_COST 3
#define EMOJI_COST 2

#define ZERO_WIDTH_JOINER 0x200D

static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == 0x2028 || c == 0x2029;
}

static guint
get_cost (gunichar c)
{
  if (is_line_end (c))
    return 1 + LINE_COST;
  if (c < 0x300)
    return 1;
  if (u_hasBinaryProperty ((UChar32)c, UCHAR_EXTENDED_PICTOGRAPHIC)
      || u_hasBinaryProperty ((UChar32)c, UCHAR_REGIONAL_INDICATOR))
    return 1 + EMOJI_COST;

  return 1;
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

gsize
confab_text_cost_cut (const char *text, guint max_cost, guint max_lines)
{
  const char *cut = text;
  Before before = { 0 };
  guint n_lines = 1;
  guint cost = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_joined (&before, c))
        cut = p;
      cost += get_cost (c);
      n_lines += is_line_end (c);
      if (cost > max_cost || n_lines > max_lines)
        return (gsize)((cut > text ? cut : p) - text);
    }

  return strlen (text);
}

gsize
confab_text_cost_next_piece (const char *text)
{
  Before before = { 0 };
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), n++)
    {
      gboolean after_space = n > 0 && g_unichar_isspace (before.c);
      gboolean joined = is_joined (&before, g_utf8_get_char (p));

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
