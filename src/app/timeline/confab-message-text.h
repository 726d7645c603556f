/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The text of a message: wrapped and selectable, with links, in its own base direction.
 *
 * Hundreds of these are laid out at once, so each keeps one PangoLayout and measures it once per
 * width: its horizontal size request is constant, and the parent calls confab_message_text_fit() to
 * learn the width it needs. Text is never parsed as markup. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONFAB_MESSAGE_TEXT_PADDING_X 12
#define CONFAB_MESSAGE_TEXT_PADDING_Y 7

/* The number of lines of a folded message. */
#define CONFAB_MESSAGE_TEXT_FOLDED_LINES 25

/* Properties: text (string), folded (gboolean: whether to end a long text after FOLDED_LINES, or
 * else at the limit of what is laid out at once; see confab-text-cost.h). */
#define CONFAB_TYPE_MESSAGE_TEXT (confab_message_text_get_type ())
G_DECLARE_FINAL_TYPE (ConfabMessageText, confab_message_text, CONFAB, MESSAGE_TEXT, GtkWidget)

GtkWidget *confab_message_text_new (void);

void confab_message_text_set_text (ConfabMessageText *self, const char *text);

void confab_message_text_set_folded (ConfabMessageText *self, gboolean folded);
gboolean confab_message_text_get_folded (ConfabMessageText *self);
/* Return whether the text has more than FOLDED_LINES lines at the width of the last fit(). */
gboolean confab_message_text_is_long (ConfabMessageText *self);
/* Return whether the text is only one to six emoji, which are shown large and without a bubble. */
gboolean confab_message_text_is_emoji (ConfabMessageText *self);

/* Return the size needed, including padding, at no more than @max_width. */
void confab_message_text_fit (ConfabMessageText *self, int max_width, int *width, int *height);

/* Return the selected text. (transfer full) (nullable) */
char *confab_message_text_get_selected (ConfabMessageText *self);
/* Select from byte @start to byte @end; if they are equal, select nothing. */
void confab_message_text_select (ConfabMessageText *self, guint start, guint end);

/* Return the address of the link at a point of the widget. (transfer none) (nullable) */
const char *confab_message_text_get_link_at (ConfabMessageText *self, double x, double y);

G_END_DECLS
