/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Keeps the mirror equal to the server: reads the server's information, pulls all pages, then
 * listens to the stream. After a failure it tries again as confab-retry.h says. Without a stream it
 * pulls every 30 seconds. Main thread. */

#pragma once

#include "confab-client-state.h"
#include "confab-mirror.h"
#include "confab-transport.h"

G_BEGIN_DECLS

/* Properties, read-only, notified: connection-state, storage-state. */
#define CONFAB_TYPE_SYNC (confab_sync_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSync, confab_sync, CONFAB, SYNC, GObject)

ConfabSync *confab_sync_new (ConfabEnvironment *environment,
                             ConfabTransport *transport,
                             ConfabMirror *mirror);

/* Start with the transport's token; also after SIGNED_OUT, with a new one. */
void confab_sync_start (ConfabSync *self);
/* Stop; rows being applied are still applied. @state: STOPPED or SIGNED_OUT */
void confab_sync_stop (ConfabSync *self, ConfabConnectionState state);
/* Start a new attempt now, unless ONLINE. */
void confab_sync_hurry (ConfabSync *self);
/* Pull now, which shows whether the session is still valid. */
void confab_sync_check_session (ConfabSync *self);
/* Start a new attempt without the open stream, which may be dead or have lost its session. */
void confab_sync_reconnect (ConfabSync *self);
/* After a change of the network: give up an attempt under way, which may wait for the network
 * before, and try now. Check an open stream by opening another, without changing the state unless
 * that fails. */
void confab_sync_verify (ConfabSync *self);

ConfabConnectionState confab_sync_get_connection_state (ConfabSync *self);
/* The error that caused OFFLINE, POLLING, REFUSED or SIGNED_OUT; kept during new attempts.
 * (nullable) */
const GError *confab_sync_get_error (ConfabSync *self);
ConfabStorageState confab_sync_get_storage_state (ConfabSync *self);
/* Report the result of a write to the mirror made by others: NULL is success. */
void confab_sync_note_storage (ConfabSync *self, const GError *error);

G_END_DECLS
