/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where an address ends in running text. Any thread.
 *
 * The rules are Unicode's: UTS #58, Unicode Link Detection and Formatting, version 17
 * (https://www.unicode.org/reports/tr58/). Its property Link_Term is computed here as the standard
 * derives it, from ICU's data. docs/decisions/009-what-a-text-is.md lists where we differ, and why.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabLinkTerm:
 * @CONFAB_LINK_INCLUDE: belongs to the address wherever it stands
 * @CONFAB_LINK_HARD: ends it wherever it stands
 * @CONFAB_LINK_SOFT: ends it unless more of the address follows
 * @CONFAB_LINK_OPEN: a bracket, which belongs to the address if more of it follows
 * @CONFAB_LINK_CLOSE: a bracket, which belongs to the address that opened it
 *
 * What a character does to an address it stands in: the property Link_Term.
 */
typedef enum
{
  CONFAB_LINK_INCLUDE,
  CONFAB_LINK_HARD,
  CONFAB_LINK_SOFT,
  CONFAB_LINK_OPEN,
  CONFAB_LINK_CLOSE,
} ConfabLinkTerm;

ConfabLinkTerm confab_link_term (gunichar c);

/**
 * confab_link_closes:
 * @before: the character in front of an address, or 0
 * @at: (type utf8): a character in the address
 *
 * Returns: whether @at closes what @before opened (quotation marks, and the marks that people write
 *   around a word), so that the address ends in front of it
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
