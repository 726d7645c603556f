/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Asks for the new password of an account whose link or code has been checked, sets it and signs
 * in. */

#pragma once

#include <adwaita.h>

#include "confab-reset.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signals: signed-in (ConfabClient): opened, not started, or the one it was made with; expired:
 * link or code are good no longer. */
#define CONFAB_TYPE_RESET_PASSWORD_PAGE (confab_reset_password_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabResetPasswordPage, confab_reset_password_page,
                      CONFAB, RESET_PASSWORD_PAGE, AdwNavigationPage)

/* @client: (nullable): what is open; if it is of the same account, that one signs in again */
ConfabResetPasswordPage *confab_reset_password_page_new (ConfabAccountStore *store,
                                                         ConfabReset *reset,
                                                         const ConfabServerInfo *server,
                                                         ConfabClient *client);

G_END_DECLS
