/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scratch.h"

#include <gio/gio.h>

static void
test_up (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = scratch_open (scratch, "/chat/confab/test/one");

  g_assert_cmpint (query_int (database, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (query_int (database, "SELECT count (*) FROM people"), ==, 1);

  g_assert_true (confab_database_migrate (database, "/chat/confab/test/all/", &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_int (database, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (query_int (database, "SELECT count (*) FROM people WHERE name = 'anne'"), ==, 1);
  g_assert_cmpint (query_int (database, "SELECT count (*) FROM pets"), ==, 0);

  /* Nothing is left to do: a second run changes nothing. */
  g_assert_true (confab_database_migrate (database, "/chat/confab/test/all", &error));
  g_assert_cmpint (query_int (database, "SELECT count (*) FROM people"), ==, 1);
}

static void
test_at_once (Scratch *scratch, gconstpointer data)
{
  g_autoptr (ConfabDatabase) database = scratch_open (scratch, "/chat/confab/test/all");

  g_assert_cmpint (query_int (database, "PRAGMA user_version"), ==, 2);
}

/* A failing script leaves no changes, and earlier ones stay. */
static void
test_broken (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = scratch_open (scratch, NULL);

  g_assert_false (confab_database_migrate (database, "/chat/confab/test/broken", &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "002-broken.sql"));
  g_assert_cmpint (query_int (database, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (query_int (database, "SELECT count (*) FROM people"), ==, 1);
  g_assert_cmpint (
      query_int (database, "SELECT count (*) FROM sqlite_schema WHERE name = 'plants'"), ==, 0);

  /* No transaction is left open. */
  g_clear_error (&error);
  g_assert_true (confab_database_begin (database, &error));
  g_assert_true (confab_database_commit (database, &error));
}

static void
test_newer (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = scratch_open (scratch, "/chat/confab/test/all");

  g_assert_false (confab_database_migrate (database, "/chat/confab/test/one", &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_NEWER);
  g_assert_cmpint (query_int (database, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (query_int (database, "SELECT count (*) FROM people WHERE name = 'anne'"), ==, 1);
}

static void
test_wrong_scripts (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = scratch_open (scratch, NULL);

  g_assert_false (confab_database_migrate (database, "/chat/confab/test/gap", &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED);
  g_assert_cmpint (query_int (database, "PRAGMA user_version"), ==, 0);
  g_clear_error (&error);

  g_assert_false (confab_database_migrate (database, "/chat/confab/test/none", &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED);
}

static gpointer
migrate (gpointer data)
{
  g_autoptr (ConfabDatabase) database = scratch_open (data, "/chat/confab/test/all");

  return GINT_TO_POINTER ((int)query_int (database, "SELECT count (*) FROM people"));
}

/* Programs that start at the same moment run each script once. */
static void
test_together (Scratch *scratch, gconstpointer data)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("migrate", migrate, scratch);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (threads[i])), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  scratch_add ("/migration/up", test_up);
  scratch_add ("/migration/at-once", test_at_once);
  scratch_add ("/migration/broken", test_broken);
  scratch_add ("/migration/newer", test_newer);
  scratch_add ("/migration/wrong-scripts", test_wrong_scripts);
  scratch_add ("/migration/together", test_together);

  return g_test_run ();
}
