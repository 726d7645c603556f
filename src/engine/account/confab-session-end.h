/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Ends a session at the server, when an account is signed out. Main thread. */

#pragma once

#include "confab-transport.h"

G_BEGIN_DECLS

/* End the session of the transport's token if the server answers within five seconds. Never
 * fails. */
void confab_session_end_async (ConfabTransport *transport,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* Return whether the server has said that the session is not there any more. */
gboolean confab_session_end_finish (ConfabTransport *transport, GAsyncResult *result);

G_END_DECLS
