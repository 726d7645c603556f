/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-password.h"

#include <sodium.h>
#include <string.h>

#include "confab-problem.h"

/* OWASP ASVS 5.0, appendix C asks for at least 19 MiB and two passes. */
#define MEMORY_BYTES (64 * 1024 * 1024)
#define PASSES 2

char *
confab_password_hash (const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];

  if (sodium_init () < 0
      || crypto_pwhash_str_alg (hash, password, strlen (password), PASSES, MEMORY_BYTES,
                                crypto_pwhash_ALG_ARGON2ID13)
             != 0)
    {
      confab_problem_set (error, CONFAB_PROBLEM_UNAVAILABLE);
      return NULL;
    }

  return g_strdup (hash);
}

gboolean
confab_password_verify (const char *hash, const char *password)
{
  if (sodium_init () < 0)
    return FALSE;

  if (hash == NULL)
    {
      guint8 key[crypto_pwhash_STRBYTES / 4];
      const guint8 salt[crypto_pwhash_SALTBYTES] = { 0 };

      /* Do the same work for an unknown name, so that the time of the answer does not reveal it. */
      if (crypto_pwhash (key, sizeof key, password, strlen (password), salt, PASSES, MEMORY_BYTES,
                         crypto_pwhash_ALG_ARGON2ID13)
          == 0)
        sodium_memzero (key, sizeof key);
      return FALSE;
    }

  return crypto_pwhash_str_verify (hash, password, strlen (password)) == 0;
}

gboolean
confab_password_needs_rehash (const char *hash)
{
  return crypto_pwhash_str_needs_rehash (hash, PASSES, MEMORY_BYTES) != 0;
}
