/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where one is signed in to this account; each place can be signed out, or all others at once. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_SESSIONS_PAGE (confab_sessions_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSessionsPage, confab_sessions_page, CONFAB, SESSIONS_PAGE,
                      AdwNavigationPage)

AdwNavigationPage *confab_sessions_page_new (ConfabClient *client);

G_END_DECLS
