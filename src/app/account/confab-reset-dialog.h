/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A new password for an account while another one, or the same, is open. */

#pragma once

#include <adwaita.h>

#include "confab-reset.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signal: signed-in (ConfabClient): with the new password; the dialog has closed. Opened, not
 * started, unless it is @client. */
#define CONFAB_TYPE_RESET_DIALOG (confab_reset_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ConfabResetDialog, confab_reset_dialog, CONFAB, RESET_DIALOG, AdwDialog)

ConfabResetDialog *confab_reset_dialog_new (ConfabAccountStore *store,
                                            ConfabReset *reset,
                                            ConfabClient *client);

G_END_DECLS
