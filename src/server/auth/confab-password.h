/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Password hashing: Argon2id by libsodium. Each call takes about 0.15 s and 64 MiB, so never call
 * it on the loop thread; see confab-hasher.h. Any other thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_password_hash:
 *
 * Returns: (transfer full) (nullable): the hash with its salt and parameters, or %NULL with
 * %CONFAB_PROBLEM_UNAVAILABLE if memory ran out
 */
char *confab_password_hash (const char *password, GError **error);

/**
 * confab_password_verify:
 * @hash: (nullable): the stored hash; %NULL if there is no such user, which takes as long and
 *   returns %FALSE
 *
 * Returns: whether @password matches @hash
 */
gboolean confab_password_verify (const char *hash, const char *password);

/* Return whether @hash was made with outdated parameters. */
gboolean confab_password_needs_rehash (const char *hash);

G_END_DECLS
