/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The preferences of an account: the account page and, for administrators, the administration page.
 * Rows open subpages with adw_preferences_dialog_push_subpage(). */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_PREFERENCES_DIALOG (confab_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPreferencesDialog, confab_preferences_dialog,
                      CONFAB, PREFERENCES_DIALOG, AdwPreferencesDialog)

ConfabPreferencesDialog *confab_preferences_dialog_new (ConfabClient *client);

G_END_DECLS
