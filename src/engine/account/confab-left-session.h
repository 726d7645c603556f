/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The session of an account whose signing out was interrupted, for example by a crash: its token is
 * still in the keyring. Main thread. */

#pragma once

#include "confab-account.h"

G_BEGIN_DECLS

/* End the session of @account, which is signed out, if the keyring has its token and need not be
 * unlocked for it, and clear the token once the server has answered. Fails silently: the next start
 * tries again. */
void confab_left_session_end (ConfabEnvironment *environment, ConfabAccount *account);

G_END_DECLS
