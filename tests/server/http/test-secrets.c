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
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",   /* 42 characters */
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", /* 44 characters */
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",  /* padded */
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+A",  /* another alphabet */
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",  /* nonzero bits beyond the last byte */
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
  /* 32,000 characters of 32 kinds are evenly distributed. */
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

/* An unknown name takes as long as a known one. */
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

/* ---- the hasher ---- */

/* A thread that is blocked until released, and the order in which other jobs run. */
typedef struct
{
  ConfabHasher *hasher;
  GMutex busy;
  GString *order;
} Hashing;

typedef struct
{
  Hashing *hashing;
  char mark;
} Job;

static void
keep_busy (gpointer data)
{
  Hashing *hashing = data;

  g_mutex_lock (&hashing->busy);
  g_mutex_unlock (&hashing->busy);
}

/* Called only on the one thread. */
static void
note (gpointer data)
{
  g_autofree Job *job = data;

  g_string_append_c (job->hashing->order, job->mark);
}

static void
hashing_begin (Hashing *self)
{
  self->hasher = confab_hasher_new (1);
  self->order = g_string_new (NULL);
  g_mutex_init (&self->busy);
  g_mutex_lock (&self->busy);
  g_assert_true (
      confab_hasher_push (self->hasher, CONFAB_HASHER_STRANGERS, "busy", keep_busy, self));
}

static gboolean
hashing_push (Hashing *self, ConfabHasherClass klass, const char *asker)
{
  Job *job = g_new (Job, 1);

  *job = (Job){ self, asker[0] };
  if (confab_hasher_push (self->hasher, klass, asker, note, job))
    return TRUE;

  g_free (job);

  return FALSE;
}

/* Stop the hasher, which runs all queued jobs. Return their order. (transfer full) */
static char *
hashing_end (Hashing *self)
{
  g_mutex_unlock (&self->busy);
  confab_hasher_free (self->hasher);
  g_mutex_clear (&self->busy);

  return g_string_free_and_steal (self->order);
}

static void
test_hasher_takes_turns (void)
{
  Hashing hashing;
  g_autofree char *order = NULL;
  guint n_taken = 0;

  hashing_begin (&hashing);
  while (hashing_push (&hashing, CONFAB_HASHER_STRANGERS, "a"))
    g_assert_cmpuint (++n_taken, <=, CONFAB_HASHER_MAX_WAITING_OF_ONE);
  g_assert_cmpuint (n_taken, ==, CONFAB_HASHER_MAX_WAITING_OF_ONE);

  /* An asker with many jobs delays only itself. */
  g_assert_true (hashing_push (&hashing, CONFAB_HASHER_STRANGERS, "b"));
  g_assert_true (hashing_push (&hashing, CONFAB_HASHER_STRANGERS, "c"));
  g_assert_true (hashing_push (&hashing, CONFAB_HASHER_STRANGERS, "b"));
  order = hashing_end (&hashing);
  g_assert_cmpstr (order, ==, "abcabaaaaaa");
}

static void
test_known_people_are_not_kept_out (void)
{
  Hashing hashing;
  g_autofree char *order = NULL;
  guint n_taken = 0;

  hashing_begin (&hashing);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *asker = g_strdup_printf ("stranger %u", i);

      n_taken += hashing_push (&hashing, CONFAB_HASHER_STRANGERS, asker) ? 1 : 0;
    }
  /* The thread may or may not have begun the first job. */
  g_assert_cmpuint (n_taken, >=, CONFAB_HASHER_MAX_WAITING - 1);
  g_assert_cmpuint (n_taken, <=, CONFAB_HASHER_MAX_WAITING);

  g_assert_true (hashing_push (&hashing, CONFAB_HASHER_KNOWN, "known"));
  g_assert_true (hashing_push (&hashing, CONFAB_HASHER_KNOWN, "known"));
  order = hashing_end (&hashing);
  g_assert_cmpuint (strlen (order), ==, n_taken + 2);
  g_assert_nonnull (strchr (order, 'k'));
  g_assert_cmpint (strrchr (order, 'k') - order, <=, 4);
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
  g_test_add_func ("/secrets/hasher-takes-turns", test_hasher_takes_turns);
  g_test_add_func ("/secrets/known-people-are-not-kept-out", test_known_people_are_not_kept_out);

  return g_test_run ();
}
