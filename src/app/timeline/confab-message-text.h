/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a message says: wrapped, selectable text with links, in its own base direction.
 *
 * Hundreds of these are laid out at once, so it keeps one PangoLayout and asks it once per width:
 * its horizontal size request is constant, and its parent asks confab_message_text_fit() how much
 * of a width it takes. Text is never read as markup. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONFAB_MESSAGE_TEXT_PADDING_X 12
#define CONFAB_MESSAGE_TEXT_PADDING_Y 7

/* A folded message shows this many lines. */
#define CONFAB_MESSAGE_TEXT_FOLDED_LINES 25

/* Properties: text (string), folded (gboolean: long texts end after FOLDED_LINES, or what may be
 * laid out at once; see confab-text-cost.h). */
#define CONFAB_TYPE_MESSAGE_TEXT (confab_message_text_get_type ())
G_DECLARE_FINAL_TYPE (ConfabMessageText, confab_message_text, CONFAB, MESSAGE_TEXT, GtkWidget)

GtkWidget *confab_message_text_new (void);

void confab_message_text_set_text (ConfabMessageText *self, const char *text);
const char *confab_message_text_get_text (ConfabMessageText *self);

void confab_message_text_set_folded (ConfabMessageText *self, gboolean folded);
gboolean confab_message_text_get_folded (ConfabMessageText *self);
/* Whether the text is longer than FOLDED_LINES at the width it was last fitted to. */
gboolean confab_message_text_is_long (ConfabMessageText *self);
/* Whether it is one to six emoji and nothing else, which are shown large and without a bubble. */
gboolean confab_message_text_is_emoji (ConfabMessageText *self);

/* The size it takes, padding included, when it may be @max_width wide. */
void confab_message_text_fit (ConfabMessageText *self, int max_width, int *width, int *height);

/* The selected text, (transfer full) (nullable). */
char *confab_message_text_get_selected (ConfabMessageText *self);
/* Positions in bytes; equal ones select nothing. */
void confab_message_text_select (ConfabMessageText *self, guint start, guint end);

/* The address at a point of the widget, (transfer none) (nullable). */
const char *confab_message_text_get_link_at (ConfabMessageText *self, double x, double y);

G_END_DECLS
