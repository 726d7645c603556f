/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Finding a server, making an account on it, signing in. Main thread; nothing blocks. */

#pragma once

#include <gio/gio.h>

#include "confab-account.h"
#include "confab-client.h"
#include "confab-registration.h"

G_BEGIN_DECLS

/**
 * ConfabServerInfo:
 * @origin: normalised, what is kept ("https://confab.example.org")
 * @registration: who may register; what this version does not know is %CONFAB_REGISTRATION_CLOSED
 * @mail: whether it can send any
 * @insecure: plain HTTP: only taken for loopback addresses
 */
typedef struct
{
  char *origin;
  char *name;
  char *version;
  ConfabRegistration registration;
  guint password_min;
  gboolean mail;
  gboolean insecure;
} ConfabServerInfo;

ConfabServerInfo *confab_server_info_copy (const ConfabServerInfo *self);
void confab_server_info_free (ConfabServerInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabServerInfo, confab_server_info_free)

/* Asks the server at @address ("confab.example.org", with or without scheme and port) what it
 * is. */
void confab_server_probe_async (ConfabEnvironment *environment,
                                const char *address,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
ConfabServerInfo *confab_server_probe_finish (GAsyncResult *result, GError **error);

/* Both end with an opened client, not started yet (transfer full), its account in @store, its token
 * in the keyring (or in memory, see confab_client_get_keyring_state()). Signing in to an account
 * that is here already but signed out takes its mirror, outbox and drafts up again.
 * @invitation: (nullable): the code of one, or the set-up code, as the person has typed it
 * Errors: CONFAB_PROBLEM (the server's words) or CONFAB_ENGINE_ERROR. */
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
