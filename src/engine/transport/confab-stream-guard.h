/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Watches one connection from a thread of its own and cuts it when reading it keeps the main loop
 * busy.
 *
 * libsoup reads a websocket until nothing is left to read, and answers pings by itself: a server
 * that sends them faster than they are answered would freeze the window for as long as it likes. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ConfabStreamGuard ConfabStreamGuard;

/* Begins to watch @socket, which the calling thread's default main context reads. */
ConfabStreamGuard *confab_stream_guard_new (GSocket *socket);
/* Ends the watch; waits for its thread, which never waits for the network or the main loop then. */
void confab_stream_guard_free (ConfabStreamGuard *self);

G_END_DECLS
