/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A button whose text wraps if needed, and which shows a spinner, without changing its size, while
 * its operation runs. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: text (with a mnemonic), busy. Busy does not change the sensitivity. */
#define CONFAB_TYPE_TEXT_BUTTON (confab_text_button_get_type ())
G_DECLARE_FINAL_TYPE (ConfabTextButton, confab_text_button, CONFAB, TEXT_BUTTON, GtkButton)

void confab_text_button_set_text (ConfabTextButton *self, const char *text);
void confab_text_button_set_busy (ConfabTextButton *self, gboolean busy);

G_END_DECLS
