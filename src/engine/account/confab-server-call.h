/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The calls that come before a session: what a server is, registering, signing in. Main thread
 * but for the decoders. */

#pragma once

#include "confab-sign-in.h"
#include "confab-transport.h"

G_BEGIN_DECLS

/* Decodes GET /v1/server into a ConfabServerInfo without origin.
 * %CONFAB_ENGINE_ERROR_NEWER_SERVER */
gpointer confab_server_info_decode (JsonObject *answer, GError **error);

/* A session just begun. */
typedef struct
{
  char *token;
  char *device_secret; /* (nullable): an older server gives none */
  gint64 session_id;
  ConfabUserRow *user;
} ConfabSignedIn;

void confab_signed_in_free (ConfabSignedIn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabSignedIn, confab_signed_in_free)

/* @store: what it knows this computer by goes along, and what the server says of it is kept
 * @email: (nullable): then it is a registration, else a sign-in with a username or email as @name.
 * @invitation: (nullable): for a registration. */
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

/* Ends the session of the transport's token, if the server can be reached within five seconds.
 * Never fails. */
void confab_session_end_async (ConfabTransport *transport,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void confab_session_end_finish (ConfabTransport *transport, GAsyncResult *result);

G_END_DECLS
