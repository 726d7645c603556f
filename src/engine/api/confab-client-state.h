/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The states of an open account: of its connection, its keyring and its storage. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  CONFAB_CONNECTION_STOPPED,    /* not started, or no token */
  CONFAB_CONNECTION_CONNECTING, /* the first attempt, or an attempt after a loss */
  CONFAB_CONNECTION_SYNCING,    /* connected, catching up */
  CONFAB_CONNECTION_ONLINE,
  CONFAB_CONNECTION_POLLING,    /* connected without a stream: changes arrive late; see
                                   connection-error */
  CONFAB_CONNECTION_OFFLINE,    /* the last attempt failed; another will follow */
  CONFAB_CONNECTION_SIGNED_OUT, /* the server ended the session: sign in again */
  CONFAB_CONNECTION_REFUSED,    /* a newer server or a bad certificate; see connection-error */
} ConfabConnectionState;

typedef enum
{
  CONFAB_KEYRING_UNKNOWN, /* not checked yet */
  CONFAB_KEYRING_AVAILABLE,
  CONFAB_KEYRING_LOCKED, /* confab_client_unlock_async() asks the user */
  CONFAB_KEYRING_ABSENT, /* no service: signed in until Confab quits */
  CONFAB_KEYRING_SILENT, /* the service does not answer: sign in again, or wait */
  CONFAB_KEYRING_LOST,   /* the service has no token: sign in again */
} ConfabKeyringState;

typedef enum
{
  CONFAB_STORAGE_GOOD,
  CONFAB_STORAGE_FULL,       /* the disk is full: reading works, changes are not stored */
  CONFAB_STORAGE_REBUILDING, /* the mirror was damaged and is loaded again */
  CONFAB_STORAGE_FAILED,
} ConfabStorageState;

#define CONFAB_TYPE_CONNECTION_STATE (confab_connection_state_get_type ())
#define CONFAB_TYPE_KEYRING_STATE (confab_keyring_state_get_type ())
#define CONFAB_TYPE_STORAGE_STATE (confab_storage_state_get_type ())
GType confab_connection_state_get_type (void);
GType confab_keyring_state_get_type (void);
GType confab_storage_state_get_type (void);

G_END_DECLS
