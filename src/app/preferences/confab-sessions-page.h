/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The sessions of the account; the user can end each, or all others. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_SESSIONS_PAGE (confab_sessions_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSessionsPage, confab_sessions_page, CONFAB, SESSIONS_PAGE,
                      AdwNavigationPage)

AdwNavigationPage *confab_sessions_page_new (ConfabClient *client);

G_END_DECLS
