/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scratch.h"

#define SCHEMA "/chat/confab/test/all"

static const char select_all[] = "SELECT id, name, photo FROM people ORDER BY id";
static const char insert[] = "INSERT INTO people (id, name, photo) VALUES (?, ?, ?)";

static void
test_values (Scratch *scratch, gconstpointer data)
{
  static const guint8 bytes[] = { 0, 1, 0, 255 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = scratch_open (scratch, SCHEMA);
  g_autoptr (ConfabStatement) statement = confab_database_prepare (database, insert, &error);
  g_autoptr (ConfabStatement) query = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) photo = NULL;
  g_autoptr (GBytes) none = NULL;

  g_assert_no_error (error);
  confab_database_exec (database, "DELETE FROM people", NULL);

  confab_statement_bind_int (statement, 1, G_MAXINT64);
  {
    g_autofree char *transient = g_strdup ("zoë 界");

    confab_statement_bind_string (statement, 2, transient);
    memset (transient, 'x', strlen (transient));
  }
  confab_statement_bind_bytes (statement, 3, bytes, sizeof bytes);
  g_assert_true (confab_statement_run (statement, &error));
  g_assert_cmpint (confab_database_last_insert_id (database), ==, G_MAXINT64);
  g_assert_cmpint (confab_database_changes (database), ==, 1);

  confab_statement_bind_int (statement, 1, -5);
  confab_statement_bind_string (statement, 2, "none");
  confab_statement_bind_string (statement, 3, NULL);
  g_assert_true (confab_statement_run (statement, &error));

  confab_statement_bind_int (statement, 1, 0);
  confab_statement_bind_string (statement, 2, "empty");
  confab_statement_bind_bytes (statement, 3, NULL, 0);
  g_assert_true (confab_statement_run (statement, &error));

  query = confab_database_prepare (database, select_all, &error);
  g_assert_true (confab_statement_step (query, &error));
  g_assert_cmpint (confab_statement_get_int (query, 0), ==, -5);
  g_assert_null (confab_statement_get_string (query, 2));
  g_assert_cmpint (confab_statement_get_int (query, 2), ==, 0);
  none = confab_statement_dup_bytes (query, 2);
  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
  g_assert_true (confab_statement_step (query, &error));
  g_assert_cmpint (query_int (database, "SELECT photo = x'' FROM people WHERE id = 0"), ==, 1);
  g_assert_true (confab_statement_step (query, &error));
  g_assert_cmpint (confab_statement_get_int (query, 0), ==, G_MAXINT64);
  g_assert_cmpstr (confab_statement_get_string (query, 1), ==, "zoë 界");
  name = confab_statement_dup_string (query, 1);
  photo = confab_statement_dup_bytes (query, 2);
  g_assert_false (confab_statement_step (query, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "zoë 界");
  g_assert_cmpmem (g_bytes_get_data (photo, NULL), g_bytes_get_size (photo), bytes, sizeof bytes);
}

/* The id 0 binds NULL: SQLite assigns one. */
static void
test_ids (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = scratch_open (scratch, SCHEMA);
  g_autoptr (ConfabStatement) statement = confab_database_prepare (database, insert, &error);

  confab_statement_bind_id (statement, 1, 0);
  confab_statement_bind_string (statement, 2, "bob");
  g_assert_true (confab_statement_run (statement, &error));
  g_assert_cmpint (confab_database_last_insert_id (database), ==, 2);

  confab_statement_bind_id (statement, 1, 40);
  confab_statement_bind_string (statement, 2, "cleo");
  g_assert_true (confab_statement_run (statement, &error));
  g_assert_cmpint (confab_database_last_insert_id (database), ==, 40);
}

static void
test_cache (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = scratch_open (scratch, SCHEMA);
  ConfabStatement *statement = confab_database_prepare (database, insert, &error);
  ConfabStatement *again;

  /* Resetting a statement that has not run clears its values. */
  confab_statement_bind_string (statement, 2, "bob");
  confab_statement_reset (statement);
  again = confab_database_prepare (database, insert, &error);
  g_assert_true (again == statement);
  g_assert_false (confab_statement_run (again, &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);

  /* Run to its end, or into an error, a statement has been given back. */
  g_assert_true (confab_database_prepare (database, insert, &error) == statement);
  confab_statement_reset (statement);
  again = confab_database_prepare (database, select_all, &error);
  while (confab_statement_step (again, &error))
    ;
  g_assert_no_error (error);
  g_assert_true (confab_database_prepare (database, select_all, &error) == again);
  confab_statement_reset (again);

  g_assert_null (confab_database_prepare (database, "SELECT nothing FROM nowhere", &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED);
}

/* An error of binding is reported once, by the next step. */
static void
test_bind_failure (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = scratch_open (scratch, SCHEMA);
  g_autoptr (ConfabStatement) statement = confab_database_prepare (database, insert, &error);

  confab_statement_bind_string (statement, 2, "bob");
  confab_statement_bind_int (statement, 4, 1); /* there are three */
  g_assert_false (confab_statement_run (statement, &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (query_int (database, "SELECT count (*) FROM people"), ==, 1);

  g_assert_true (confab_statement_run (statement, &error));
  g_assert_no_error (error);
}

/* A statement that is in use is not handed out a second time: that is a defect, and loud. */
static void
test_misuse (Scratch *scratch, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabDatabase) database = scratch_open (scratch, SCHEMA);
      g_autoptr (ConfabStatement) statement = confab_database_prepare (database, select_all, NULL);

      g_log_set_always_fatal (G_LOG_FATAL_MASK);
      g_assert_true (confab_statement_step (statement, NULL));
      g_assert_null (confab_database_prepare (database, select_all, &error));
      g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED);

      /* The first user goes on undisturbed. */
      g_assert_cmpstr (confab_statement_get_string (statement, 1), ==, "anne");
      g_assert_false (confab_statement_step (statement, &error));
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*already in use: SELECT id, name*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  scratch_add ("/statement/values", test_values);
  scratch_add ("/statement/ids", test_ids);
  scratch_add ("/statement/cache", test_cache);
  scratch_add ("/statement/bind-failure", test_bind_failure);
  scratch_add ("/statement/misuse", test_misuse);

  return g_test_run ();
}
