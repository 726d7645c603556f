/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Finding a server, registering, signing in. Main thread; no call blocks. */

#pragma once

#include <gio/gio.h>

#include "confab-account.h"
#include "confab-client.h"
#include "confab-server-info.h"

G_BEGIN_DECLS

/* Ask the server at @address ("confab.example.org", with or without scheme and port) for its
 * information. */
void confab_server_probe_async (ConfabEnvironment *environment,
                                const char *address,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
ConfabServerInfo *confab_server_probe_finish (GAsyncResult *result, GError **error);

/* Both return an opened client that is not started (transfer full), with its account in @store and
 * its token in the keyring (or in memory, see confab_client_get_keyring_state()). An account that
 * exists on this computer but is signed out continues with its mirror, outbox and drafts.
 * @invitation: (nullable): the code of an invitation, or the set-up code, as typed Errors:
 * CONFAB_PROBLEM (from the server) or CONFAB_ENGINE_ERROR. */
void confab_register_async (ConfabAccountStore *store,
                            const char *origin,
                            const char *username,
                            const char *email,
                            const char *password,
                            const char *invitation,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
ConfabClient *confab_register_finish (GAsyncResult *result, GError **error);
void confab_sign_in_async (ConfabAccountStore *store,
                           const char *origin,
                           const char *login,
                           const char *password,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
ConfabClient *confab_sign_in_finish (GAsyncResult *result, GError **error);

G_END_DECLS
