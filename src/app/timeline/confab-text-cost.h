/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Limits how much of a text is laid out at once.
 *
 * Pango lays out text on the main thread, and the sender chooses the text: 10,000 characters take
 * from 3 ms to a second. So every text is cut at a maximum cost before Pango sees it. Costs are in
 * units of one letter and follow measurements: emoji and paragraphs cost more than letters. */

#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/* For a folded message: 25 full lines of letters, which take less than a millisecond. Opening a
 * conversation lays out many at once. */
#define CONFAB_TEXT_COST_FOLDED 2000
/* For an unfolded message, of which the user opens one at a time: 10,000 letters or emoji, or 2,500
 * lines. */
#define CONFAB_TEXT_COST_MAX 50000
/* In characters. A piece ends at the next white space, which never changes how letters are shaped,
 * or within a word once the piece is twice as long. Short texts are one piece.
 *
 * It is counted from the last change of script, where Pango begins an item by itself. Pango goes
 * through all pieces before an item to apply their attributes to it, so text of many short items
 * is better not divided. */
#define CONFAB_TEXT_COST_PIECE 40

/**
 * confab_text_cost_cut:
 * @text: valid UTF-8
 * @max_cost: the maximum cost
 * @max_lines: the maximum number of lines, counting line breaks only
 *
 * Returns: how many bytes of @text stay within both limits; the cut never divides a grapheme
 * cluster
 */
gsize confab_text_cost_cut (const char *text, guint max_cost, guint max_lines);

/**
 * confab_text_cost_next_piece:
 * @text: valid UTF-8
 *
 * Returns: the length in bytes of the first piece of @text, none of whose items is long
 */
gsize confab_text_cost_next_piece (const char *text);

/**
 * confab_text_cost_divide:
 * @attributes: the attributes of a layout
 * @text: its text
 *
 * Makes Pango itemize @text in short pieces. Pango measures the rest of a piece again for each
 * line, so a word of 10,000 letters would cost a hundred times as much as its letters. The
 * attribute used changes nothing visible, because fallback fonts are allowed by default.
 */
void confab_text_cost_divide (PangoAttrList *attributes, const char *text);

G_END_DECLS
