/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page shown while a reset waits, or when it cannot continue. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: action: the user clicked the button. */
#define CONFAB_TYPE_RESET_STATUS_PAGE (confab_reset_status_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabResetStatusPage, confab_reset_status_page, CONFAB, RESET_STATUS_PAGE,
                      AdwNavigationPage)

ConfabResetStatusPage *confab_reset_status_page_new (void);

void confab_reset_status_page_show_busy (ConfabResetStatusPage *self, const char *text);
/* @action: the button's label, with a mnemonic. */
void confab_reset_status_page_show_problem (ConfabResetStatusPage *self,
                                            const char *title,
                                            const char *text,
                                            const char *action);

G_END_DECLS
