/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page for changing the password. It asks for the present one, so that finding an unlocked
 * computer does not suffice to take over the account. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_CHANGE_PASSWORD_PAGE (confab_change_password_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabChangePasswordPage, confab_change_password_page,
                      CONFAB, CHANGE_PASSWORD_PAGE, AdwNavigationPage)

AdwNavigationPage *confab_change_password_page_new (ConfabClient *client);

G_END_DECLS
