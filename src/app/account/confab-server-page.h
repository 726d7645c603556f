/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page that asks for a server's address, or for an invitation with one, and contacts the
 * server. */

#pragma once

#include <adwaita.h>

#include "confab-invitation-link.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signal: found (ConfabServerInfo *). */
#define CONFAB_TYPE_SERVER_PAGE (confab_server_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabServerPage, confab_server_page, CONFAB, SERVER_PAGE, AdwNavigationPage)

void confab_server_page_set_environment (ConfabServerPage *self, ConfabEnvironment *environment);
/* Set whether to show a button that activates account.leave. */
void confab_server_page_set_can_leave (ConfabServerPage *self, gboolean can_leave);
/* Continue as if the user had pasted the link. */
void confab_server_page_invite (ConfabServerPage *self, const ConfabInvitationLink *link);
/* Return the code of the invitation from which the address is. (nullable) */
const char *confab_server_page_get_code (ConfabServerPage *self);

G_END_DECLS
