/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Passwords: Argon2id by libsodium. Each call takes about 0.15 s and 64 MiB, so never on the loop;
 * see confab-hasher.h. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): a string that holds salt and parameters, or NULL with
 * CONFAB_PROBLEM_UNAVAILABLE if there is no memory for it */
char *confab_password_hash (const char *password, GError **error);

/* @hash may be NULL (nobody by that name): that takes as long and is FALSE. */
gboolean confab_password_verify (const char *hash, const char *password);

/* Whether @hash was made with other parameters than today's. */
gboolean confab_password_needs_rehash (const char *hash);

G_END_DECLS
