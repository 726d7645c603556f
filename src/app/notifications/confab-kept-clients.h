/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The clients that run without being shown: those of other accounts, and all while no window is
 * open. They receive, and their messages notify. Main thread. */

#pragma once

#include <gio/gio.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Signals: ::changed: the number of conversations to notify of may have changed. */
#define CONFAB_TYPE_KEPT_CLIENTS (confab_kept_clients_get_type ())
G_DECLARE_FINAL_TYPE (ConfabKeptClients, confab_kept_clients, CONFAB, KEPT_CLIENTS, GObject)

ConfabKeptClients *confab_kept_clients_new (ConfabAccountStore *store, GApplication *application);

/* Keep @client, which is running. */
void confab_kept_clients_add (ConfabKeptClients *self, ConfabClient *client);
/* Open and start the clients of all accounts that are not open. The store's accounts are loaded. */
void confab_kept_clients_start (ConfabKeptClients *self);
/* Hand over the account's client, waiting if it is being opened. */
void confab_kept_clients_take_async (ConfabKeptClients *self,
                                     ConfabAccount *account,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Returns: (transfer full) (nullable): NULL if there is none */
ConfabClient *confab_kept_clients_take_finish (ConfabKeptClients *self, GAsyncResult *result);
/* Close all, and open no others. Completes when their data is on the disk. */
void confab_kept_clients_close_async (ConfabKeptClients *self,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void confab_kept_clients_close_finish (ConfabKeptClients *self, GAsyncResult *result);

/* Return whether no client is kept or being opened. */
gboolean confab_kept_clients_is_empty (ConfabKeptClients *self);
/* Return the number of conversations of @account that the user is notified of, if it is kept. */
guint confab_kept_clients_count (ConfabKeptClients *self, ConfabAccount *account);

G_END_DECLS
