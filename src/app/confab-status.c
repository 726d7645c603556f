/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-status.h"

#include <glib/gi18n.h>

#include "confab-error-text.h"

ConfabStatus
confab_status_choose (ConfabConnectionState connection, ConfabKeyringState keyring,
                      ConfabStorageState storage, gboolean offline)
{
  if (storage == CONFAB_STORAGE_FAILED)
    return CONFAB_STATUS_STORAGE_FAILED;
  if (storage == CONFAB_STORAGE_FULL)
    return CONFAB_STATUS_DISK_FULL;
  if (connection == CONFAB_CONNECTION_SIGNED_OUT)
    return CONFAB_STATUS_SIGNED_OUT;
  /* Without a keyring there may still be a token in memory: then the connection is not stopped. */
  if (connection == CONFAB_CONNECTION_STOPPED
      && (keyring == CONFAB_KEYRING_LOST || keyring == CONFAB_KEYRING_ABSENT))
    return CONFAB_STATUS_NO_TOKEN;
  if (connection == CONFAB_CONNECTION_REFUSED)
    return CONFAB_STATUS_REFUSED;
  if (keyring == CONFAB_KEYRING_LOCKED)
    return CONFAB_STATUS_KEYRING_LOCKED;
  if (storage == CONFAB_STORAGE_REBUILDING)
    return CONFAB_STATUS_REBUILDING;
  if (offline)
    return CONFAB_STATUS_OFFLINE;
  if (keyring == CONFAB_KEYRING_ABSENT)
    return CONFAB_STATUS_SESSION_ONLY;

  return CONFAB_STATUS_GOOD;
}

const char *
confab_status_get_title (ConfabStatus status, const GError *connection_error)
{
  switch (status)
    {
    case CONFAB_STATUS_STORAGE_FAILED:
      return _("Confab’s files on this computer cannot be written. New messages are not kept.");
    case CONFAB_STATUS_DISK_FULL:
      return _("The disk is full. New messages are kept once there is room.");
    case CONFAB_STATUS_SIGNED_OUT:
      if (g_error_matches (connection_error, CONFAB_PROBLEM, CONFAB_PROBLEM_ACCOUNT_SUSPENDED))
        return _("An administrator has suspended your account. What you have is still readable.");
      if (g_error_matches (connection_error, CONFAB_PROBLEM, CONFAB_PROBLEM_ACCOUNT_DELETED))
        return _("Your account has been deleted. What you have is still readable.");
      return _("You have been signed out. Your messages are still here.");
    case CONFAB_STATUS_NO_TOKEN:
      return _("Sign in again to send and receive. Your messages are still here.");
    case CONFAB_STATUS_REFUSED:
      if (connection_error != NULL)
        return confab_error_text (connection_error);
      return _("The server refused the connection.");
    case CONFAB_STATUS_KEYRING_LOCKED:
      return _("The keyring is locked. Unlock it to send and receive.");
    case CONFAB_STATUS_REBUILDING:
      return _("Fetching your conversations again…");
    case CONFAB_STATUS_OFFLINE:
      return _("Offline. Showing what is on this computer.");
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
      return CONFAB_STATUS_ACTION_SIGN_IN;
    case CONFAB_STATUS_KEYRING_LOCKED:
      return CONFAB_STATUS_ACTION_UNLOCK;
    case CONFAB_STATUS_REFUSED:
    case CONFAB_STATUS_OFFLINE:
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
      return _("_Unlock");
    case CONFAB_STATUS_ACTION_RECONNECT:
      return _("_Try Again");
    case CONFAB_STATUS_ACTION_DISMISS:
      return _("_Got It");
    case CONFAB_STATUS_ACTION_NONE:
      break;
    }

  return NULL;
}
