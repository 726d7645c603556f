/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The field for writing a message. It handles only text: its owner sends the message and saves the
 * draft. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: recipient (string: the name in the placeholder).
 *
 * Signals: "send" (const char *content): the user pressed Enter or the button; @content is a valid,
 * trimmed message, and the field is empty now. "draft" (const char *text): the text has not changed
 * for half a second, or confab_composer_flush_draft() was called. "leave": Escape. "scroll" (int
 * pages): Page Up (-1) or Page Down (1) in an empty field.
 *
 * Actions: composer.send, composer.insert-emoji. */
#define CONFAB_TYPE_COMPOSER (confab_composer_get_type ())
G_DECLARE_FINAL_TYPE (ConfabComposer, confab_composer, CONFAB, COMPOSER, GtkWidget)

void confab_composer_set_recipient (ConfabComposer *self, const char *recipient);

/* Set the text, for example the draft of the conversation opened. Emits no "draft" signal. */
void confab_composer_set_text (ConfabComposer *self, const char *text);
/* (transfer full) */
char *confab_composer_dup_text (ConfabComposer *self);
/* Put the text of a message that could not be stored back before the present text, and show @reason
 * below the field. */
void confab_composer_give_back (ConfabComposer *self, const char *text, const char *reason);
/**
 * confab_composer_type:
 * @keys: the controller that is handling a key pressed elsewhere
 *
 * Focuses the field and forwards the key to it, through the input method too.
 *
 * Returns: whether the field handled the key
 */
gboolean confab_composer_type (ConfabComposer *self, GtkEventControllerKey *keys);
/* Emit "draft" now if the text changed since the last one. */
void confab_composer_flush_draft (ConfabComposer *self);

G_END_DECLS
