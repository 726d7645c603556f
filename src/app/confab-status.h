/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which one of the things that may be wrong at the same moment the window's banner tells. */

#pragma once

#include <glib.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* In order of weight: the first that applies is shown. */
typedef enum
{
  CONFAB_STATUS_STORAGE_FAILED,
  CONFAB_STATUS_DISK_FULL,
  CONFAB_STATUS_SIGNED_OUT,     /* the server ended the session */
  CONFAB_STATUS_NO_TOKEN,       /* the keyring has none for this account */
  CONFAB_STATUS_REFUSED,        /* bad certificate, newer server */
  CONFAB_STATUS_KEYRING_LOCKED,
  CONFAB_STATUS_REBUILDING,
  CONFAB_STATUS_OFFLINE,
  CONFAB_STATUS_SESSION_ONLY,   /* no keyring: signed in until Confab ends */
  CONFAB_STATUS_GOOD,
} ConfabStatus;

typedef enum
{
  CONFAB_STATUS_ACTION_NONE,
  CONFAB_STATUS_ACTION_SIGN_IN,
  CONFAB_STATUS_ACTION_UNLOCK,
  CONFAB_STATUS_ACTION_RECONNECT,
  CONFAB_STATUS_ACTION_DISMISS,
} ConfabStatusAction;

/* @offline: no server has been reached for a while */
ConfabStatus       confab_status_choose       (ConfabConnectionState connection, ConfabKeyringState keyring, ConfabStorageState storage, gboolean offline);
/* Translated, static. @connection_error (nullable) says why REFUSED or SIGNED_OUT. */
const char        *confab_status_get_title    (ConfabStatus status, const GError *connection_error);
ConfabStatusAction confab_status_get_action   (ConfabStatus status);
/* Translated, static, NULL for ACTION_NONE. */
const char        *confab_status_action_label (ConfabStatusAction action);

G_END_DECLS
