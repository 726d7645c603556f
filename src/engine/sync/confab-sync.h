/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Keeps the mirror equal to the server: asks what the server is, pulls pages until there are no
 * more, then listens to the stream. When anything fails it tries again, as confab-retry.h says.
 * While no stream can be had, it pulls every 30 seconds. Main thread. */

#pragma once

#include "confab-client.h"
#include "confab-mirror.h"
#include "confab-transport.h"

G_BEGIN_DECLS

/* Properties, read-only, notified: connection-state, storage-state. */
#define CONFAB_TYPE_SYNC (confab_sync_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSync, confab_sync, CONFAB, SYNC, GObject)

ConfabSync *confab_sync_new (ConfabEnvironment *environment,
                             ConfabTransport *transport,
                             ConfabMirror *mirror);

/* Begins, with the transport's token; also after SIGNED_OUT, with a new one. */
void confab_sync_start (ConfabSync *self);
/* Nothing more happens; what is being applied is applied. @state: STOPPED or SIGNED_OUT */
void confab_sync_stop (ConfabSync *self, ConfabConnectionState state);
/* Begins anew now, whatever is under way; a stream that is open stays. */
void confab_sync_hurry (ConfabSync *self);
/* Pulls now: the answer tells whether the session still stands. */
void confab_sync_check_session (ConfabSync *self);
/* Gives up an open stream, too: it may be dead, or the session may have ended. */
void confab_sync_reconnect (ConfabSync *self);
/* Another network: tries now, and makes sure of an open stream by opening another, without a
 * word unless that fails. */
void confab_sync_verify (ConfabSync *self);

ConfabConnectionState confab_sync_get_connection_state (ConfabSync *self);
/* (nullable): what made it OFFLINE, POLLING, REFUSED or SIGNED_OUT; kept while it tries again */
const GError *confab_sync_get_error (ConfabSync *self);
ConfabStorageState confab_sync_get_storage_state (ConfabSync *self);
/* What became of a write to the mirror that somebody else made: NULL is success. */
void confab_sync_note_storage (ConfabSync *self, const GError *error);

G_END_DECLS
