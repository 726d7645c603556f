/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Divides the long paragraphs of a text that is edited, so that they are laid out in linear time;
 * see confab-text-cost.h. Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * confab_text_pieces_watch:
 * @buffer: the text of a GtkTextView
 *
 * Divides each paragraph of @buffer that is long, now and whenever it changes: every other piece
 * gets a tag that changes nothing visible. Undoing ignores the tag, as it ignores all tags.
 */
void confab_text_pieces_watch (GtkTextBuffer *buffer);

G_END_DECLS
