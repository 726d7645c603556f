/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-signs.h"

#include <unicode/uchar.h>

#define ZERO_WIDTH_NON_JOINER 0x200C
#define ZERO_WIDTH_JOINER 0x200D

/* Unicode has no property for an empty glyph. These are the Braille pattern without dots, the null
 * notehead, the Egyptian blanks, the Khitan filler, and the interlinear annotation marks. */
static gboolean
has_blank_glyph (gunichar c)
{
  return c == 0x2800 || c == 0x1D159 || c == 0x13441 || c == 0x13442 || c == 0x16FE4
         || (c >= 0xFFF9 && c <= 0xFFFB);
}

gboolean
confab_sign_is_blank (gunichar c)
{
  if (c > 0x20 && c < 0x7F)
    return FALSE;

  return u_hasBinaryProperty ((UChar32)c, UCHAR_WHITE_SPACE)
         || u_charType ((UChar32)c) == U_CONTROL_CHAR
         || u_hasBinaryProperty ((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)
         || has_blank_glyph (c);
}

/* Return whether @c is a format character that shapes its neighbour or is part of a flag. */
static gboolean
belongs_to_neighbour (gunichar c)
{
  return c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER || (c >= 0xE0020 && c <= 0xE007F);
}

static gboolean
is_unseen_format (gunichar c)
{
  return u_charType ((UChar32)c) == U_FORMAT_CHAR && !belongs_to_neighbour (c)
         && confab_sign_is_blank (c);
}

/* Return whether @c overrides the text direction. Pasted text does not contain these by
 * accident. */
static gboolean
is_override (gunichar c)
{
  return c == 0x202D || c == 0x202E;
}

gboolean
confab_sign_is_padding (gunichar c)
{
  if ((c > 0x20 && c < 0x7F) || is_override (c))
    return FALSE;

  return u_hasBinaryProperty ((UChar32)c, UCHAR_WHITE_SPACE) || is_unseen_format (c);
}

gboolean
confab_sign_is_unseen_in_password (gunichar c)
{
  switch (u_charType ((UChar32)c))
    {
    case U_CONTROL_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      return is_unseen_format (c);
    }
}
