/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where one writes a message. It knows text alone: whoever holds it sends the message and keeps
 * the draft. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: recipient (string: who reads it, for the placeholder).
 *
 * Signals: "send" (const char *content): a valid message, trimmed; the text was taken out. Sent by
 * Enter or the button. "draft" (const char *text): the text rested for half a second, or
 * confab_composer_flush_draft() was called. "leave": Escape. "scroll" (int pages): Page Up (-1) or
 * Page Down (1) where there is no text to move in.
 *
 * Actions: composer.send, composer.insert-emoji. */
#define CONFAB_TYPE_COMPOSER (confab_composer_get_type ())
G_DECLARE_FINAL_TYPE (ConfabComposer, confab_composer, CONFAB, COMPOSER, GtkWidget)

GtkWidget *confab_composer_new (void);

void confab_composer_set_recipient (ConfabComposer *self, const char *recipient);

/* The draft of a conversation that was opened; gives no "draft" signal. */
void confab_composer_set_text (ConfabComposer *self, const char *text);
/* (transfer full) */
char *confab_composer_dup_text (ConfabComposer *self);
/* A message could not be kept: back into the field, before what was typed since, with @reason
 * below it. */
void confab_composer_give_back (ConfabComposer *self, const char *text, const char *reason);
/* A key that was pressed elsewhere: the field takes the focus and the key, input methods included.
 * @keys handles it at this moment. Returns whether the field took it. */
gboolean confab_composer_type (ConfabComposer *self, GtkEventControllerKey *keys);
/* Gives the "draft" signal now if the text changed since the last one. */
void confab_composer_flush_draft (ConfabComposer *self);

G_END_DECLS
