/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page that asks for a new password after the link or code was checked, sets it and signs
 * in. */

#pragma once

#include <adwaita.h>

#include "confab-reset.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signals: signed-in (ConfabClient): a client, opened but not started, or the one that the page was
 * created with; expired: the reset is not valid any more. */
#define CONFAB_TYPE_RESET_PASSWORD_PAGE (confab_reset_password_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabResetPasswordPage, confab_reset_password_page,
                      CONFAB, RESET_PASSWORD_PAGE, AdwNavigationPage)

/* @client: (nullable): the open client; if it is of the same account, it signs in again. */
ConfabResetPasswordPage *confab_reset_password_page_new (ConfabAccountStore *store,
                                                         ConfabReset *reset,
                                                         const ConfabServerInfo *server,
                                                         ConfabClient *client);

G_END_DECLS
