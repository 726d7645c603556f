/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page for signing in to an existing account. */

#pragma once

#include <adwaita.h>

#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signal: signed-in (ConfabClient): a client, opened but not started. */
#define CONFAB_TYPE_SIGN_IN_PAGE (confab_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSignInPage, confab_sign_in_page, CONFAB, SIGN_IN_PAGE,
                      AdwNavigationPage)

ConfabSignInPage *confab_sign_in_page_new (ConfabAccountStore *store,
                                           const ConfabServerInfo *server);

/* (transfer none) */
const ConfabServerInfo *confab_sign_in_page_get_server (ConfabSignInPage *self);
/* (transfer none): as typed */
const char *confab_sign_in_page_get_login (ConfabSignInPage *self);

G_END_DECLS
