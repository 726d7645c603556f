/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Set the accessible name of @row to its title: libadwaita 1.7 has the title in two labels and
 * names the row by both. Call this again when the title changes. */
void confab_entry_row_name_once (AdwEntryRow *row);

G_END_DECLS
