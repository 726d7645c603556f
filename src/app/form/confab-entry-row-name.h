/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Lets a screen reader read the title of @row once: libadwaita 1.7 has it in two labels and names
 * the row by both. To be called again when the title changes. */
void confab_entry_row_name_once (AdwEntryRow *row);

G_END_DECLS
