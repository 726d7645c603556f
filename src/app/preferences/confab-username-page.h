/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page for changing the username, which checks while typing whether it is available. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_USERNAME_PAGE (confab_username_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabUsernamePage, confab_username_page, CONFAB, USERNAME_PAGE,
                      AdwNavigationPage)

AdwNavigationPage *confab_username_page_new (ConfabClient *client);

G_END_DECLS
