/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Restores the keyboard focus when the widget that has it closes or disappears. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CONFAB_TYPE_FOCUS_KEEPER (confab_focus_keeper_get_type ())
G_DECLARE_FINAL_TYPE (ConfabFocusKeeper, confab_focus_keeper, CONFAB, FOCUS_KEEPER, GObject)

/* Signals: "lost": nothing has the focus, and the previous focus is gone too. The window chooses a
 * new one. */

/**
 * confab_focus_keeper_new:
 * @window: the window whose focus to keep; it owns the keeper
 *
 * Watches the focus of @window. When a popover, menu, search bar or dialog closes, the focus
 * returns to where it was before. A button that was clicked to open one of them is not returned to.
 *
 * Also names the items of menus when the focus enters them, see confab_menu_names_update().
 *
 * Returns: (transfer full): the keeper
 */
ConfabFocusKeeper *confab_focus_keeper_new (AdwApplicationWindow *window);

G_END_DECLS
