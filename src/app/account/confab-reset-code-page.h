/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Takes the code of a mail that is on its way, or one that somebody handed over. */

#pragma once

#include <adwaita.h>

#include "confab-reset.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signals: checked: the code was right; expired: no code will be, any more. */
#define CONFAB_TYPE_RESET_CODE_PAGE (confab_reset_code_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabResetCodePage, confab_reset_code_page, CONFAB, RESET_CODE_PAGE,
                      AdwNavigationPage)

/* For a mail that @reset has asked for. */
ConfabResetCodePage *confab_reset_code_page_new (ConfabAccountStore *store,
                                                 ConfabReset *reset,
                                                 const ConfabServerInfo *server);
/* For a code that was handed over: whose it is is asked for, too. @login: (nullable): a username
 * or email address, as typed before */
ConfabResetCodePage *confab_reset_code_page_new_by_hand (ConfabAccountStore *store,
                                                         ConfabReset *reset,
                                                         const ConfabServerInfo *server,
                                                         const char *login);

G_END_DECLS
