/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The pages for resetting a password, in the navigation view of another widget. */

#pragma once

#include <adwaita.h>

#include "confab-reset.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signal: signed-in (ConfabClient): the client with the new password. It is opened but not started,
 * unless it was open before. */
#define CONFAB_TYPE_RESET_FLOW (confab_reset_flow_get_type ())
G_DECLARE_FINAL_TYPE (ConfabResetFlow, confab_reset_flow, CONFAB, RESET_FLOW, GObject)

/* @view: may be destroyed earlier; @client: (nullable): the open client, which is used if it is of
 * the same account. */
ConfabResetFlow *confab_reset_flow_new (AdwNavigationView *view,
                                        ConfabAccountStore *store,
                                        ConfabClient *client);

/* Start from the beginning. @login: as typed; kept if it is an email address. */
void confab_reset_flow_begin (ConfabResetFlow *self,
                              const ConfabServerInfo *server,
                              const char *login);
/* Continue from a link or a stored reset: read the server's information, check the reset, and show
 * the next page. */
void confab_reset_flow_go_on (ConfabResetFlow *self, ConfabReset *reset);

G_END_DECLS
