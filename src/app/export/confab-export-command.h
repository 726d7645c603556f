/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* `confab --export DIR` exports all accounts of this computer without display, network or
 * keyring. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Export every account into @folder, creating it if needed. Blocks. Return the exit status. */
int confab_export_command (const char *folder);

G_END_DECLS
