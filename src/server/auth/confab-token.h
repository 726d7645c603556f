/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Session tokens, and the hashes by which the server stores them. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONFAB_TOKEN_HASH_BYTES 32

/* Return a new token: 256 random bits, base64url without padding. (transfer full) */
char *confab_token_new (void);

/* Return the BLAKE2b hash of @token, or NULL if it is not in the form of a token. (transfer full)
 * (nullable) */
GBytes *confab_token_hash (const char *token);

/* Return the same hash in hexadecimal, for tokens stored as text. (transfer full) (nullable) */
char *confab_token_key (const char *token);

G_END_DECLS
