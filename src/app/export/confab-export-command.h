/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* `confab --export DIR`: takes everything along that is on this computer. Needs no display,
 * network or keyring. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Exports every account into @folder, which is made if it is missing. Blocks; returns the exit
 * status. */
int confab_export_command (const char *folder);

G_END_DECLS
