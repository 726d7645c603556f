/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The pages for signing in: the server's address, then signing in or registering. */

#pragma once

#include <adwaita.h>

#include "confab-invitation-link.h"
#include "confab-reset.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signals: signed-in (ConfabClient): a client, opened but not started; left: the user returns to
 * the open account. */
#define CONFAB_TYPE_ACCOUNT_VIEW (confab_account_view_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAccountView, confab_account_view, CONFAB, ACCOUNT_VIEW, AdwBin)

ConfabAccountView *confab_account_view_new (ConfabAccountStore *store);
/* Set whether there is an open account to return to. */
void confab_account_view_set_can_leave (ConfabAccountView *self, gboolean can_leave);

/* Continue with resetting a password, from a link or a stored reset. */
void confab_account_view_reset (ConfabAccountView *self, ConfabReset *reset);

/* Start again with an invitation's server, and go to the page for registering. */
void confab_account_view_invite (ConfabAccountView *self, const ConfabInvitationLink *link);

/* Return whether the user has not entered anything yet. */
gboolean confab_account_view_is_at_start (ConfabAccountView *self);

G_END_DECLS
