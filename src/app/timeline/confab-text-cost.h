/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How much of a text may be laid out at once.
 *
 * Laying out is Pango's work on the main thread, and what a message may hold is the sender's
 * choice: 10,000 characters take from 3 ms to a second. So every text is cut to a cost before
 * Pango sees it. The cost counts what was measured to take time, in units of one letter:
 * pictures and paragraphs take more than letters do. */

#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/* A folded message: 25 full lines of letters. */
#define CONFAB_TEXT_COST_FOLDED 2000
/* One that was unfolded: 10,000 letters, or 2,500 lines, or 800 families. */
#define CONFAB_TEXT_COST_MAX 12500

/**
 * confab_text_cost_cut:
 * @text: valid UTF-8
 * @max_cost: what may be spent
 * @max_lines: how many lines it may have by its own line breaks
 *
 * Returns: how many bytes of @text cost no more than that; the cut is between two characters that
 *   are not shown as one
 */
gsize confab_text_cost_cut (const char *text, guint max_cost, guint max_lines);

/**
 * confab_text_cost_divide:
 * @attributes: the attributes of a layout
 * @text: its text
 *
 * Makes Pango take @text in short pieces. It measures the rest of a piece anew for each line, so
 * that a word of 10,000 letters would take a hundred times as long as its letters do. Nothing looks
 * different: fallback fonts are allowed anyway.
 */
void confab_text_cost_divide (PangoAttrList *attributes, const char *text);

G_END_DECLS
