/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-status.h"

#include <glib/gi18n.h>

#include "confab-engine-error.h"
#include "confab-error-text.h"

static gboolean
keyring_is_unusable (const ConfabStatusFacts *facts)
{
  return facts->keyring == CONFAB_KEYRING_SILENT
         || (facts->keyring == CONFAB_KEYRING_LOCKED && facts->unlock_failed);
}

/* Return the reason, apart from the network, why messages cannot be sent or received. */
static ConfabStatus
choose_obstacle (const ConfabStatusFacts *facts)
{
  gboolean stopped = facts->connection == CONFAB_CONNECTION_STOPPED;

  if (facts->storage == CONFAB_STORAGE_FAILED)
    return CONFAB_STATUS_STORAGE_FAILED;
  if (facts->storage == CONFAB_STORAGE_FULL)
    return CONFAB_STATUS_DISK_FULL;
  if (facts->connection == CONFAB_CONNECTION_SIGNED_OUT)
    return CONFAB_STATUS_SIGNED_OUT;
  /* Without a keyring the token may be in memory, and then the connection is not stopped. */
  if (stopped && (facts->keyring == CONFAB_KEYRING_LOST || facts->keyring == CONFAB_KEYRING_ABSENT))
    return CONFAB_STATUS_NO_TOKEN;
  if (facts->connection == CONFAB_CONNECTION_REFUSED)
    return CONFAB_STATUS_REFUSED;
  if (stopped && keyring_is_unusable (facts))
    return CONFAB_STATUS_KEYRING_UNUSABLE;
  if (facts->keyring == CONFAB_KEYRING_LOCKED && !facts->unlock_failed)
    return CONFAB_STATUS_KEYRING_LOCKED;

  return CONFAB_STATUS_GOOD;
}

ConfabStatus
confab_status_choose (const ConfabStatusFacts *facts)
{
  ConfabStatus obstacle = choose_obstacle (facts);

  if (obstacle != CONFAB_STATUS_GOOD)
    return obstacle;
  if (facts->storage == CONFAB_STORAGE_REBUILDING)
    return CONFAB_STATUS_REBUILDING;
  if (facts->lasting
      && (facts->connection == CONFAB_CONNECTION_OFFLINE
          || facts->connection == CONFAB_CONNECTION_CONNECTING))
    return CONFAB_STATUS_OFFLINE;
  if (facts->not_sending)
    return CONFAB_STATUS_NOT_SENDING;
  if (facts->lasting && facts->connection == CONFAB_CONNECTION_POLLING)
    return CONFAB_STATUS_DELAYED;
  if (facts->keyring == CONFAB_KEYRING_ABSENT || keyring_is_unusable (facts))
    return CONFAB_STATUS_SESSION_ONLY;

  return CONFAB_STATUS_GOOD;
}

static gboolean
server_is_busy (const GError *error)
{
  return g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_THROTTLED)
         || g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_UNAVAILABLE);
}

static const char *
get_offline_title (const GError *error)
{
  if (server_is_busy (error))
    return _("The server is busy. Confab will try again.");
  if (g_error_matches (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB))
    return _("Something else answers in place of your server. Confab will try again.");
  if (error != NULL && error->domain == CONFAB_PROBLEM)
    return _("Something is wrong with the server. Confab will try again.");

  return _("Offline. Showing messages stored on this computer.");
}

static const char *
get_not_sending_title (const GError *error)
{
  if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_THROTTLED))
    return _("The server limits how much you can send. Waiting messages will be sent later.");
  if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_STORAGE_FULL))
    return _("The server has no more room for your messages. Ask its administrator. Unsent "
              "messages stay here.");

  if (g_error_matches (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_REWRITTEN))
    return confab_error_text (error);

  return _ (
      "The server does not accept messages at the moment. Waiting messages will be sent later.");
}

const char *
confab_status_get_title (ConfabStatus status, const GError *error)
{
  switch (status)
    {
    case CONFAB_STATUS_STORAGE_FAILED:
      return _("Confab’s files on this computer cannot be written. New messages are not kept.");
    case CONFAB_STATUS_DISK_FULL:
      return _("The disk is full. New messages are kept once there is room.");
    case CONFAB_STATUS_SIGNED_OUT:
      if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_ACCOUNT_SUSPENDED))
        return _("An administrator has suspended your account. You can still read your messages "
                  "on this computer.");
      if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_ACCOUNT_DELETED))
        return _ (
            "Your account has been deleted. You can still read your messages on this computer.");
      return _("You have been signed out. Your messages are still here.");
    case CONFAB_STATUS_NO_TOKEN:
      return _("Sign in again to send and receive. Your messages are still here.");
    case CONFAB_STATUS_REFUSED:
      if (error != NULL)
        return confab_error_text (error);
      return _("The server refused the connection.");
    case CONFAB_STATUS_KEYRING_LOCKED:
      return _("The keyring is locked. Unlock it to send and receive.");
    case CONFAB_STATUS_REBUILDING:
      return _("Fetching your conversations again…");
    case CONFAB_STATUS_OFFLINE:
      return get_offline_title (error);
    case CONFAB_STATUS_NOT_SENDING:
      return get_not_sending_title (error);
    case CONFAB_STATUS_DELAYED:
      return server_is_busy (error) ? _("The server is busy. New messages arrive with a delay.")
                                    : _("There is no live connection to the server. New messages "
                                         "arrive with a delay.");
    case CONFAB_STATUS_KEYRING_UNUSABLE:
      return _("The keyring cannot be used. Sign in with your password to send and receive.");
    case CONFAB_STATUS_SESSION_ONLY:
      return _("There is no keyring, so you will be asked for your password at the next start.");
    case CONFAB_STATUS_GOOD:
      break;
    }

  return "";
}

ConfabStatusAction
confab_status_get_action (ConfabStatus status)
{
  switch (status)
    {
    case CONFAB_STATUS_SIGNED_OUT:
    case CONFAB_STATUS_NO_TOKEN:
    case CONFAB_STATUS_KEYRING_UNUSABLE:
      return CONFAB_STATUS_ACTION_SIGN_IN;
    case CONFAB_STATUS_KEYRING_LOCKED:
      return CONFAB_STATUS_ACTION_UNLOCK;
    case CONFAB_STATUS_REFUSED:
    case CONFAB_STATUS_OFFLINE:
    case CONFAB_STATUS_NOT_SENDING:
    case CONFAB_STATUS_DELAYED:
      return CONFAB_STATUS_ACTION_RECONNECT;
    case CONFAB_STATUS_SESSION_ONLY:
      return CONFAB_STATUS_ACTION_DISMISS;
    case CONFAB_STATUS_STORAGE_FAILED:
    case CONFAB_STATUS_DISK_FULL:
    case CONFAB_STATUS_REBUILDING:
    case CONFAB_STATUS_GOOD:
      break;
    }

  return CONFAB_STATUS_ACTION_NONE;
}

const char *
confab_status_action_label (ConfabStatusAction action)
{
  switch (action)
    {
    case CONFAB_STATUS_ACTION_SIGN_IN:
      return _("Sign _In Again");
    case CONFAB_STATUS_ACTION_UNLOCK:
      /* Translators: a button: unlocks the keyring */
      return _("_Unlock");
    case CONFAB_STATUS_ACTION_RECONNECT:
      return _("_Try Again");
    case CONFAB_STATUS_ACTION_DISMISS:
      /* Translators: a button: dismisses a note */
      return _("_Got It");
    case CONFAB_STATUS_ACTION_NONE:
      break;
    }

  return NULL;
}
