/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which of the accounts on this computer is open: the menu that lists them, and going from one
 * to another. One is open at a time; what it has not written yet is on the disk before the next
 * one opens. Main thread. */

#pragma once

#include <gio/gio.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Signals: chosen (ConfabAccount): another one, in the menu; add: an account is to be added;
 * opened (ConfabClient): not started yet; failed (GError, borrowed): the account could not be
 * opened. */
#define CONFAB_TYPE_ACCOUNT_SWITCHER (confab_account_switcher_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAccountSwitcher, confab_account_switcher, CONFAB, ACCOUNT_SWITCHER,
                      GObject)

ConfabAccountSwitcher *confab_account_switcher_new (ConfabAccountStore *store);
/* Its actions are those of confab_account_switcher_get_actions(), as "accounts". (transfer none) */
GMenuModel *confab_account_switcher_get_menu (ConfabAccountSwitcher *self);
GActionGroup *confab_account_switcher_get_actions (ConfabAccountSwitcher *self);
/* The one that is marked. @account: (nullable) */
void confab_account_switcher_set_current (ConfabAccountSwitcher *self, ConfabAccount *account);

/* Closes @from (nullable), which nothing may use any more, then opens @to. Not while it does so
 * already. */
void confab_account_switcher_go (ConfabAccountSwitcher *self,
                                 ConfabClient *from,
                                 ConfabAccount *to);
/* The same with an account that is open already: one just signed in to. */
void confab_account_switcher_take (ConfabAccountSwitcher *self,
                                   ConfabClient *from,
                                   ConfabClient *next);
/* Opens nothing more. Ends when what was closing or opening is closed. */
void confab_account_switcher_stop_async (ConfabAccountSwitcher *self,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
void confab_account_switcher_stop_finish (ConfabAccountSwitcher *self, GAsyncResult *result);

G_END_DECLS
