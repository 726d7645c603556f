/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page for deleting the account. The user types the username, to exclude a mistake, and the
 * password. It is a page and not an alert, because an alert closes before a wrong password can be
 * reported. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_DELETE_ACCOUNT_PAGE (confab_delete_account_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabDeleteAccountPage, confab_delete_account_page,
                      CONFAB, DELETE_ACCOUNT_PAGE, AdwNavigationPage)

/* Activates win.forget-account when the account was deleted. */
AdwNavigationPage *confab_delete_account_page_new (ConfabClient *client);

G_END_DECLS
