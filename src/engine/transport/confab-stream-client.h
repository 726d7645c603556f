/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The websocket of one connection attempt. Frames are read one at a time and decoded in order.
 * Unread frames wait in a short queue; when it is full, the stream ends. Main thread. */

#pragma once

#include "confab-codec.h"
#include "confab-transport.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_STREAM_CLIENT (confab_stream_client_get_type ())
G_DECLARE_FINAL_TYPE (ConfabStreamClient, confab_stream_client, CONFAB, STREAM_CLIENT, GObject)

/* Connect and send hello with @cursor. Errors as for the transport; %CONFAB_ENGINE_ERROR_NOT_CONFAB
 * means that there is an answer, but websockets are blocked. */
void confab_stream_client_open_async (ConfabTransport *transport,
                                      const char *cursor,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* @retry_after: (out): the seconds that the server asked to wait when it refused; 0 if it did
 * not */
ConfabStreamClient *confab_stream_client_open_finish (GAsyncResult *result,
                                                      guint *retry_after,
                                                      GError **error);

/* Read the next frame; one call at a time. @page: (out) (transfer full) (nullable): rows. @ready:
 * whether the client has everything up to now. At the end of the stream: CONFAB_PROBLEM (the
 * server's last frame; NOT_SIGNED_IN if the session ended), %CONFAB_ENGINE_ERROR_UNREACHABLE, or
 * G_IO_ERROR_CANCELLED after confab_stream_client_close(). */
void confab_stream_client_next_async (ConfabStreamClient *self,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean confab_stream_client_next_finish (ConfabStreamClient *self,
                                           GAsyncResult *result,
                                           ConfabPage **page,
                                           gboolean *ready,
                                           GError **error);

/* Return the seconds to wait from the server's last frame; 0 if not given. */
guint confab_stream_client_get_retry_after (ConfabStreamClient *self);

/* Close the stream without waiting for an answer. */
void confab_stream_client_close (ConfabStreamClient *self);

G_END_DECLS
