/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page for the user's about line. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_ABOUT_PAGE (confab_about_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAboutPage, confab_about_page, CONFAB, ABOUT_PAGE, AdwNavigationPage)

AdwNavigationPage *confab_about_page_new (ConfabClient *client);

G_END_DECLS
