/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Mutated documents from a seed (GLib prints it; --seed repeats a run): the codec either fails with
 * a problem or returns valid rows, and never crashes. */

#include "confab-codec.h"

#include "confab-limits.h"
#include "confab-text.h"

#define N_ROUNDS 20000

static const char *const documents[] = {
  "{\"from\":null,\"to\":\"e:5\",\"has_more\":true,\"rows\":{\"roles\":[{\"id\":1,\"base\":"
  "\"user\",\"rolename\":"
  "\"user\",\"rev\":2}],"
  "\"users\":[{\"id\":3,\"username\":\"ann\",\"email\":\"a@b.c\",\"created_at\":4,\"role_id\":1,"
  "\"deleted\":false,"
  "\"rev\":5}]}}",
  "{\"type\":\"rows\",\"from\":\"e:1\",\"to\":\"e:2\",\"rows\":{\"conversations\":[{\"id\":6,"
  "\"kind\":\"group\","
  "\"title\":null,\"created_at\":7,\"last_seq\":8,\"rev\":9}],\"conversation_users\":[{\"id\":10,"
  "\"conversation_id\":6,\"user_id\":3,\"joined_at\":11,\"left_at\":null,\"rev\":12}]}}",
  "{\"to\":\"e:2\",\"rows\":{\"messages\":[{\"id\":15,\"client_id\":\"0b1c2d3e-4f50-4a61-8b72-"
  "9c83ad94be05\","
  "\"conversation_id\":6,\"sender_id\":3,\"seq\":1,\"content\":\"Hi \\uD83D\\uDE00 \\n é\","
  "\"sent_at\":1780000000000,\"rev\":16}],\"read_positions\":[{\"conversation_id\":6,\"last_read_"
  "seq\":0,"
  "\"rev\":14}]}}",
};

static const char *const fragments[] = {
  "\\u0000",
  "\\uD800",
  "\\",
  "\"",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "null",
  "true",
  "-",
  "1e999",
  "0.5",
  "9223372036854775808",
  "\xff",
  "\xc3",
  "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
  "{\"id\":",
  "\xEF\xB7\x90",
};

static void
mutate (GString *text)
{
  guint at = (guint)g_test_rand_int_range (0, (gint32)text->len + 1);
  guint length = (guint)g_test_rand_int_range (0, 12);

  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
      g_string_insert (text, at, fragments[g_test_rand_int_range (0, G_N_ELEMENTS (fragments))]);
      break;
    case 1:
      g_string_erase (text, at, (gssize)MIN (length, text->len - at));
      break;
    case 2:
      if (at < text->len)
        text->str[at] = (char)g_test_rand_int_range (0, 256);
      break;
    case 3:
      g_string_truncate (text, at);
      break;
    default:
      {
        g_autofree char *piece = g_strndup (text->str + at, MIN (length, text->len - at));

        g_string_insert (text, g_test_rand_int_range (0, (gint32)text->len + 1), piece);
      }
    }
}

static void
assert_rows_keep_promises (const ConfabRows *rows)
{
  for (guint i = 0; i < rows->users->len; i++)
    {
      const ConfabUserRow *row = g_ptr_array_index (rows->users, i);

      g_assert_true (row->id > 0 && row->role_id >= 0 && row->rev > 0 && row->created_at >= 0);
      g_assert_true (*row->username != '\0' && g_utf8_validate (row->username, -1, NULL));
    }

  for (guint i = 0; i < rows->memberships->len; i++)
    {
      const ConfabMembershipRow *row = g_ptr_array_index (rows->memberships, i);

      g_assert_true (row->id > 0 && row->conversation_id > 0 && row->user_id > 0 && row->rev > 0);
      g_assert_true (row->joined_at >= 0 && row->left_at >= 0);
    }

  for (guint i = 0; i < rows->messages->len; i++)
    {
      const ConfabMessageRow *row = g_ptr_array_index (rows->messages, i);

      g_assert_true (row->id > 0 && row->seq > 0 && row->rev > 0 && row->sender_id >= 0);
      g_assert_true (confab_text_is_uuid (row->client_id));
      g_assert_true ((*row->content == '\0') == (row->removed_at > 0));
      g_assert_true (g_utf8_validate (row->content, -1, NULL));
      g_assert_true (confab_text_fits_message (row->content));
    }
}

/* Accepted rows stay the same when encoded and decoded again. */
static void
assert_stable (const ConfabPage *page)
{
  g_autoptr (JsonObject) first = confab_codec_encode_page (page);
  gsize length;
  g_autofree char *text = confab_json_object_to_string (first, &length);
  g_autoptr (JsonObject) parsed =
      confab_json_parse_answer (text, length, CONFAB_ANSWER_MAX_BYTES, NULL);
  g_autoptr (ConfabPage) again = confab_codec_decode_page (parsed, NULL);
  g_autoptr (JsonObject) second = confab_codec_encode_page (again);
  g_autofree char *again_text = confab_json_object_to_string (second, NULL);

  g_assert_cmpstr (text, ==, again_text);
}

static void
try_document (const char *data, gsize length, guint *n_taken)
{
  g_autoptr (GError) error = NULL;
  /* Copy to a buffer of the exact size, so that a sanitizer detects reads beyond the end. */
  g_autofree char *copy = g_memdup2 (data, length);
  g_autoptr (JsonObject) object =
      confab_json_parse_answer (copy, length, CONFAB_ANSWER_MAX_BYTES, &error);
  g_autoptr (ConfabPage) page = NULL;
  ConfabProblemDetails details = { 0 };

  if (object == NULL)
    {
      g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_MALFORMED_JSON);
      return;
    }

  if (confab_codec_decode_problem (object, &details))
    g_free (details.field);

  page = confab_codec_decode_page (object, &error);
  if (page == NULL)
    {
      g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD);
      return;
    }

  g_assert_no_error (error);
  assert_rows_keep_promises (page->rows);
  assert_stable (page);
  (*n_taken)++;
}

static void
test_mutations (void)
{
  guint n_taken = 0;

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (GString) text = g_string_new (documents[round % G_N_ELEMENTS (documents)]);
      guint n_mutations = (guint)g_test_rand_int_range (0, 4);

      for (guint i = 0; i < n_mutations; i++)
        mutate (text);
      try_document (text->str, text->len, &n_taken);
    }

  /* A quarter of the documents is unmodified, to be sure that not everything is refused. */
  g_assert_cmpuint (n_taken, >, N_ROUNDS / 5);
  g_assert_cmpuint (n_taken, <, N_ROUNDS);
}

static void
test_noise (void)
{
  static const char alphabet[] = "{}[]\",:\\u0dD8e-+.1truefalsn \n\x7f\xff";
  guint n_taken = 0;

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      char noise[64];
      gsize length = (gsize)g_test_rand_int_range (0, sizeof noise);

      for (gsize i = 0; i < length; i++)
        noise[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      if (length > 0)
        noise[0] = '{';
      try_document (noise, length, &n_taken);
    }

  g_assert_cmpuint (n_taken, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mutation/documents", test_mutations);
  g_test_add_func ("/mutation/noise", test_noise);

  return g_test_run ();
}
