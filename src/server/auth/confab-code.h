/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Codes that people type: eight characters of Crockford's base 32 (40 bits), in two groups. They
 * are too short to be stored like session tokens: hash them like passwords (confab-password.h), and
 * limit attempts. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_code_new:
 *
 * Returns: (transfer full): a new random code, as "XXXX-XXXX"
 */
char *confab_code_new (void);

/**
 * confab_code_normalise:
 * @typed: any valid UTF-8
 *
 * Ignores case, white space and hyphens; reads I and L as 1, O as 0.
 *
 * Returns: (transfer full) (nullable): the code in the form of confab_code_new(), which is the form
 * to hash; %NULL if @typed cannot be a code
 */
char *confab_code_normalise (const char *typed);

/**
 * confab_code_hash:
 * @code: as confab_code_normalise() returns it
 *
 * For invitations, which are looked up by the code. A fast hash suffices: an invitation admits a
 * person without an account, attempts are limited like registrations, and testing codes against the
 * hashes requires access to the database.
 *
 * Returns: (transfer full): the BLAKE2b hash of @code
 */
GBytes *confab_code_hash (const char *code);

G_END_DECLS
