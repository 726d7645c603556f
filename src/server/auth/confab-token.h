/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Session tokens: what the client keeps, and what the server keeps of it. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONFAB_TOKEN_HASH_BYTES 32

/* Returns: (transfer full): 256 bits from the system's generator, base64url without padding */
char *confab_token_new (void);

/* Returns: (transfer full) (nullable): its BLAKE2b hash, NULL if @token cannot be one of ours */
GBytes *confab_token_hash (const char *token);

/* Returns: (transfer full) (nullable): the same in hexadecimal, for tokens that are kept as text */
char *confab_token_key (const char *token);

G_END_DECLS
