/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Requests to one server: JSON out, JSON in, every failure mapped to what the engine decides by.
 * Main thread; large answers are decoded on another.
 *
 * Every call ends: an answer that comes too slowly is given up. Plain HTTP never goes through a
 * proxy.
 *
 * Errors: CONFAB_PROBLEM is the server's own answer; CONFAB_ENGINE_ERROR_UNREACHABLE,
 * _BAD_CERTIFICATE, _NOT_CONFAB (also for a redirect, an answer that does not decode and one
 * that is too large) and _BAD_ADDRESS (plain HTTP to another computer) are found here;
 * G_IO_ERROR_CANCELLED. */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "confab-environment.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_TRANSPORT (confab_transport_get_type ())
G_DECLARE_FINAL_TYPE (ConfabTransport, confab_transport, CONFAB, TRANSPORT, GObject)

/**
 * ConfabTransportDecoder:
 *
 * Makes a value of an answer. Pure: may run on another thread. An error of another domain than
 * CONFAB_ENGINE_ERROR becomes %CONFAB_ENGINE_ERROR_NOT_CONFAB.
 *
 * Returns: (transfer full): never %NULL without an error
 */
typedef gpointer (*ConfabTransportDecoder) (JsonObject *answer, GError **error);

ConfabTransport *confab_transport_new (ConfabEnvironment *environment, const char *origin);
const char *confab_transport_get_origin (ConfabTransport *self);
/* (nullable): the bearer token requests carry */
void confab_transport_set_token (ConfabTransport *self, const char *token);
const char *confab_transport_get_token (ConfabTransport *self);
/* Drops kept connections: they may be dead after a sleep. */
void confab_transport_forget_connections (ConfabTransport *self);

/**
 * confab_transport_call_async:
 * @path: with its query, beginning with "/"
 * @body: (nullable) (transfer none): sent as JSON; its text is cleared afterwards
 * @decoder: (nullable): for calls whose answer has content
 * @answer_free: (nullable): for what @decoder returns
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
/* A GET whose answer is wanted as it is: of @content_type (static), at most @max_bytes. */
void confab_transport_fetch_async (ConfabTransport *self,
                                   const char *path,
                                   const char *content_type,
                                   guint max_bytes,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GBytes *confab_transport_fetch_finish (ConfabTransport *self, GAsyncResult *result, GError **error);
/* For the calls. @answer: (out) (optional) (transfer full) */
gboolean confab_transport_call_finish (ConfabTransport *self,
                                       GAsyncResult *result,
                                       gpointer *answer,
                                       GError **error);
/* How many seconds the server asked to wait, in its problem or in a header; 0 if it did not. */
guint confab_transport_get_retry_after (GAsyncResult *result);
/* The same of the headers of @message alone. */
guint confab_transport_read_retry_after (SoupMessage *message);
/* What the server's clock said when it answered, ms, to a second; 0 if it did not. */
gint64 confab_transport_get_server_time (GAsyncResult *result);

/* For the stream: a message of this transport's session, with its authorization; NULL with an
 * error if the origin is no good. */
SoupMessage *confab_transport_new_message (ConfabTransport *self,
                                           const char *method,
                                           const char *path,
                                           GError **error);
SoupSession *confab_transport_get_session (ConfabTransport *self);
/* Takes @error of libsoup or GIO; returns it as ours. */
GError *confab_transport_map_error (GError *error);

/* Whether trying the same again later can help: no network, a busy server, a captive portal. */
gboolean confab_transport_error_is_transient (const GError *error);

G_END_DECLS
