/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The accounts on this computer: data_dir/accounts.ini (without secrets), and for each a folder,
 * data_dir/accounts/ID (0700), with its mirror (0600). Main thread. */

#pragma once

#include <gio/gio.h>

#include "confab-environment.h"

G_BEGIN_DECLS

/* An account on this computer, signed in or out. Properties, read-only: id (an opaque UUID), server
 * (its origin, "https://confab.example.org"), username (notified, because it can change), user-id
 * (gint64). */
#define CONFAB_TYPE_ACCOUNT (confab_account_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAccount, confab_account, CONFAB, ACCOUNT, GObject)

const char *confab_account_get_id (ConfabAccount *self);
const char *confab_account_get_server (ConfabAccount *self);
const char *confab_account_get_username (ConfabAccount *self);
gint64 confab_account_get_user_id (ConfabAccount *self);

/* A GListModel of ConfabAccount. */
#define CONFAB_TYPE_ACCOUNT_STORE (confab_account_store_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAccountStore, confab_account_store, CONFAB, ACCOUNT_STORE, GObject)

ConfabAccountStore *confab_account_store_new (ConfabEnvironment *environment);
void confab_account_store_load_async (ConfabAccountStore *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean confab_account_store_load_finish (ConfabAccountStore *self,
                                           GAsyncResult *result,
                                           GError **error);

ConfabEnvironment *confab_account_store_get_environment (ConfabAccountStore *self);

G_END_DECLS
