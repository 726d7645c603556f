/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-code.h"

#include <sodium.h>
#include <string.h>

#include "confab-signs.h"

#define CODE_CHARS 8
#define GROUP_CHARS 4

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

char *
confab_code_new (void)
{
  guint8 bytes[CODE_CHARS];
  GString *code = g_string_new (NULL);

  if (sodium_init () < 0)
    g_error ("libsodium has no source of randomness");

  randombytes_buf (bytes, sizeof bytes);
  for (guint i = 0; i < CODE_CHARS; i++)
    {
      if (i == GROUP_CHARS)
        g_string_append_c (code, '-');
      g_string_append_c (
          code, alphabet[bytes[i] % 32]); /* 256 is a multiple of 32, so there is no bias */
    }
  sodium_memzero (bytes, sizeof bytes);

  return g_string_free_and_steal (code);
}

static gboolean
means_nothing (gunichar c)
{
  return confab_sign_is_padding (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

/* Return the code's character that @c stands for, or 0 if it stands for none. */
static char
read_character (gunichar c)
{
  if (c == 0 || c >= 128)
    return 0;

  c = (gunichar)g_ascii_toupper ((char)c);
  if (c == 'I' || c == 'L')
    return '1';
  if (c == 'O')
    return '0';

  return strchr (alphabet, (int)c) != NULL ? (char)c : 0;
}

char *
confab_code_normalise (const char *typed)
{
  g_autoptr (GString) code = g_string_new (NULL);
  guint n_chars = 0;

  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      char read;

      if (means_nothing (c))
        continue;
      read = read_character (c);
      if (read == 0 || n_chars == CODE_CHARS)
        return NULL;
      if (n_chars++ == GROUP_CHARS)
        g_string_append_c (code, '-');
      g_string_append_c (code, read);
    }

  return n_chars == CODE_CHARS ? g_strdup (code->str) : NULL;
}

GBytes *
confab_code_hash (const char *code)
{
  guint8 hash[crypto_generichash_BYTES];

  crypto_generichash (hash, sizeof hash, (const guint8 *)code, strlen (code), NULL, 0);

  return g_bytes_new (hash, sizeof hash);
}
