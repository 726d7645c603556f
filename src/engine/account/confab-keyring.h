/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Stores the session's token in the desktop's keyring (libsecret: the Secret Service, or the
 * portal's file in a sandbox), and the state of resets. The password is never stored. Main thread.
 *
 * Every call has a time limit: a locked keyring without a prompt must not block the window. */

#pragma once

#include "confab-account.h"
#include "confab-client-state.h"

G_BEGIN_DECLS

/* Completes with the token, or with NULL and the state that explains why. Never fails; if
 * cancelled, the state is CONFAB_KEYRING_UNKNOWN. @unlock: ask the user to unlock the keyring, and
 * wait */
void confab_keyring_lookup_async (ConfabAccount *account,
                                  gboolean unlock,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
char *confab_keyring_lookup_finish (GAsyncResult *result, ConfabKeyringState *state);

/* May ask the user to unlock the keyring. Completes with AVAILABLE, LOCKED (the user did not unlock
 * it) or ABSENT. */
void confab_keyring_store_async (ConfabAccount *account,
                                 const char *token,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
ConfabKeyringState confab_keyring_store_finish (GAsyncResult *result);

/* A failure is ignored: the session has ended on the server, or will. */
void confab_keyring_clear_async (ConfabAccount *account,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void confab_keyring_clear_finish (GAsyncResult *result);

/* ---- resets ---- */

/* One entry per server; calls run one after the other. Other programs can read an entry's
 * attributes: they contain the expiry, but no email or token. @expires_at: ms of this computer's
 * clock */
typedef struct
{
  char *server;
  gint64 expires_at;
  char *secret;
} ConfabKeyringReset;

void confab_keyring_reset_free (ConfabKeyringReset *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabKeyringReset, confab_keyring_reset_free)

/* Replace the server's entry. May ask the user to unlock the keyring. */
void confab_keyring_store_reset_async (const char *server,
                                       gint64 expires_at,
                                       const char *secret,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
ConfabKeyringState confab_keyring_store_reset_finish (GAsyncResult *result);

/* Finish with confab_keyring_clear_finish(). */
void confab_keyring_clear_reset_async (const char *server,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/* Delete the entries that have expired at @now, and list the others that can be read without
 * unlocking. Never fails. Returns: (transfer full) (element-type ConfabKeyringReset) */
void confab_keyring_list_resets_async (gint64 now,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *confab_keyring_list_resets_finish (GAsyncResult *result);

G_END_DECLS
