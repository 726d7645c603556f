/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Chooses which of several simultaneous problems the window's banner shows. */

#pragma once

#include <glib.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* In order of priority: the first that applies is shown. */
typedef enum
{
  CONFAB_STATUS_STORAGE_FAILED,
  CONFAB_STATUS_DISK_FULL,
  CONFAB_STATUS_SIGNED_OUT, /* the server ended the session */
  CONFAB_STATUS_NO_TOKEN,   /* the keyring has no token for this account */
  CONFAB_STATUS_REFUSED,    /* bad certificate, newer server */
  CONFAB_STATUS_KEYRING_LOCKED,
  CONFAB_STATUS_KEYRING_UNUSABLE, /* the keyring does not answer or stays locked */
  CONFAB_STATUS_REBUILDING,
  CONFAB_STATUS_OFFLINE,
  CONFAB_STATUS_NOT_SENDING,  /* the server can be reached but does not accept messages */
  CONFAB_STATUS_DELAYED,      /* no stream: messages are pulled from time to time */
  CONFAB_STATUS_SESSION_ONLY, /* no keyring: signed in until Confab quits */
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
 * @lasting: whether the connection state has lasted long enough to be shown
 * @not_sending: whether the client has a sending-error
 * @unlock_failed: whether the user was asked to unlock the keyring and it stayed locked
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

/**
 * confab_status_choose:
 *
 * Returns: the most important problem among @facts
 */
ConfabStatus confab_status_choose (const ConfabStatusFacts *facts);
/* Return the banner's text. Translated, static. @error (nullable): for NOT_SENDING the client's
 * sending-error, else its connection-error. */
const char *confab_status_get_title (ConfabStatus status, const GError *error);
ConfabStatusAction confab_status_get_action (ConfabStatus status);
/* Return the button's label. Translated, static; NULL for ACTION_NONE. */
const char *confab_status_action_label (ConfabStatusAction action);

G_END_DECLS
