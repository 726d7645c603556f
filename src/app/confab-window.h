/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The window: the way in, an open account, or what stands in the way of both. */

#pragma once

#include <adwaita.h>

#include "confab-account.h"
#include "confab-window-state.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_WINDOW (confab_window_get_type ())
G_DECLARE_FINAL_TYPE (ConfabWindow, confab_window, CONFAB, WINDOW, AdwApplicationWindow)

/* @store: its accounts not loaded yet; @state: loaded */
ConfabWindow *confab_window_new (GtkApplication *application,
                                 ConfabAccountStore *store,
                                 ConfabWindowState *state);

/* Whatever is open over it. */
void confab_window_close_dialogs (ConfabWindow *self);
/* Where toasts are shown. (transfer none) */
AdwToastOverlay *confab_window_get_toasts (ConfabWindow *self);
/* "confab:…", from outside. Asks the person before anything else. */
void confab_window_open_link (ConfabWindow *self, const char *uri);

G_END_DECLS
