/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The list of keyboard shortcuts. libadwaita has such a dialog from 1.8 on; GTK's is a window that
 * does not fit on a phone. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CONFAB_TYPE_SHORTCUTS_DIALOG (confab_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
    ConfabShortcutsDialog, confab_shortcuts_dialog, CONFAB, SHORTCUTS_DIALOG, AdwDialog)

/* Return a new dialog. (transfer floating) */
AdwDialog *confab_shortcuts_dialog_new (void);

G_END_DECLS
