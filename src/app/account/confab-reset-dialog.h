/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The dialog for resetting a password while an account is open. */

#pragma once

#include <adwaita.h>

#include "confab-reset.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signal: signed-in (ConfabClient): the client with the new password, emitted after the dialog
 * closed. It is opened but not started, unless it is @client. */
#define CONFAB_TYPE_RESET_DIALOG (confab_reset_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ConfabResetDialog, confab_reset_dialog, CONFAB, RESET_DIALOG, AdwDialog)

ConfabResetDialog *confab_reset_dialog_new (ConfabAccountStore *store,
                                            ConfabReset *reset,
                                            ConfabClient *client);

G_END_DECLS
