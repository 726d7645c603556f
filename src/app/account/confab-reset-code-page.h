/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page that asks for the code from a mail or from an administrator. */

#pragma once

#include <adwaita.h>

#include "confab-reset.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signals: checked: the code was right; expired: the code is not valid any more. */
#define CONFAB_TYPE_RESET_CODE_PAGE (confab_reset_code_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabResetCodePage, confab_reset_code_page, CONFAB, RESET_CODE_PAGE,
                      AdwNavigationPage)

/* Return a page for the mail that @reset requested. */
ConfabResetCodePage *confab_reset_code_page_new (ConfabAccountStore *store,
                                                 ConfabReset *reset,
                                                 const ConfabServerInfo *server);
/* Return a page for a code from an administrator, which also asks for the login. @login:
 * (nullable): a username or email address typed before. */
ConfabResetCodePage *confab_reset_code_page_new_by_hand (ConfabAccountStore *store,
                                                         ConfabReset *reset,
                                                         const ConfabServerInfo *server,
                                                         const char *login);

G_END_DECLS
