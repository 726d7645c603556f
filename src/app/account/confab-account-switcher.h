/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Switches between the accounts on this computer, and provides the menu for that. One account is
 * open at a time; its data is on the disk before the next one opens. Main thread. */

#pragma once

#include <gio/gio.h>

#include "confab-client.h"
#include "confab-kept-clients.h"

G_BEGIN_DECLS

/* Signals: chosen (ConfabAccount): the user chose another account in the menu; add: the user wants
 * to add an account; opened (ConfabClient): a client, not started yet; failed (GError, borrowed):
 * the account could not be opened. */
#define CONFAB_TYPE_ACCOUNT_SWITCHER (confab_account_switcher_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAccountSwitcher,
                      confab_account_switcher,
                      CONFAB,
                      ACCOUNT_SWITCHER,
                      GObject)

/* @kept: the other accounts' clients, whose news the menu counts */
ConfabAccountSwitcher *confab_account_switcher_new (ConfabAccountStore *store,
                                                    ConfabKeptClients *kept);
/* The menu's actions are those of confab_account_switcher_get_actions(), as "accounts". (transfer
 * none) */
GMenuModel *confab_account_switcher_get_menu (ConfabAccountSwitcher *self);
GActionGroup *confab_account_switcher_get_actions (ConfabAccountSwitcher *self);
/* Set the account that is marked in the menu. @account: (nullable) */
void confab_account_switcher_set_current (ConfabAccountSwitcher *self, ConfabAccount *account);

/* Open @to. Do not call this before the last one was opened or failed. */
void confab_account_switcher_go (ConfabAccountSwitcher *self, ConfabAccount *to);
/* Stop opening accounts. Completes when the client being opened is closed. */
void confab_account_switcher_stop_async (ConfabAccountSwitcher *self,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
void confab_account_switcher_stop_finish (ConfabAccountSwitcher *self, GAsyncResult *result);

G_END_DECLS
