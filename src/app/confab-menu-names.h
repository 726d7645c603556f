/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * confab_menu_names_update:
 * @menu: a popover, or any widget that may contain menu items
 *
 * Sets the accessible names of menu items, because GTK 4.18 labels them by widgets that are hidden
 * from assistive technologies. Call this again after the menu changed.
 */
void confab_menu_names_update (GtkWidget *menu);

G_END_DECLS
