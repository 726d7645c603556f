/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page for changing the email address, followed by that for the code mailed to it. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_EMAIL_PAGE (confab_email_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabEmailPage, confab_email_page, CONFAB, EMAIL_PAGE, AdwNavigationPage)

AdwNavigationPage *confab_email_page_new (ConfabClient *client);

G_END_DECLS
