/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-query.h"
#include "scratch.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCHEMA "/chat/confab/test/all"

static guint
mode_of (Scratch *scratch, const char *suffix)
{
  g_autofree char *path = g_strconcat (scratch->path, suffix, NULL);
  GStatBuf status;

  g_assert_no_errno (g_stat (path, &status));

  return status.st_mode & 07777;
}

static void
test_private (Scratch *scratch, gconstpointer data)
{
  mode_t mask = umask (0);

  {
    g_autoptr (ConfabDatabase) database = scratch_open (scratch, SCHEMA);

    g_assert_cmpuint (mode_of (scratch, ""), ==, 0600);
    g_assert_cmpuint (mode_of (scratch, "-wal"), ==, 0600);
    g_assert_cmpuint (mode_of (scratch, "-shm"), ==, 0600);
  }

  /* A file that others could read is taken back. */
  g_assert_no_errno (g_chmod (scratch->path, 0644));
  {
    g_autoptr (ConfabDatabase) database = scratch_open (scratch, SCHEMA);

    confab_database_exec (database, "DELETE FROM people", NULL);
    g_assert_cmpuint (mode_of (scratch, ""), ==, 0600);
    g_assert_cmpuint (mode_of (scratch, "-wal"), ==, 0600);
  }

  umask (mask);
}

static void
test_pragmas (Scratch *scratch, gconstpointer data)
{
  g_autoptr (ConfabDatabase) normal = scratch_open (scratch, SCHEMA);
  g_autoptr (ConfabDatabase) full =
      confab_database_open (scratch->path, CONFAB_DATABASE_WRITE, TRUE, NULL);

  g_assert_cmpint (query_int (normal, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (query_int (normal, "PRAGMA busy_timeout"), ==, 5000);
  g_assert_cmpint (query_int (normal, "PRAGMA secure_delete"), ==, 2);
  g_assert_cmpint (query_int (normal, "PRAGMA cache_size"), ==, -8000);
  g_assert_cmpint (query_int (normal, "PRAGMA trusted_schema"), ==, 0);
  g_assert_cmpint (query_int (normal, "PRAGMA synchronous"), ==, 1);
  g_assert_cmpint (query_int (full, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (query_int (normal, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), ==,
                   1);
}

/* A reader beside the writer sees committed data, and cannot write. */
static void
test_reader (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) writer = scratch_open (scratch, SCHEMA);
  g_autoptr (ConfabDatabase) reader =
      confab_database_open (scratch->path, CONFAB_DATABASE_READ, FALSE, &error);

  g_assert_no_error (error);
  g_assert_true (confab_database_begin (writer, &error));
  g_assert_true (confab_database_exec (writer, "INSERT INTO people (name) VALUES ('bob')", &error));
  g_assert_cmpint (query_int (reader, "SELECT count (*) FROM people"), ==, 1);
  g_assert_true (confab_database_commit (writer, &error));
  g_assert_cmpint (query_int (reader, "SELECT count (*) FROM people"), ==, 2);

  g_assert_false (confab_database_exec (reader, "DELETE FROM people", &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (query_int (reader, "SELECT count (*) FROM people"), ==, 2);
}

/* Opening a second connection in the same process must not drop the locks of the first. Otherwise
 * another program that closes the database would delete the log, which the first connection still
 * uses. */
static void
test_locks_hold (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) first = scratch_open (scratch, SCHEMA);
  g_autofree char *log = g_strconcat (scratch->path, "-wal", NULL);
  g_autofree char *sqlite = g_find_program_in_path ("sqlite3");
  g_autofree char *command = NULL;
  int status;

  if (sqlite == NULL)
    {
      g_test_skip ("sqlite3 is not installed");
      return;
    }

  confab_database_close (scratch_open (scratch, SCHEMA));

  command =
      g_strdup_printf ("%s %s \"INSERT INTO people (name) VALUES ('eve')\"", sqlite, scratch->path);
  g_spawn_command_line_sync (command, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_cmpint (query_int (first, "SELECT count (*) FROM people"), ==, 2);
}

static void
test_missing (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *elsewhere = g_build_filename (scratch->folder, "none", "test.db", NULL);

  g_assert_null (confab_database_open (scratch->path, CONFAB_DATABASE_READ, FALSE, &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED);
  g_assert_false (g_file_test (scratch->path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);

  g_assert_null (confab_database_open (elsewhere, CONFAB_DATABASE_WRITE, FALSE, &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_null (confab_database_open (scratch->folder, CONFAB_DATABASE_WRITE, FALSE, &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED);
}

static void
test_not_a_database (Scratch *scratch, gconstpointer data)
{
  g_autofree char *text = g_strnfill (10000, 'x');
  g_autofree char *contents = NULL;
  const ConfabDatabaseMode modes[] = { CONFAB_DATABASE_WRITE, CONFAB_DATABASE_READ };

  g_assert_true (g_file_set_contents (scratch->path, text, -1, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (confab_database_open (scratch->path, modes[i], FALSE, &error));
      g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CORRUPT);
    }

  /* It is another program's file, and is unchanged. */
  g_assert_true (g_file_get_contents (scratch->path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, text);
}

static void
fill (ConfabDatabase *database, guint n_rows)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (confab_database_begin (database, &error));
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *name = g_strdup_printf ("person %u", i);

      g_assert_true (confab_database_run (
          database, &error, "INSERT INTO people (name, photo) VALUES ($1, zeroblob (500))",
          sql_text (name)));
    }
  g_assert_true (confab_database_commit (database, &error));
}

/* Reads everything; the damage may show when opening or only then. */
static void
assert_damaged (Scratch *scratch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database =
      confab_database_open (scratch->path, CONFAB_DATABASE_WRITE, FALSE, &error);

  if (database != NULL)
    {
      gint64 sum;

      confab_database_query_int (
          database, &sum, &error,
          "SELECT sum (length (name) + length (photo)) FROM people NOT INDEXED");
    }

  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CORRUPT);
}

static void
test_damaged (Scratch *scratch, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;

  {
    g_autoptr (ConfabDatabase) database = scratch_open (scratch, SCHEMA);

    fill (database, 1000);
  }

  g_assert_true (g_file_get_contents (scratch->path, &contents, &length, NULL));
  g_assert_cmpuint (length, >, 500000);

  /* Cut off in the middle. */
  g_assert_true (g_file_set_contents (scratch->path, contents, (gssize)length / 2, NULL));
  assert_damaged (scratch);

  /* Pages overwritten behind the first. */
  memset (contents + 8192, 0xA5, length - 8192);
  g_assert_true (g_file_set_contents (scratch->path, contents, (gssize)length, NULL));
  assert_damaged (scratch);

  /* The schema's page overwritten behind the header. */
  memset (contents + 100, 0xA5, 3996);
  g_assert_true (g_file_set_contents (scratch->path, contents, (gssize)length, NULL));
  assert_damaged (scratch);
}

#define INSERT_BIG "INSERT INTO people (name, photo) VALUES ('big', zeroblob (1000000))"

static void
test_full (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = scratch_open (scratch, SCHEMA);

  g_assert_true (confab_database_exec (database, "PRAGMA max_page_count = 20", &error));
  g_assert_true (confab_database_begin (database, &error));
  g_assert_false (confab_database_run (database, &error, INSERT_BIG));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FULL);
  confab_database_rollback (database);
  g_clear_error (&error);

  /* Once there is room again, it works again. */
  g_assert_true (confab_database_exec (database, "PRAGMA max_page_count = 10000", &error));
  g_assert_true (confab_database_run (database, &error, INSERT_BIG));
  g_assert_no_error (error);
  g_assert_cmpint (confab_database_changes (database), ==, 1);
}

static void
test_constraints (Scratch *scratch, gconstpointer data)
{
  static const char *const statements[] = {
    "INSERT INTO people (name) VALUES ('anne')",
    "INSERT INTO people (name) VALUES (NULL)",
    "INSERT INTO people (name) VALUES ('')",
    "INSERT INTO people (name, photo) VALUES ('y', 'not a blob')",
    "INSERT INTO people (id, name) VALUES (1, 'y')",
    "INSERT INTO pets (person_id) VALUES (99)",
  };
  g_autoptr (ConfabDatabase) database = scratch_open (scratch, SCHEMA);

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (
          confab_database_run_values (database, statements[i], CONFAB_VALUES (), &error));
      g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CONSTRAINT);
    }
}

static void
test_busy (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) first = scratch_open (scratch, SCHEMA);
  g_autoptr (ConfabDatabase) second = scratch_open (scratch, SCHEMA);

  sqlite3_busy_timeout (confab_database_get_handle (second), 0);
  g_assert_true (confab_database_begin (first, &error));
  g_assert_false (confab_database_begin (second, &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_BUSY);
  g_clear_error (&error);

  confab_database_rollback (second); /* without a transaction, nothing happens */
  confab_database_rollback (first);
  g_assert_true (confab_database_begin (second, &error));
  g_assert_true (confab_database_commit (second, &error));
}

typedef struct
{
  sqlite3 *handle;
  gboolean stopped; /* atomic */
} Interruption;

/* Again and again: an interruption that comes before the statement has begun is lost. */
static gpointer
interrupt (gpointer data)
{
  Interruption *interruption = data;

  while (!g_atomic_int_get (&interruption->stopped))
    {
      g_usleep (20 * 1000);
      sqlite3_interrupt (interruption->handle);
    }

  return NULL;
}

static void
test_interrupted (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = scratch_open (scratch, NULL);
  gint64 count;
  Interruption interruption = { .handle = confab_database_get_handle (database) };
  GThread *thread = g_thread_new ("interrupt", interrupt, &interruption);

  g_assert_false (confab_database_query_int (
      database, &count, &error,
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count (*) FROM n"));
  g_atomic_int_set (&interruption.stopped, TRUE);
  g_thread_join (thread);
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_INTERRUPTED);
}

static void
test_transactions (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabDatabase) database = scratch_open (scratch, SCHEMA);

  g_assert_true (confab_database_begin (database, &error));
  g_assert_true (confab_database_exec (database, "DELETE FROM people", &error));
  g_assert_cmpint (confab_database_changes (database), ==, 1);
  confab_database_rollback (database);
  g_assert_cmpint (query_int (database, "SELECT count (*) FROM people"), ==, 1);

  /* A commit that fails leaves no transaction behind. */
  g_assert_true (confab_database_begin (database, &error));
  g_assert_true (confab_database_exec (database, "PRAGMA defer_foreign_keys = ON", &error));
  g_assert_true (
      confab_database_exec (database, "INSERT INTO pets (person_id) VALUES (99)", &error));
  g_assert_false (confab_database_commit (database, &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_cmpint (query_int (database, "SELECT count (*) FROM pets"), ==, 0);

  /* Uncommitted changes are gone when the connection closes. */
  g_assert_true (confab_database_begin (database, &error));
  g_assert_true (confab_database_exec (database, "DELETE FROM people", &error));
  confab_database_close (g_steal_pointer (&database));
  database = scratch_open (scratch, SCHEMA);
  g_assert_cmpint (query_int (database, "SELECT count (*) FROM people"), ==, 1);

  g_assert_false (confab_database_exec (database, "NONSENSE", &error));
  g_assert_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "NONSENSE"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  scratch_add ("/database/private", test_private);
  scratch_add ("/database/pragmas", test_pragmas);
  scratch_add ("/database/reader", test_reader);
  scratch_add ("/database/locks-hold", test_locks_hold);
  scratch_add ("/database/missing", test_missing);
  scratch_add ("/database/not-a-database", test_not_a_database);
  scratch_add ("/database/damaged", test_damaged);
  scratch_add ("/database/full", test_full);
  scratch_add ("/database/constraints", test_constraints);
  scratch_add ("/database/busy", test_busy);
  scratch_add ("/database/interrupted", test_interrupted);
  scratch_add ("/database/transactions", test_transactions);

  return g_test_run ();
}
