/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What allows one new password: a link and a code, which go to the person, and what the server
 * keeps of them. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabResetSecrets:
 * @link: "confab://reset?server=ORIGIN&token=TOKEN"
 * @code: see confab_code_new()
 * @token_key: what is kept of the token
 * @code_hash: and of the code
 */
typedef struct
{
  char *link;
  char *code;
  char *token_key;
  char *code_hash;
} ConfabResetSecrets;

/* @origin: where people reach the server. Hashes a code, which takes as long as a password: not
 * on the loop. Any other thread. (transfer full), or NULL with CONFAB_PROBLEM_UNAVAILABLE */
ConfabResetSecrets *confab_reset_secrets_new (const char *origin, GError **error);
void confab_reset_secrets_free (ConfabResetSecrets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabResetSecrets, confab_reset_secrets_free)

G_END_DECLS
