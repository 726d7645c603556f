/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The account page of the preferences: profile, password, email, sessions. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_ACCOUNT_PAGE (confab_account_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAccountPage, confab_account_page, CONFAB, ACCOUNT_PAGE,
                      AdwPreferencesPage)

/* Call this once, before showing the page. */
void confab_account_page_set_client (ConfabAccountPage *self, ConfabClient *client);

G_END_DECLS
