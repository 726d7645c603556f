/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "confab-code.h"
#include "confab-hasher.h"
#include "confab-password.h"
#include "confab-token.h"

static void
test_tokens (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 1000; i++)
    {
      char *token = confab_token_new ();
      g_autoptr (GBytes) hash = confab_token_hash (token);
      g_autoptr (GBytes) again = confab_token_hash (token);

      g_assert_cmpuint (strlen (token), ==, 43);
      g_assert_cmpuint (strspn (token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                       "0123456789-_"),
                        ==, 43);
      g_assert_nonnull (hash);
      g_assert_cmpuint (g_bytes_get_size (hash), ==, CONFAB_TOKEN_HASH_BYTES);
      g_assert_true (g_bytes_equal (hash, again));
      g_assert_true (g_hash_table_add (seen, token));
    }
}

static void
test_no_tokens (void)
{
  const char *const texts[] = {
    "",
    "x",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",   /* 42 */
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", /* 44 */
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",  /* padded */
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+A",  /* another alphabet */
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",  /* bits beyond the last byte */
    "AAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAA",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) hash = confab_token_hash (texts[i]);

      g_assert_null (hash);
    }
}

static void
test_codes (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint counts[128] = { 0 };

  for (guint i = 0; i < 4000; i++)
    {
      char *code = confab_code_new ();
      g_autofree char *normal = confab_code_normalise (code);

      g_assert_cmpuint (strlen (code), ==, 9);
      g_assert_cmpint (code[4], ==, '-');
      g_assert_cmpstr (code, ==, normal);
      for (guint j = 0; j < 9; j++)
        counts[(guchar)code[j]]++;
      g_assert_true (g_hash_table_add (seen, code));
    }
  /* 32,000 characters of 32 kinds. */
  for (const char *p = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; *p != '\0'; p++)
    {
      g_assert_cmpuint (counts[(guchar)*p], >, 800);
      g_assert_cmpuint (counts[(guchar)*p], <, 1200);
    }
  g_assert_cmpuint (counts['I'] + counts['L'] + counts['O'] + counts['U'], ==, 0);
}

static void
test_typed_codes (void)
{
  static const char *const same[] = { "ABCD-1100", "abcd1100", " ab cd – iloo ", "a-b-c-d-L-i-0-o",
                                      "ABCD\u00a01100\n" };
  static const char *const none[] = { "",          "ABCD-110",  "ABCD-11000", "ABCU-1100",
                                      "ABCD_1100", "ABCD-110Ⅰ", "ABCD-110é",  "-" };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *code = confab_code_normalise (same[i]);

      g_assert_cmpstr (code, ==, "ABCD-1100");
    }
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autofree char *code = confab_code_normalise (none[i]);

      g_assert_null (code);
    }
}

static void
test_passwords (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = confab_password_hash ("correct horse battery", &error);
  g_autofree char *other = confab_password_hash ("correct horse battery", &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=65536,t=2,p=1$"));
  g_assert_cmpstr (hash, !=, other);
  g_assert_true (confab_password_verify (hash, "correct horse battery"));
  g_assert_true (confab_password_verify (other, "correct horse battery"));
  g_assert_false (confab_password_verify (hash, "correct horse batterz"));
  g_assert_false (confab_password_verify (hash, ""));
  g_assert_false (confab_password_verify ("nonsense", "correct horse battery"));
  g_assert_false (confab_password_needs_rehash (hash));
  g_assert_true (
      confab_password_needs_rehash ("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
                                    "c2FsdHNhbHRzYWx0c2FsdHNhbHRzYWx0c2FsdHNhbHQ"));
}

/* An unknown name must take as long as a known one. */
static void
test_nobody_takes_as_long (void)
{
  g_autofree char *hash = confab_password_hash ("correct horse battery", NULL);
  gint64 known = G_MAXINT64, unknown = G_MAXINT64;

  for (guint i = 0; i < 5; i++)
    {
      gint64 began = g_get_monotonic_time ();

      g_assert_false (confab_password_verify (hash, "wrong wrong wrong"));
      known = MIN (known, g_get_monotonic_time () - began);
      began = g_get_monotonic_time ();
      g_assert_false (confab_password_verify (NULL, "wrong wrong wrong"));
      unknown = MIN (unknown, g_get_monotonic_time () - began);
    }
  g_assert_cmpint (unknown, >, known / 2);
  g_assert_cmpint (unknown, <, known * 2);
}

typedef struct
{
  GMutex mutex;
  guint n_done;
} Work;

static void
do_work (gpointer data)
{
  Work *work = data;

  g_mutex_lock (&work->mutex);
  work->n_done++;
  g_mutex_unlock (&work->mutex);
}

/* The queue is bounded; what was taken is done, even at the end. */
static void
test_hasher (void)
{
  ConfabHasher *hasher = confab_hasher_new (2);
  Work work = { 0 };
  guint n_taken = 0;

  g_mutex_init (&work.mutex);
  g_mutex_lock (&work.mutex);
  while (n_taken < 1000 && confab_hasher_push (hasher, do_work, &work))
    n_taken++;
  g_assert_cmpuint (n_taken, >=, 64);
  g_assert_cmpuint (n_taken, <=, 64 + 2);
  g_mutex_unlock (&work.mutex);
  confab_hasher_free (hasher);
  g_assert_cmpuint (work.n_done, ==, n_taken);
  g_mutex_clear (&work.mutex);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/tokens", test_tokens);
  g_test_add_func ("/secrets/no-tokens", test_no_tokens);
  g_test_add_func ("/secrets/codes", test_codes);
  g_test_add_func ("/secrets/typed-codes", test_typed_codes);
  g_test_add_func ("/secrets/passwords", test_passwords);
  g_test_add_func ("/secrets/nobody-takes-as-long", test_nobody_takes_as_long);
  g_test_add_func ("/secrets/hasher", test_hasher);

  return g_test_run ();
}
