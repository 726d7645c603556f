/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Calls without a session: server information, registering, signing in. Main thread except for the
 * decoders. */

#pragma once

#include "confab-account.h"
#include "confab-rows.h"
#include "confab-server-info.h"
#include "confab-transport.h"

G_BEGIN_DECLS

/* Decode GET /v1/server to a ConfabServerInfo without origin. Fails with
 * %CONFAB_ENGINE_ERROR_NEWER_SERVER. */
gpointer confab_server_info_decode (JsonObject *answer, GError **error);

/* A session just begun. */
typedef struct
{
  char *token;
  char *device_secret; /* (nullable): older servers send none */
  gint64 session_id;
  ConfabUserRow *user;
} ConfabSignedIn;

void confab_signed_in_free (ConfabSignedIn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabSignedIn, confab_signed_in_free)

/* @store: provides the device secret to send, and stores the server's answer
 * @email: (nullable): to register; without it, sign in with a username or email as @name
 * @invitation: (nullable): for registering */
void confab_signed_in_request_async (ConfabAccountStore *store,
                                     ConfabTransport *transport,
                                     const char *name,
                                     const char *email,
                                     const char *password,
                                     const char *invitation,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
ConfabSignedIn *confab_signed_in_request_finish (ConfabTransport *transport,
                                                 GAsyncResult *result,
                                                 GError **error);

G_END_DECLS
