/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Codes that people type: eight characters of Crockford's base 32 (40 bits), in two groups. Too
 * short to be kept as session tokens are: hash them as passwords (confab-password.h), and count
 * wrong attempts. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full): a new one from the system's generator, as "XXXX-XXXX" */
char *confab_code_new (void);

/**
 * confab_code_normalise:
 * @typed: any valid UTF-8
 *
 * Case, white space and hyphens mean nothing; I and L are read as 1, O as 0.
 *
 * Returns: (transfer full) (nullable): the code as confab_code_new() writes it, which is what is
 * hashed; NULL if
 * @typed cannot be one
 */
char *confab_code_normalise (const char *typed);

/**
 * confab_code_hash:
 * @code: as confab_code_normalise() gives it
 *
 * For invitations, which must be found by what was typed: they let somebody in whom the server
 * does not know yet, and wrong ones are throttled as registrations are. Whoever could try codes
 * against the hashes has the database already.
 *
 * Returns: (transfer full): its BLAKE2b hash
 */
GBytes *confab_code_hash (const char *code);

G_END_DECLS
