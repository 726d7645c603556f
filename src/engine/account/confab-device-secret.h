/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The secret that a server gave this computer at a sign-in. Sent with the next sign-in, it exempts
 * that from limits caused by strangers (docs/protocol.md, *Sessions and passwords*). One per
 * server, in the keyring, and in memory while the program runs. It is kept when the user signs out.
 * Main thread. */

#pragma once

#include "confab-account-private.h"

G_BEGIN_DECLS

/* Never fails, and never asks to unlock the keyring. Returns: (transfer full) (nullable): NULL if
 * there is none, or it cannot be read */
void confab_device_secret_lookup_async (ConfabAccountStore *store,
                                        const char *server,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
char *confab_device_secret_lookup_finish (GAsyncResult *result);

/* Keep the new @secret of @server in memory. */
void confab_device_secret_take (ConfabAccountStore *store, const char *server, const char *secret);

/* Write the secret to the keyring, which is unlocked now. */
void confab_device_secret_save (ConfabAccountStore *store, const char *server);

/* Delete the secret, because no account on @server is left on this computer. */
void confab_device_secret_forget (ConfabAccountStore *store, const char *server);

G_END_DECLS
