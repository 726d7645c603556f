/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page that asks for the code that was mailed to a new email address. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_EMAIL_CODE_PAGE (confab_email_code_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabEmailCodePage, confab_email_code_page, CONFAB, EMAIL_CODE_PAGE,
                      AdwNavigationPage)

/* @expires_at: when (ms) the code expires. */
AdwNavigationPage *confab_email_code_page_new (ConfabClient *client,
                                               const char *email,
                                               gint64 expires_at);

G_END_DECLS
