/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The session's token in the desktop's keyring (libsecret: the Secret Service, or the portal's
 * file in a sandbox), and what resets have come to. The password is never kept. Main thread.
 *
 * Every call ends in time, whatever the service does: a locked keyring without anybody to ask
 * must not hold up the window. */

#pragma once

#include "confab-client.h"

G_BEGIN_DECLS

/* Ends with the token, or NULL and the state that says why. Never fails; cancelled is
 * CONFAB_KEYRING_UNKNOWN.
 * @unlock: ask the person to unlock the keyring, and wait for them */
void confab_keyring_lookup_async (ConfabAccount *account,
                                  gboolean unlock,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
char *confab_keyring_lookup_finish (GAsyncResult *result, ConfabKeyringState *state);

/* May ask the person to unlock the keyring. Ends with AVAILABLE, LOCKED (nobody unlocked it) or
 * ABSENT. */
void confab_keyring_store_async (ConfabAccount *account,
                                 const char *token,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
ConfabKeyringState confab_keyring_store_finish (GAsyncResult *result);

/* Nothing to be done if it fails: the session has ended at the server, or will. */
void confab_keyring_clear_async (ConfabAccount *account,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void confab_keyring_clear_finish (GAsyncResult *result);

/* ---- resets ---- */

/* One entry for each server; calls are carried out one after the other. Any program can read its
 * attributes: when it expires is among them, an email or token is not.
 * @expires_at: ms of this computer's clock */
typedef struct
{
  char *server;
  gint64 expires_at;
  char *secret;
} ConfabKeyringReset;

void confab_keyring_reset_free (ConfabKeyringReset *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabKeyringReset, confab_keyring_reset_free)

/* Replaces the server's entry. May ask the person to unlock the keyring. */
void confab_keyring_store_reset_async (const char *server,
                                       gint64 expires_at,
                                       const char *secret,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
ConfabKeyringState confab_keyring_store_reset_finish (GAsyncResult *result);

/* Ends with confab_keyring_clear_finish(). */
void confab_keyring_clear_reset_async (const char *server,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/* Removes those that have expired at @now, and lists the others that can be read without asking
 * anybody; never fails.
 * Returns: (transfer full) (element-type ConfabKeyringReset) */
void confab_keyring_list_resets_async (gint64 now,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *confab_keyring_list_resets_finish (GAsyncResult *result);

G_END_DECLS
