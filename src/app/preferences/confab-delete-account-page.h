/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The end of an account. The username is typed, so that nobody is here by mistake, and the
 * password asked for. It is a page and no alert, which would be gone before a wrong password
 * could be told. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_DELETE_ACCOUNT_PAGE (confab_delete_account_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabDeleteAccountPage, confab_delete_account_page,
                      CONFAB, DELETE_ACCOUNT_PAGE, AdwNavigationPage)

/* Activates win.forget-account when the account is gone. */
AdwNavigationPage *confab_delete_account_page_new (ConfabClient *client);

G_END_DECLS
