/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The dialog with the unsent texts of folders without an account. */

#pragma once

#include <adwaita.h>

#include "confab-strays.h"

G_BEGIN_DECLS

/* Signal: removed: a folder was removed from the array. The dialog closes when none is left. */
#define CONFAB_TYPE_STRAYS_DIALOG (confab_strays_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ConfabStraysDialog, confab_strays_dialog, CONFAB, STRAYS_DIALOG, AdwDialog)

/* @strays: (element-type ConfabStray): removed folders are removed from it. */
ConfabStraysDialog *confab_strays_dialog_new (ConfabAccountStore *store, GPtrArray *strays);

G_END_DECLS
