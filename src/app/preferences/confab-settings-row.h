/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Binds settings to rows of the preferences where g_settings_bind() alone cannot. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * confab_settings_bind_choice:
 * @key: a key with an enum whose values are 0, 1, …
 * @row: a row with an item for each value, in that order
 *
 * Shows the setting in @row, and stores what the user chooses there.
 */
void confab_settings_bind_choice (const char *key, AdwComboRow *row);

G_END_DECLS
