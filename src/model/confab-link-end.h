/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Finds the end of an address in running text. Any thread.
 *
 * The rules are Unicode's: UTS #58, Unicode Link Detection and Formatting, version 17
 * (https://www.unicode.org/reports/tr58/). Its property Link_Term is derived here from ICU's data,
 * in the way the standard describes. docs/decisions/009-the-rules-of-text.md lists the differences
 * and their reasons. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabLinkTerm:
 * @CONFAB_LINK_INCLUDE: always belongs to the address
 * @CONFAB_LINK_HARD: always ends the address
 * @CONFAB_LINK_SOFT: ends the address unless more of it follows
 * @CONFAB_LINK_OPEN: an opening bracket, which belongs to the address if more of it follows
 * @CONFAB_LINK_CLOSE: a closing bracket, which belongs to the address if its opening bracket does
 *
 * The property Link_Term: the effect of a character on the address it stands in.
 */
typedef enum
{
  CONFAB_LINK_INCLUDE,
  CONFAB_LINK_HARD,
  CONFAB_LINK_SOFT,
  CONFAB_LINK_OPEN,
  CONFAB_LINK_CLOSE,
} ConfabLinkTerm;

/**
 * confab_link_term:
 * @c: a Unicode character
 *
 * Returns: the property Link_Term of @c
 */
ConfabLinkTerm confab_link_term (gunichar c);

/**
 * confab_link_closes:
 * @before: the character in front of an address, or 0
 * @at: (type utf8): a character in the address
 *
 * Returns: whether the address ends in front of @at because @at closes a quotation mark or another
 * mark around words that @before opened
 */
gboolean confab_link_closes (gunichar before, const char *at);

/**
 * confab_link_end:
 * @start: valid UTF-8, behind the host of an address: the path, the query and the fragment
 * @before: the character in front of the address, or 0
 *
 * Returns: where the address ends
 */
const char *confab_link_end (const char *start, gunichar before);

G_END_DECLS
