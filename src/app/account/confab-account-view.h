/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The way in: a server's address, then signing in or making an account. */

#pragma once

#include <adwaita.h>

#include "confab-invitation-link.h"
#include "confab-reset.h"
#include "confab-sign-in.h"

G_BEGIN_DECLS

/* Signals: signed-in (ConfabClient): opened, not started; left: the person goes back to the
 * account that is open. */
#define CONFAB_TYPE_ACCOUNT_VIEW (confab_account_view_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAccountView, confab_account_view, CONFAB, ACCOUNT_VIEW, AdwBin)

ConfabAccountView *confab_account_view_new (ConfabAccountStore *store);
/* Whether there is an account to go back to. */
void confab_account_view_set_can_leave (ConfabAccountView *self, gboolean can_leave);

/* Goes on to a new password, with a link or with what was kept. */
void confab_account_view_reset (ConfabAccountView *self, ConfabReset *reset);

/* Begins anew with the server that an invitation is for, and goes on to a new account there. */
void confab_account_view_invite (ConfabAccountView *self, const ConfabInvitationLink *link);

/* Whether nothing has been done yet. */
gboolean confab_account_view_is_at_start (ConfabAccountView *self);

G_END_DECLS
