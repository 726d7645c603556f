/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page that asks for the email address of an account whose password was forgotten. */

#pragma once

#include <adwaita.h>

#include "confab-reset.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signals: asked: a mail was requested; has-code (email: nullable): the user has a code from an
 * administrator. */
#define CONFAB_TYPE_RESET_REQUEST_PAGE (confab_reset_request_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabResetRequestPage, confab_reset_request_page, CONFAB, RESET_REQUEST_PAGE,
                      AdwNavigationPage)

ConfabResetRequestPage *confab_reset_request_page_new (ConfabReset *reset,
                                                       const ConfabServerInfo *server);

G_END_DECLS
