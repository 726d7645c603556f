/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-query.h"
#include "scratch.h"

#define SCHEMA "/chat/confab/test/all"
#define INSERT "INSERT INTO people (id, name, photo) VALUES ($1, $2, $3)"
#define SELECT_ALL "SELECT id, name, photo FROM people ORDER BY id"

static const guint8 photo[] = { 0, 1, 0, 255 };

static void
add (ConfabDatabase *database, gint64 id, const char *name)
{
  g_autoptr (GError) error = NULL;

  confab_database_run (database, &error, INSERT, sql_int (id), sql_text (name), sql_text (NULL));
  g_assert_no_error (error);
}

/* Return a database with the people @ids. */
static ConfabDatabase *
open_with (Scratch *scratch, guint n_ids, const gint64 *ids)
{
  ConfabDatabase *database = scratch_open (scratch, SCHEMA);

  g_assert_true (confab_database_run (database, NULL, "DELETE FROM people"));
  for (guint i = 0; i < n_ids; i++)
    {
      g_autofree char *name = g_strdup_printf ("person %u", i);

      add (database, ids[i], name);
    }

  return database;
}

/* Values of each type are stored unchanged, and the caller may free its data. */
static void
test_values (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = open_with (scratch, 0, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (photo, sizeof photo);
  g_autofree char *name = g_strdup ("zoë 界");
  g_autoptr (ConfabResult) result = NULL;
  g_autoptr (GBytes) same = NULL;
  g_autoptr (GBytes) none = NULL;
  g_autofree char *kept = NULL;

  g_assert_true (confab_database_run (database, &error, INSERT, sql_int (G_MAXINT64),
                                      sql_text (name), sql_bytes (bytes)));
  g_assert_true (confab_database_run (database, &error, INSERT, sql_int (G_MININT64),
                                      sql_text ("none"), sql_bytes (NULL)));
  g_assert_true (confab_database_run (database, &error, INSERT, sql_int (0), sql_text ("empty"),
                                      sql_data (NULL, 0)));
  g_assert_no_error (error);
  g_assert_cmpint (confab_database_changes (database), ==, 1);
  memset (name, 'x', strlen (name));

  result = confab_database_query (database, SELECT_ALL);
  g_assert_true (confab_result_next (result));
  g_assert_cmpint (confab_result_get_int (result, 0), ==, G_MININT64);
  g_assert_null (confab_result_get_text (result, 2));
  g_assert_null (confab_result_dup_text (result, 2));
  g_assert_cmpint (confab_result_get_int (result, 2), ==, 0);
  none = confab_result_dup_bytes (result, 2);
  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
  g_assert_true (confab_result_next (result));
  g_assert_cmpint (query_int (database, "SELECT photo = x'' FROM people WHERE id = 0"), ==, 1);
  g_assert_true (confab_result_next (result));
  g_assert_cmpint (confab_result_get_int (result, 0), ==, G_MAXINT64);
  g_assert_cmpstr (confab_result_get_text (result, 1), ==, "zoë 界");
  kept = confab_result_dup_text (result, 1);
  same = confab_result_dup_bytes (result, 2);
  g_assert_false (confab_result_next (result));
  g_assert_false (confab_result_next (result));
  g_assert_true (confab_result_end (result, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (kept, ==, "zoë 界");
  g_assert_true (g_bytes_equal (same, bytes));
}

/* SQLite would number these by their first appearance. */
static void
test_order (Scratch *scratch, gconstpointer data)
{
  g_autoptr (ConfabDatabase) database = open_with (scratch, 0, NULL);
  g_autofree char *text = NULL;

  g_assert_true (
      confab_database_query_text (database, &text, NULL,
                                  "SELECT $12 || $3 || $1 || $2 || $4 || $5 || $6 || $7 || $8 || $9"
                                  " || $10 || $11 || $12 || $1",
                                  sql_text ("a"), sql_text ("b"), sql_text ("c"), sql_text ("d"),
                                  sql_text ("e"), sql_text ("f"), sql_text ("g"), sql_text ("h"),
                                  sql_text ("i"), sql_text ("j"), sql_text ("k"), sql_text ("l")));
  g_assert_cmpstr (text, ==, "lcabdefghijkla");
}

/* The id 0 binds NULL: the database assigns one, which RETURNING returns. */
static void
test_ids (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = open_with (scratch, 1, (const gint64[]){ 40 });
  gint64 id;

  g_assert_true (confab_database_query_int (database, &id, &error, INSERT " RETURNING id",
                                            sql_id (0), sql_text ("bob"), sql_id (0)));
  g_assert_cmpint (id, ==, 41);
  g_assert_true (confab_database_query_int (database, &id, &error, INSERT " RETURNING id",
                                            sql_id (70), sql_text ("cleo"), sql_id (0)));
  g_assert_cmpint (id, ==, 70);
  g_assert_cmpint (query_int (database, "SELECT count (*) FROM people"), ==, 3);
}

/* A single value is 0 or NULL without a row, and never unchanged. */
static void
test_one_value (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = open_with (scratch, 2, (const gint64[]){ 3, 5 });
  gint64 id = -1;
  char *name = (char *)"before";

  g_assert_true (
      confab_database_query_int (database, &id, &error, "SELECT id FROM people ORDER BY id DESC"));
  g_assert_cmpint (id, ==, 5);
  g_assert_true (confab_database_query_int (database, &id, &error,
                                            "SELECT id FROM people WHERE id = $1", sql_int (4)));
  g_assert_cmpint (id, ==, 0);

  g_assert_true (confab_database_query_text (database, &name, &error,
                                             "SELECT name FROM people WHERE id = $1", sql_int (3)));
  g_assert_cmpstr (name, ==, "person 0");
  g_free (name);
  g_assert_true (confab_database_query_text (database, &name, &error,
                                             "SELECT name FROM people WHERE id = $1", sql_int (4)));
  g_assert_null (name);
  g_assert_no_error (error);

  g_assert_false (
      confab_database_query_text (database, &name, &error, "SELECT nothing FROM people"));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED);
  g_assert_null (name);
}

/* The same statement may run while its rows are read, and others. */
static void
test_nested (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = open_with (scratch, 3, (const gint64[]){ 1, 2, 3 });
  gint64 pairs = 0;

  for (int round = 0; round < 2; round++)
    {
      g_autoptr (ConfabResult) outer = NULL;
      static const char *const same = SELECT_ALL;

      outer = confab_database_query_values (database, same, CONFAB_VALUES ());
      while (confab_result_next (outer))
        {
          gint64 id = confab_result_get_int (outer, 0);
          g_autoptr (ConfabResult) inner =
              confab_database_query_values (database, same, CONFAB_VALUES ());

          while (confab_result_next (inner))
            pairs += 10 * id + confab_result_get_int (inner, 0);
          g_assert_true (confab_result_end (inner, &error));
          g_assert_cmpint (confab_result_get_int (outer, 0), ==, id);
        }
      g_assert_true (confab_result_end (outer, &error));
    }

  g_assert_cmpint (pairs, ==, 2 * (3 * 60 + 3 * 6));
}

/* A result that is not read to its end holds neither the statement nor a lock. */
static void
test_given_up (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = open_with (scratch, 3, (const gint64[]){ 1, 2, 3 });

  {
    g_autoptr (ConfabResult) result = confab_database_query (database, SELECT_ALL);

    g_assert_true (confab_result_next (result));
  }

  g_assert_true (confab_database_run (database, &error, "DROP TABLE pets"));
  g_assert_true (confab_database_run (database, &error, "DROP TABLE people"));
  g_assert_no_error (error);
}

/* Every error (SQL, a constraint, a row in the middle) is reported once, at the end. */
static void
test_failures (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = open_with (scratch, 2, (const gint64[]){ 1, 2 });
  g_autoptr (ConfabResult) result = confab_database_query (database, "SELECT nothing FROM nowhere");

  g_assert_false (confab_result_next (result));
  g_assert_false (confab_result_end (result, &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (confab_result_end (result, &error));
  g_clear_pointer (&result, confab_result_free);

  result = confab_database_query (
      database, "SELECT CASE WHEN id = 1 THEN 1 ELSE abs ($1) END FROM people ORDER BY id",
      sql_int (G_MININT64));
  g_assert_true (confab_result_next (result));
  g_assert_false (confab_result_next (result));
  g_assert_false (confab_result_end (result, &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED);
  g_clear_error (&error);

  /* The statement can be used again. */
  for (int i = 0; i < 2; i++)
    {
      g_assert_false (confab_database_run (database, &error, INSERT, sql_int (9),
                                           sql_text ("person 1"), sql_id (0)));
      g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CONSTRAINT);
      g_clear_error (&error);
    }
  add (database, 9, "another");
  g_assert_false (
      confab_database_run (database, NULL, INSERT, sql_int (9), sql_text ("yet one"), sql_id (0)));
}

/* A mistake in our own source is loud, and changes nothing. */
static void
test_misuse (Scratch *scratch, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      g_autoptr (ConfabDatabase) database = open_with (scratch, 1, (const gint64[]){ 1 });

      g_log_set_always_fatal (G_LOG_FATAL_MASK);
      g_assert_false (confab_database_run (database, NULL, "DELETE FROM people WHERE id = $1"));
      g_assert_false (confab_database_run (database, NULL, "DELETE FROM people WHERE id = $1",
                                           sql_int (1), sql_int (2)));
      g_assert_false (
          confab_database_run (database, NULL, "DELETE FROM people WHERE id = ?1", sql_int (1)));
      g_assert_false (
          confab_database_run (database, NULL, "DELETE FROM people WHERE id = $2", sql_int (1)));
      g_assert_cmpint (query_int (database, "SELECT count (*) FROM people"), ==, 1);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*Not one value for each parameter: DELETE*"
                             "*Not one value for each parameter: DELETE*"
                             "*without a gap: DELETE*id = ?1*"
                             "*without a gap: DELETE*id = $2*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  scratch_add ("/query/values", test_values);
  scratch_add ("/query/order", test_order);
  scratch_add ("/query/ids", test_ids);
  scratch_add ("/query/one-value", test_one_value);
  scratch_add ("/query/nested", test_nested);
  scratch_add ("/query/given-up", test_given_up);
  scratch_add ("/query/failures", test_failures);
  scratch_add ("/query/misuse", test_misuse);

  return g_test_run ();
}
