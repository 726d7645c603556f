/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A button that turns into a spinner, without changing its size, while what it began goes on. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property: text (construct-only, with a mnemonic). */
#define CONFAB_TYPE_BUSY_BUTTON (confab_busy_button_get_type ())
G_DECLARE_FINAL_TYPE (ConfabBusyButton, confab_busy_button, CONFAB, BUSY_BUTTON, GtkButton)

void confab_busy_button_set_busy (ConfabBusyButton *self, gboolean busy);

G_END_DECLS
