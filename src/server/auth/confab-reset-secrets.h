/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The secrets of a password reset: a link and a code for the user, and what the server stores of
 * them. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabResetSecrets:
 * @link: "confab://reset?server=ORIGIN&token=TOKEN"
 * @code: see confab_code_new()
 * @token_key: the hash of the token, for storage
 * @code_hash: the hash of the code, for storage
 */
typedef struct
{
  char *link;
  char *code;
  char *token_key;
  char *code_hash;
} ConfabResetSecrets;

/**
 * confab_reset_secrets_new:
 * @origin: the address at which clients reach the server
 *
 * Makes new secrets. Hashes the code, which takes as long as hashing a password, so do not call
 * this on the loop thread.
 *
 * Returns: (transfer full) (nullable): the secrets, or %NULL with %CONFAB_PROBLEM_UNAVAILABLE
 */
ConfabResetSecrets *confab_reset_secrets_new (const char *origin, GError **error);
void confab_reset_secrets_free (ConfabResetSecrets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabResetSecrets, confab_reset_secrets_free)

G_END_DECLS
