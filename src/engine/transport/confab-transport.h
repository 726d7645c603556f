/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sends requests to one server, with JSON bodies, and maps all failures to errors. Main thread;
 * large answers are decoded in another.
 *
 * Every call ends: an answer that arrives too slowly is dropped. Plain HTTP never goes through a
 * proxy.
 *
 * Errors: CONFAB_PROBLEM from the server; CONFAB_ENGINE_ERROR_UNREACHABLE, _BAD_CERTIFICATE,
 * _NOT_CONFAB (also for a redirect, and for an answer that cannot be decoded or is too large) and
 * _BAD_ADDRESS (plain HTTP to another computer) from the transport; G_IO_ERROR_CANCELLED. */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "confab-answer.h"
#include "confab-environment.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_TRANSPORT (confab_transport_get_type ())
G_DECLARE_FINAL_TYPE (ConfabTransport, confab_transport, CONFAB, TRANSPORT, GObject)

ConfabTransport *confab_transport_new (ConfabEnvironment *environment, const char *origin);
const char *confab_transport_get_origin (ConfabTransport *self);
/* The bearer token of all requests. (nullable) */
void confab_transport_set_token (ConfabTransport *self, const char *token);
const char *confab_transport_get_token (ConfabTransport *self);
/* Drop all connections, which may be dead after a suspend or a change of the network. Calls that
 * are running fail, because on a dead connection they would wait until they time out. */
void confab_transport_forget_connections (ConfabTransport *self);

/* Cancel an operation of libsoup soon: at once it might free a message twice. */
void confab_transport_cancel_soon (GCancellable *operation);

/**
 * confab_transport_call_async:
 * @path: with its query, beginning with "/"
 * @body: (nullable) (transfer none): sent as JSON; its text is cleared afterwards
 * @decoder: (nullable): for calls whose answer has content
 * @answer_free: (nullable): frees the decoder's value
 */
void confab_transport_call_async (ConfabTransport *self,
                                  const char *method,
                                  const char *path,
                                  JsonObject *body,
                                  ConfabTransportDecoder decoder,
                                  GDestroyNotify answer_free,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* The same with a @body (transfer none) of another @content_type. */
void confab_transport_call_bytes_async (ConfabTransport *self,
                                        const char *method,
                                        const char *path,
                                        GBytes *body,
                                        const char *content_type,
                                        ConfabTransportDecoder decoder,
                                        GDestroyNotify answer_free,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* GET a body that is returned as it is: of @content_type (static), at most @max_bytes. */
void confab_transport_fetch_async (ConfabTransport *self,
                                   const char *path,
                                   const char *content_type,
                                   guint max_bytes,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GBytes *confab_transport_fetch_finish (ConfabTransport *self, GAsyncResult *result, GError **error);
/* For the functions above. @answer: (out) (optional) (transfer full) */
gboolean confab_transport_call_finish (ConfabTransport *self,
                                       GAsyncResult *result,
                                       gpointer *answer,
                                       GError **error);
/* Return the seconds that the server asked to wait, in its problem or in a header; 0 if it did
 * not. */
guint confab_transport_get_retry_after (GAsyncResult *result);
/* The same from the headers of @message only. */
guint confab_transport_read_retry_after (SoupMessage *message);
/* Return the time of the server's clock when it answered, in ms, truncated to seconds; 0 if
 * unknown. */
gint64 confab_transport_get_server_time (GAsyncResult *result);

/* Return a message of this transport's session with its authorization, for the stream; NULL with an
 * error if the origin is invalid. */
SoupMessage *confab_transport_new_message (ConfabTransport *self,
                                           const char *method,
                                           const char *path,
                                           GError **error);
SoupSession *confab_transport_get_session (ConfabTransport *self);
/* Take an @error of libsoup or GIO; return the engine's. */
GError *confab_transport_map_error (GError *error);

/* Return whether trying again later may help: no network, a busy server, a captive portal. */
gboolean confab_transport_error_is_transient (const GError *error);

G_END_DECLS
