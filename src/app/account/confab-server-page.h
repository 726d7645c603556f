/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Asks for the address of a server, or for an invitation, which holds one, and looks whether
 * there is one. */

#pragma once

#include <adwaita.h>

#include "confab-invitation-link.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signal: found (ConfabServerInfo *). */
#define CONFAB_TYPE_SERVER_PAGE (confab_server_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabServerPage, confab_server_page, CONFAB, SERVER_PAGE, AdwNavigationPage)

void confab_server_page_set_environment (ConfabServerPage *self, ConfabEnvironment *environment);
/* Whether a button activates account.leave. */
void confab_server_page_set_can_leave (ConfabServerPage *self, gboolean can_leave);
/* As if the person had pasted the link and gone on. */
void confab_server_page_invite (ConfabServerPage *self, const ConfabInvitationLink *link);
/* (nullable): of the invitation that the address is from */
const char *confab_server_page_get_code (ConfabServerPage *self);

G_END_DECLS
