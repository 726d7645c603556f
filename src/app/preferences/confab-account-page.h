/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One's own account in the preferences: who one is, what can be changed, and where one is signed
 * in. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_ACCOUNT_PAGE (confab_account_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAccountPage, confab_account_page, CONFAB, ACCOUNT_PAGE,
                      AdwPreferencesPage)

/* Once, before it is shown. */
void confab_account_page_set_client (ConfabAccountPage *self, ConfabClient *client);

G_END_DECLS
