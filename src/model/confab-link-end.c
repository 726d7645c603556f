/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-link-end.h"

#include <unicode/uchar.h>

/* From UTS #58: deeper brackets end the address. */
#define MAX_DEPTH 125

#define ZERO_WIDTH_NON_JOINER 0x200C
#define ZERO_WIDTH_JOINER 0x200D

static gboolean
is_punctuation (gunichar c)
{
  return (U_GET_GC_MASK (c) & U_GC_P_MASK) != 0;
}

static gboolean
is_wide (gunichar c)
{
  switch (u_getIntPropertyValue (c, UCHAR_EAST_ASIAN_WIDTH))
    {
    case U_EA_FULLWIDTH:
    case U_EA_HALFWIDTH:
    case U_EA_WIDE:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Marks used within names: “ジョン・レノン” is one page. */
static gboolean
is_middle_dot (gunichar c)
{
  return c == 0x30FB || c == 0xFF65;
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2018 || c == 0x2019;
}

static gboolean
is_quotation_mark (gunichar c)
{
  return u_getIntPropertyValue (c, UCHAR_LINE_BREAK) == U_LB_QUOTATION;
}

/* Characters that end an address by UTS #58, and format characters except joiners, which shape
 * letters: a link must lead where its visible text says. */
static gboolean
is_no_text (gunichar c)
{
  if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER)
    return FALSE;

  return u_hasBinaryProperty (c, UCHAR_WHITE_SPACE) || (U_GET_GC_MASK (c) & U_GC_C_MASK) != 0
         || u_hasBinaryProperty (c, UCHAR_DEPRECATED);
}

/* An addition to UTS #58: Chinese, Japanese, Thai and others write no space after punctuation, and
 * dashes and quotation marks often have none either. */
static gboolean
ends_a_sentence_without_space (gunichar c)
{
  if (c < 0x80)
    return FALSE;
  if (c == 0x2014 || c == 0x2015 || c == 0xFF5C || c == 0xFF5E) /* — ― ｜ ～ */
    return TRUE;

  return u_hasBinaryProperty (c, UCHAR_TERMINAL_PUNCTUATION)
         || (is_punctuation (c) && is_wide (c) && !is_middle_dot (c))
         || (is_quotation_mark (c) && !is_apostrophe (c));
}

ConfabLinkTerm
confab_link_term (gunichar c)
{
  if (is_no_text (c) || c == '<' || c == '>' || ends_a_sentence_without_space (c))
    return CONFAB_LINK_HARD;

  /* An addition to UTS #58: characters that end a quoted command, a table cell or an escaped
   * quotation, and the ellipsis, which is equivalent to three full stops. */
  if (c == '`' || c == '|' || c == '\\' || c == 0x2026)
    return CONFAB_LINK_SOFT;

  switch (u_getIntPropertyValue (c, UCHAR_BIDI_PAIRED_BRACKET_TYPE))
    {
    case U_BPT_OPEN:
      return CONFAB_LINK_OPEN;
    case U_BPT_CLOSE:
      return CONFAB_LINK_CLOSE;
    default:
      break;
    }

  if (u_hasBinaryProperty (c, UCHAR_TERMINAL_PUNCTUATION) || is_quotation_mark (c))
    return CONFAB_LINK_SOFT;

  return CONFAB_LINK_INCLUDE;
}

gboolean
confab_link_closes (gunichar before, const char *at)
{
  gunichar c = g_utf8_get_char (at);

  switch (before)
    {
    case '"':
    case '`':
    case '|':
      return c == before;
    case '\'':
    case '*':
    case '_':
    case '~':
      return c == before && !g_ascii_isalnum (at[1]);
    case 0x2018: /* ‘ */
    case 0x201A: /* ‚ */
      return (c == 0x2018 || c == 0x2019) && !g_ascii_isalnum (*g_utf8_next_char (at));
    default:
      return FALSE;
    }
}

/* A stack of opening brackets that are not closed yet. */
typedef struct
{
  gunichar open[MAX_DEPTH];
  guint length;
} Brackets;

/* Push or pop a bracket. Return whether @c belongs to the address. */
static gboolean
take_bracket (Brackets *self, ConfabLinkTerm term, gunichar c)
{
  if (term == CONFAB_LINK_OPEN)
    {
      if (self->length == MAX_DEPTH)
        return FALSE;
      self->open[self->length++] = c;
      return TRUE;
    }

  return self->length > 0
         && self->open[--self->length] == (gunichar)u_getBidiPairedBracket ((UChar32)c);
}

const char *
confab_link_end (const char *start, gunichar before)
{
  Brackets brackets = { .length = 0 };
  const char *end = start;

  for (const char *p = start; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      ConfabLinkTerm term = confab_link_term (c);

      if (term == CONFAB_LINK_HARD || confab_link_closes (before, p))
        break;
      if ((term == CONFAB_LINK_OPEN || term == CONFAB_LINK_CLOSE)
          && !take_bracket (&brackets, term, c))
        break;
      if (term == CONFAB_LINK_INCLUDE || term == CONFAB_LINK_CLOSE)
        end = g_utf8_next_char (p);
    }

  return end;
}
