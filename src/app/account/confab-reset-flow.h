/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The way to a new password, page by page, in a navigation view of somebody else's. */

#pragma once

#include <adwaita.h>

#include "confab-reset.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signal: signed-in (ConfabClient): with the new password. Opened, not started, unless it was
 * open before. */
#define CONFAB_TYPE_RESET_FLOW (confab_reset_flow_get_type ())
G_DECLARE_FINAL_TYPE (ConfabResetFlow, confab_reset_flow, CONFAB, RESET_FLOW, GObject)

/* @view: not referred to once it is gone; @client: (nullable): what is open, for the case that
 * it is of the same account */
ConfabResetFlow *confab_reset_flow_new (AdwNavigationView *view,
                                        ConfabAccountStore *store,
                                        ConfabClient *client);

/* From the beginning. @login: what was typed as such; kept if it is an email address */
void confab_reset_flow_begin (ConfabResetFlow *self,
                              const ConfabServerInfo *server,
                              const char *login);
/* With a link, or with what was kept: looks at the server, checks, and goes to the page that is
 * due. */
void confab_reset_flow_go_on (ConfabResetFlow *self, ConfabReset *reset);

G_END_DECLS
