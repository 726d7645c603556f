/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-token.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_BYTES 32
#define TOKEN_VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define TOKEN_CHARS 43 /* length of 32 bytes in base64 */

char *
confab_token_new (void)
{
  guint8 bytes[TOKEN_BYTES];
  char *token = g_malloc (TOKEN_CHARS + 1);

  if (sodium_init () < 0)
    g_error ("libsodium has no source of randomness");

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (token, TOKEN_CHARS + 1, bytes, sizeof bytes, TOKEN_VARIANT);
  sodium_memzero (bytes, sizeof bytes);

  return token;
}

GBytes *
confab_token_hash (const char *token)
{
  guint8 bytes[TOKEN_BYTES];
  guint8 hash[CONFAB_TOKEN_HASH_BYTES];
  gsize length = 0;

  if (strlen (token) != TOKEN_CHARS
      || sodium_base642bin (bytes, sizeof bytes, token, TOKEN_CHARS, NULL, &length, NULL,
                            TOKEN_VARIANT)
             != 0
      || length != TOKEN_BYTES)
    return NULL;

  /* A token has the entropy of a key, so its hash needs neither salt nor slowness. */
  crypto_generichash (hash, sizeof hash, bytes, sizeof bytes, NULL, 0);
  sodium_memzero (bytes, sizeof bytes);

  return g_bytes_new (hash, sizeof hash);
}

char *
confab_token_key (const char *token)
{
  g_autoptr (GBytes) hash = confab_token_hash (token);
  char key[2 * CONFAB_TOKEN_HASH_BYTES + 1];

  if (hash == NULL)
    return NULL;

  sodium_bin2hex (key, sizeof key, g_bytes_get_data (hash, NULL), CONFAB_TOKEN_HASH_BYTES);

  return g_strdup (key);
}
