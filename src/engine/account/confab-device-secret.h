/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a server gave this computer when somebody signed in: sent along with the next sign-in, it
 * keeps what strangers try from counting against it (docs/protocol.md, *Sessions and
 * passwords*). One for each server, in the keyring, and in memory while the program runs. It
 * stays when a person signs out. Main thread. */

#pragma once

#include "confab-account-private.h"

G_BEGIN_DECLS

/* Never fails, and asks nobody to unlock anything.
 * Returns: (transfer full) (nullable): NULL if there is none, or it cannot be read */
void confab_device_secret_lookup_async (ConfabAccountStore *store,
                                        const char *server,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
char *confab_device_secret_lookup_finish (GAsyncResult *result);

/* From now on @server knows this computer by @secret; in memory. */
void confab_device_secret_take (ConfabAccountStore *store, const char *server, const char *secret);

/* Writes it to the keyring, which can be written just now. */
void confab_device_secret_save (ConfabAccountStore *store, const char *server);

/* Nothing of @server is on this computer any more. */
void confab_device_secret_forget (ConfabAccountStore *store, const char *server);

G_END_DECLS
