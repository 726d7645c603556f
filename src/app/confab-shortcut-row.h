/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A row that shows the keys of a shortcut. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties, for templates: shortcut-action (the application knows its keys), accelerators (keys
 * separated by spaces, for shortcuts without an action). */
#define CONFAB_TYPE_SHORTCUT_ROW (confab_shortcut_row_get_type ())
G_DECLARE_FINAL_TYPE (ConfabShortcutRow, confab_shortcut_row, CONFAB, SHORTCUT_ROW, AdwActionRow)

void confab_shortcut_row_set_accelerators (ConfabShortcutRow *self, const char *accelerators);

G_END_DECLS
