/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page for registering on a server. */

#pragma once

#include <adwaita.h>

#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signal: signed-in (ConfabClient): a client, opened but not started. */
#define CONFAB_TYPE_REGISTER_PAGE (confab_register_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabRegisterPage, confab_register_page, CONFAB, REGISTER_PAGE,
                      AdwNavigationPage)

ConfabRegisterPage *confab_register_page_new (ConfabAccountStore *store,
                                              const ConfabServerInfo *server,
                                              const char *code);

G_END_DECLS
