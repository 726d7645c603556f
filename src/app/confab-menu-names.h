/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * confab_menu_names_update:
 * @menu: a popover, or anything that may hold menu items
 *
 * Gives the items of a menu names that assistive technologies can read. GTK 4.18 lets them be named
 * by labels that are hidden from these. A menu that was changed needs this again.
 */
void confab_menu_names_update (GtkWidget *menu);

G_END_DECLS
