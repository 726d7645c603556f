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
  CONFAB_STATUS_SIGNED_OUT, /* the server ended the session */
  CONFAB_STATUS_NO_TOKEN,   /* the keyring has none for this account */
  CONFAB_STATUS_REFUSED,    /* bad certificate, newer server */
  CONFAB_STATUS_KEYRING_LOCKED,
  CONFAB_STATUS_KEYRING_UNUSABLE, /* it does not answer, or stays locked */
  CONFAB_STATUS_REBUILDING,
  CONFAB_STATUS_OFFLINE,
  CONFAB_STATUS_NOT_SENDING,  /* the server can be reached but takes no messages now */
  CONFAB_STATUS_DELAYED,      /* there is no stream: messages are pulled now and then */
  CONFAB_STATUS_SESSION_ONLY, /* no keyring: signed in until Confab ends */
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

/**
 * ConfabStatusFacts:
 * @lasting: the connection has been as it is for a while: most losses are over sooner than they
 * could
 *   be read about
 * @not_sending: the client has a sending-error
 * @unlock_failed: the person was asked to unlock the keyring, and it stayed locked
 */
typedef struct
{
  ConfabConnectionState connection;
  ConfabKeyringState keyring;
  ConfabStorageState storage;
  gboolean lasting;
  gboolean not_sending;
  gboolean unlock_failed;
} ConfabStatusFacts;

ConfabStatus confab_status_choose (const ConfabStatusFacts *facts);
/* Translated, static. @error (nullable): the client's sending-error for NOT_SENDING, else its
 * connection-error. */
const char *confab_status_get_title (ConfabStatus status, const GError *error);
ConfabStatusAction confab_status_get_action (ConfabStatus status);
/* Translated, static, NULL for ACTION_NONE. */
const char *confab_status_action_label (ConfabStatusAction action);

G_END_DECLS
