/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where the focus goes when what had it closes or vanishes. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CONFAB_TYPE_FOCUS_KEEPER (confab_focus_keeper_get_type ())
G_DECLARE_FINAL_TYPE (ConfabFocusKeeper, confab_focus_keeper, CONFAB, FOCUS_KEEPER, GObject)

/* Signals: "lost": the focus is nowhere, and what had it before has gone as well. The window says
 * what is to have it now. */

/**
 * confab_focus_keeper_new:
 * @window: whose focus is kept; it owns the keeper
 *
 * Watches where the focus of @window is. When a popover, a menu, a search bar or a dialog closes,
 * the focus goes back to where it was before. A click on a button that opens one of them does not
 * count as a place.
 *
 * Menus are given their names when the focus enters them, see confab_menu_names_update().
 *
 * Returns: (transfer full): the keeper
 */
ConfabFocusKeeper *confab_focus_keeper_new (AdwApplicationWindow *window);

G_END_DECLS
