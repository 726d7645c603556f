/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Unsent texts survive damage to the mirror, its log and the unsent file, and a crash between any
 * two writes. */

#include "mirror-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "confab-engine-error.h"
#include "confab-unsent-record.h"

#define N_WAITING 50
#define PAGE 4096

static const char *const mirror_files[] = { "mirror.db", "mirror.db-wal" };

static char *
path_in (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
remove_file (const char *folder, const char *name)
{
  g_autofree char *path = path_in (folder, name);

  g_unlink (path);
}

/* (nullable): NULL if the file is missing */
static GBytes *
load (const char *folder, const char *name)
{
  g_autofree char *path = path_in (folder, name);
  char *data;
  gsize length;

  return g_file_get_contents (path, &data, &length, NULL) ? g_bytes_new_take (data, length) : NULL;
}

static void
store (const char *folder, const char *name, const char *data, gsize length)
{
  g_autofree char *path = path_in (folder, name);

  g_assert_true (g_file_set_contents (path, data, (gssize)length, NULL));
}

static void
store_bytes (const char *folder, const char *name, GBytes *data)
{
  if (data != NULL)
    store (folder, name, g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  else
    remove_file (folder, name);
}

/* Return all unsent texts of the mirror's tables in order, as the window shows them. */
static char *
describe (const char *folder)
{
  g_autofree char *path = path_in (folder, "mirror.db");
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database,
                                       "SELECT * FROM (SELECT client_id, content, state FROM outbox"
                                       " ORDER BY id) UNION ALL SELECT * FROM (SELECT"
                                       " conversation_id, content, 'draft' FROM drafts"
                                       " ORDER BY conversation_id)",
                                       -1, &statement, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (text, "%s %s %s\n", sqlite3_column_text (statement, 0),
                            sqlite3_column_text (statement, 1), sqlite3_column_text (statement, 2));
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Open and close the mirror of @folder. Return its unsent texts. */
static char *
look (const char *folder, guint *n_lost)
{
  ConfabMirror *mirror = fixture_open (folder);

  if (n_lost != NULL)
    *n_lost = confab_mirror_get_lost_count (mirror);
  fixture_close (mirror);
  return describe (folder);
}

static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = path_in (folder, name);

      if (g_unlink (path) != 0)
        g_rmdir (path);
    }
}

static void
fill (ConfabMirror *mirror, guint n_waiting)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 5, 10);

  g_assert_true (fixture_try_apply (mirror, rows, NULL, "e:10", NULL));
  for (guint i = 0; i < n_waiting; i++)
    {
      g_autofree char *client_id = g_strdup_printf ("waits-%02u", i);
      g_autofree char *text = g_strdup_printf ("Message %u of many, “élan” \n 😀 '\"\\", i);

      fixture_enqueue (mirror, 1, client_id, text);
    }
  fixture_enqueue (mirror, 1, "discarded", "not any more");
  fixture_discard (mirror, "discarded");
  g_assert_true (fixture_try_draft (mirror, 1, "half a thought", NULL));
  g_assert_true (fixture_try_draft (mirror, 2, "removed again", NULL));
  g_assert_true (fixture_try_draft (mirror, 2, NULL, NULL));
}

/* Return how many lines of @one are not in @other. */
static guint
count_missing (const char *one, const char *other)
{
  g_auto (GStrv) lines = g_strsplit (one, "\n", 0);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += *lines[i] != '\0' && strstr (other, lines[i]) == NULL;
  return n;
}

/* ---- damage to the unsent file ---- */

/* One flipped bit anywhere: nothing is lost with the mirror, and at most one text without it. */
static void
test_flipped_bits (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autofree char *expected = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) database = NULL;
  guint n_missing = 0;

  fill (mirror, 4);
  fixture_close (mirror);
  expected = describe (folder);
  whole = load (folder, "unsent.log");
  database = load (folder, "mirror.db");
  for (gsize i = 0; i < g_bytes_get_size (whole); i += 3)
    {
      g_autofree char *data = g_memdup2 (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
      g_autofree char *with = NULL;
      g_autofree char *without = NULL;

      data[i] ^= (char)(1 << (i % 8));
      empty_folder (folder);
      store_bytes (folder, "mirror.db", database);
      store (folder, "unsent.log", data, g_bytes_get_size (whole));
      with = look (folder, NULL);
      g_assert_cmpstr (with, ==, expected);

      empty_folder (folder);
      store (folder, "unsent.log", data, g_bytes_get_size (whole));
      without = look (folder, NULL);
      g_assert_cmpuint (count_missing (expected, without), <=, 1);
      n_missing += count_missing (expected, without);
    }
  g_assert_cmpuint (n_missing, >, 0);
  empty_folder (folder);
  fixture_remove_folder (folder);
}

/* Unreadable lines are counted, and the damaged file is kept. */
static void
test_lost (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autofree char *left = NULL;
  g_autofree char *aside = path_in (folder, "unsent.log.damaged-1");
  g_autoptr (GBytes) whole = NULL;
  g_autofree char *data = NULL;
  char *second;
  guint n_lost;

  fill (mirror, 4);
  fixture_close (mirror);
  whole = load (folder, "unsent.log");
  data = g_memdup2 (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
  second = g_strstr_len (data, (gssize)g_bytes_get_size (whole), "waits-01");
  memset (second - 5, 0, 30);
  empty_folder (folder);
  store (folder, "unsent.log", data, g_bytes_get_size (whole));
  left = look (folder, &n_lost);
  g_assert_cmpuint (n_lost, ==, 1);
  g_assert_null (strstr (left, "waits-01"));
  g_assert_nonnull (strstr (left, "waits-00"));
  g_assert_nonnull (strstr (left, "waits-03"));
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));

  /* They are reported once. */
  g_free (look (folder, &n_lost));
  g_assert_cmpuint (n_lost, ==, 0);
  fixture_remove_folder (folder);
}

/* The rest of a damaged line is shown to the user and not sent automatically. */
static void
test_damaged_text (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autoptr (GBytes) whole = NULL;
  g_autofree char *data = NULL;
  g_autofree char *left = NULL;
  guint n_lost;

  fixture_enqueue (mirror, 1, "damaged", "meet me at nine");
  fixture_close (mirror);
  whole = load (folder, "unsent.log");
  data = g_memdup2 (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
  *g_strstr_len (data, (gssize)g_bytes_get_size (whole), "nine") = 'f';
  remove_file (folder, "mirror.db");
  store (folder, "unsent.log", data, g_bytes_get_size (whole));
  left = look (folder, &n_lost);
  g_assert_cmpstr (left, ==, "damaged meet me at fine 1\n");
  g_assert_cmpuint (n_lost, ==, 0);
  fixture_remove_folder (folder);
}

/* A file truncated or zeroed at any byte: the mirror has everything. */
static void
test_cut_short (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autofree char *expected = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) database = NULL;

  fill (mirror, 4);
  fixture_close (mirror);
  expected = describe (folder);
  whole = load (folder, "unsent.log");
  database = load (folder, "mirror.db");
  for (gsize i = 0; i < g_bytes_get_size (whole); i += 7)
    {
      g_autofree char *data = g_memdup2 (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
      g_autofree char *cut = NULL;
      g_autofree char *zeroed = NULL;
      g_autofree char *again = NULL;

      store_bytes (folder, "mirror.db", database);
      store (folder, "unsent.log", data, i);
      cut = look (folder, NULL);
      g_assert_cmpstr (cut, ==, expected);

      store_bytes (folder, "mirror.db", database);
      memset (data + i, 0, g_bytes_get_size (whole) - i);
      store (folder, "unsent.log", data, g_bytes_get_size (whole));
      zeroed = look (folder, NULL);
      g_assert_cmpstr (zeroed, ==, expected);

      /* And the file has been restored. */
      remove_file (folder, "mirror.db");
      again = look (folder, NULL);
      g_assert_cmpstr (again, ==, expected);
    }
  empty_folder (folder);
  fixture_remove_folder (folder);
}

static void
put_in_the_way (const char *path, int kind)
{
  if (kind == 0)
    g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  else if (kind == 1)
    g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  else if (kind == 2)
    g_assert_cmpint (symlink ("/nowhere/at/all", path), ==, 0);
  else if (kind == 3)
    g_assert_true (g_file_set_contents (path, "SQLite format 3", -1, NULL));
}

/* Something else has the file's name, or it is missing. */
static void
test_no_file (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = path_in (folder, "unsent.log");
  ConfabMirror *mirror = fixture_open (folder);
  g_autofree char *expected = NULL;

  fill (mirror, 3);
  fixture_close (mirror);
  expected = describe (folder);
  for (int kind = 0; kind <= 4; kind++)
    {
      g_autofree char *left = NULL;
      g_autofree char *again = NULL;

      g_assert_cmpint (g_unlink (path), ==, 0);
      put_in_the_way (path, kind);
      left = look (folder, NULL);
      g_assert_cmpstr (left, ==, expected);
      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
      remove_file (folder, "mirror.db");
      again = look (folder, NULL);
      g_assert_cmpstr (again, ==, expected);
    }
  empty_folder (folder);
  fixture_remove_folder (folder);
}

static void
assert_not_kept (ConfabMirror *mirror)
{
  g_autoptr (GError) draft_error = NULL;
  g_autoptr (GError) message_error = NULL;

  g_assert_false (fixture_try_draft (mirror, 2, "not kept", &draft_error));
  g_assert_error (draft_error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE);
  g_assert_false (fixture_try_enqueue (mirror, 1, "not-kept", "text", &message_error));
  g_assert_error (message_error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE);
}

/* The folder is renamed, or the file removed, while the mirror is open: no text counts as kept. */
static void
test_gone_while_open (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *renamed = g_strconcat (folder, "-renamed", NULL);
  ConfabMirror *mirror = fixture_open (folder);

  g_assert_cmpint (g_rename (folder, renamed), ==, 0);
  assert_not_kept (mirror);
  g_assert_cmpint (g_rename (renamed, folder), ==, 0);
  g_assert_true (fixture_try_draft (mirror, 1, "kept", NULL));
  remove_file (folder, "unsent.log");
  assert_not_kept (mirror);
  fixture_close (mirror);
  g_assert_cmpint (fixture_query (folder, "SELECT count (*) FROM drafts"), ==, 1);
  g_assert_cmpint (fixture_query (folder, "SELECT count (*) FROM outbox"), ==, 0);
  fixture_remove_folder (folder);
}

/* A newer Confab's file is left alone. */
static void
test_newer (void)
{
  char *folder = fixture_make_folder ();
  const char *body = "z(1, 'what will come')";
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body, -1);
  g_autofree char *line = g_strdup_printf ("\x1e%.16s %s\n", sum, body);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;

  store (folder, "unsent.log", line, strlen (line));
  g_assert_null (fixture_try_open (folder, &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_MIRROR_NEWER);
  after = load (folder, "unsent.log");
  g_assert_cmpmem (line, strlen (line), g_bytes_get_data (after, NULL), g_bytes_get_size (after));
  empty_folder (folder);
  fixture_remove_folder (folder);
}

/* ---- damage to the mirror ---- */

/* All waiting messages are only in the log. @crashed gets the files as after a crash. */
static char *
crash (const char *crashed, guint n_waiting)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autoptr (GBytes) unsent = NULL;
  char *expected;

  fill (mirror, n_waiting);
  for (gsize i = 0; i < G_N_ELEMENTS (mirror_files); i++)
    {
      g_autoptr (GBytes) data = load (folder, mirror_files[i]);

      store_bytes (crashed, mirror_files[i], data);
    }
  unsent = load (folder, "unsent.log");
  store_bytes (crashed, "unsent.log", unsent);
  fixture_close (mirror);
  expected = describe (folder);
  fixture_remove_folder (folder);
  return expected;
}

static void
test_flipped_log (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *expected = crash (folder, N_WAITING);
  g_autoptr (GBytes) database = load (folder, "mirror.db");
  g_autoptr (GBytes) log = load (folder, "mirror.db-wal");
  g_autoptr (GBytes) unsent = load (folder, "unsent.log");

  for (gsize i = 0; i < g_bytes_get_size (log); i += g_bytes_get_size (log) / 150)
    {
      g_autofree char *data = g_memdup2 (g_bytes_get_data (log, NULL), g_bytes_get_size (log));
      g_autofree char *left = NULL;

      data[i] ^= 4;
      empty_folder (folder);
      store_bytes (folder, "mirror.db", database);
      store (folder, "mirror.db-wal", data, g_bytes_get_size (log));
      store_bytes (folder, "unsent.log", unsent);
      left = look (folder, NULL);
      g_assert_cmpstr (left, ==, expected);
    }
  empty_folder (folder);
  fixture_remove_folder (folder);
}

/* Each page of the mirror zeroed, overwritten, with one bit flipped, or truncated. */
static void
test_damaged_mirror (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autofree char *expected = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) unsent = NULL;
  gsize length;

  fill (mirror, N_WAITING);
  fixture_close (mirror);
  expected = describe (folder);
  whole = load (folder, "mirror.db");
  unsent = load (folder, "unsent.log");
  length = g_bytes_get_size (whole);
  for (int kind = 0; kind < 4; kind++)
    {
      for (gsize start = 0; start < length; start += PAGE)
        {
          g_autofree char *data = g_memdup2 (g_bytes_get_data (whole, NULL), length);
          g_autofree char *left = NULL;

          if (kind < 2)
            memset (data + start, kind == 0 ? 0 : 0xa5, PAGE);
          else if (kind == 2)
            data[start + PAGE - 100] ^= 1;
          empty_folder (folder);
          store (folder, "mirror.db", data, kind == 3 ? start + 100 : length);
          store_bytes (folder, "unsent.log", unsent);
          mirror = fixture_open (folder);
          /* Some damage is only met later. */
          fixture_enqueue (mirror, 1, "z-after", "written after");
          fixture_discard (mirror, "z-after");
          fixture_close (mirror);
          left = describe (folder);
          g_assert_cmpstr (left, ==, expected);
        }
    }
  empty_folder (folder);
  fixture_remove_folder (folder);
}

/* The bytes that decide whether the mirror can be opened, with each bit flipped: those that SQLite
 * reads first (a higher version, too, is damage and not a newer Confab), and the user id. */
static void
test_flipped_beginnings (void)
{
  static const struct
  {
    const char *text; /* (nullable): search for this; else @at is an offset in the file */
    gsize at;
    gsize length;
  } places[] = { { NULL, 0, 100 }, { "self_user_id", 0, 13 }, { "schema_version", 0, 15 } };
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autofree char *expected = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) unsent = NULL;
  const char *bytes;
  gsize length;

  fill (mirror, 3);
  fixture_close (mirror);
  expected = describe (folder);
  whole = load (folder, "mirror.db");
  unsent = load (folder, "unsent.log");
  bytes = g_bytes_get_data (whole, &length);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const char *text = places[i].text;
      gsize start = 0;

      for (gsize at = 0; text != NULL && at + strlen (text) < length; at++)
        {
          if (memcmp (bytes + at, text, strlen (text)) == 0)
            start = at;
        }
      for (gsize bit = 0; bit < 8 * places[i].length; bit++)
        {
          g_autofree char *data = g_memdup2 (bytes, length);
          g_autofree char *left = NULL;

          data[start + places[i].at + bit / 8] ^= (char)(1 << bit % 8);
          empty_folder (folder);
          store (folder, "mirror.db", data, length);
          store_bytes (folder, "unsent.log", unsent);
          g_test_message ("%" G_GSIZE_FORMAT " %" G_GSIZE_FORMAT, i, bit);
          left = look (folder, NULL);
          g_assert_cmpstr (left, ==, expected);
        }
    }
  empty_folder (folder);
  fixture_remove_folder (folder);
}

/* A truncated mirror still provides what it can if the unsent file is lost, too. */
static void
test_salvage_cut_mirror (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autofree char *expected = NULL;
  g_autofree char *left = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (ConfabRows) rows = NULL;

  fill (mirror, N_WAITING);
  rows = fixture_conversation (2, 200, 20);
  fixture_apply (mirror, rows);
  fixture_close (mirror);
  expected = describe (folder);
  whole = load (folder, "mirror.db");
  empty_folder (folder);
  store (folder, "mirror.db", g_bytes_get_data (whole, NULL),
         g_bytes_get_size (whole) - (gsize)PAGE);
  left = look (folder, NULL);
  g_assert_cmpstr (left, ==, expected);
  empty_folder (folder);
  fixture_remove_folder (folder);
}

static void
exec (const char *folder, const char *sql)
{
  g_autofree char *path = path_in (folder, "mirror.db");
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

/* Wrong tables are treated like any damage. */
static void
test_other_tables (void)
{
  static const char *const changes[] = {
    "DROP TABLE outbox",
    "DROP TABLE drafts",
    "DROP TABLE messages",
    "DROP TABLE meta",
    "DROP INDEX messages_timeline",
    "ALTER TABLE users DROP COLUMN about",
    "ALTER TABLE outbox RENAME TO outbax",
    "CREATE TRIGGER t BEFORE INSERT ON outbox BEGIN SELECT RAISE (IGNORE); END",
    "PRAGMA user_version = 0",
    "PRAGMA user_version = -7",
    "PRAGMA user_version = 2",
    "PRAGMA user_version = 9999",
    "UPDATE meta SET value = 2 WHERE key = 'schema_version'",
    "DELETE FROM meta WHERE key = 'schema_version'",
    "ALTER TABLE meta RENAME COLUMN value TO text",
    "DELETE FROM meta",
  };
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autofree char *expected = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) unsent = NULL;

  fill (mirror, N_WAITING);
  fixture_close (mirror);
  expected = describe (folder);
  whole = load (folder, "mirror.db");
  unsent = load (folder, "unsent.log");
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *left = NULL;

      empty_folder (folder);
      store_bytes (folder, "mirror.db", whole);
      store_bytes (folder, "unsent.log", unsent);
      exec (folder, changes[i]);
      left = look (folder, NULL);
      g_test_message ("%s", changes[i]);
      g_assert_cmpstr (left, ==, expected);
    }
  empty_folder (folder);
  fixture_remove_folder (folder);
}

/* An insert that stores nothing fails. */
static void
test_nothing_stored (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autoptr (GError) error = NULL;

  fixture_exec_on_writer (mirror, "CREATE TRIGGER t BEFORE INSERT ON outbox"
                                  " BEGIN SELECT RAISE (IGNORE); END");
  g_assert_false (fixture_try_enqueue (mirror, 1, "lost", "text", &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE);
  fixture_exec_on_writer (mirror, "DROP TRIGGER t");
  fixture_enqueue (mirror, 1, "kept", "text");
  fixture_close (mirror);
  empty_folder (folder);
  fixture_remove_folder (folder);
}

/* ---- a crash between any two writes ---- */

#define N_STEPS 12

static void
make_step (ConfabMirror *mirror, int step)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 3, 10);
  g_autoptr (ConfabRows) answer = confab_rows_new ();
  g_autofree char *client_id = g_strdup_printf ("step-%d", step);

  switch (step)
    {
    case 0:
      fixture_apply (mirror, rows);
      break;
    case 3:
      fixture_discard (mirror, "step-1");
      break;
    case 5:
      fixture_add_message (answer, 1, SELF, 4, 20);
      g_set_str (&((ConfabMessageRow *)answer->messages->pdata[0])->client_id, "step-2");
      fixture_apply (mirror, answer);
      break;
    case 7:
      fixture_mark_unsent (mirror, "step-4", CONFAB_OUTBOX_FAILED, 3);
      break;
    case 8:
    case 9:
      g_assert_true (fixture_try_draft (mirror, 1, client_id, NULL));
      break;
    case 10:
      g_assert_true (fixture_try_draft (mirror, 1, NULL, NULL));
      break;
    default:
      fixture_enqueue (mirror, 1, client_id, "text");
      break;
    }
}

/* However much the mirror contains, or has lost because its log was not on the disk, the unsent
 * file decides. */
static void
test_crash_points (void)
{
  char *folder = fixture_make_folder ();
  char *crashed = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  GBytes *mirrors[N_STEPS + 1][2];
  GBytes *unsents[N_STEPS + 1];
  char *expected[N_STEPS + 1];

  for (int step = 0; step <= N_STEPS; step++)
    {
      for (gsize i = 0; i < 2; i++)
        mirrors[step][i] = load (folder, mirror_files[i]);
      unsents[step] = load (folder, "unsent.log");
      expected[step] = describe (folder);
      if (step < N_STEPS)
        make_step (mirror, step);
    }
  fixture_close (mirror);
  for (int at = 0; at <= N_STEPS; at++)
    {
      for (int behind = 0; behind <= at; behind++)
        {
          g_autofree char *left = NULL;

          empty_folder (crashed);
          for (gsize i = 0; i < 2; i++)
            store_bytes (crashed, mirror_files[i], mirrors[behind][i]);
          store_bytes (crashed, "unsent.log", unsents[at]);
          left = look (crashed, NULL);
          g_assert_cmpstr (left, ==, expected[at]);
          /* Opening again applies nothing twice. */
          g_free (left);
          left = look (crashed, NULL);
          g_assert_cmpstr (left, ==, expected[at]);
        }
    }
  for (int step = 0; step <= N_STEPS; step++)
    {
      for (gsize i = 0; i < 2; i++)
        g_clear_pointer (&mirrors[step][i], g_bytes_unref);
      g_bytes_unref (unsents[step]);
      g_free (expected[step]);
    }
  empty_folder (crashed);
  fixture_remove_folder (crashed);
  fixture_remove_folder (folder);
}

/* The unsent file was written, but the mirror's commit failed: the file is restored. */
static void
test_commit_fails (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (9000, 'x');
  g_autofree char *limit = NULL;

  fixture_enqueue (mirror, 1, "first", "text");
  limit = g_strdup_printf ("PRAGMA max_page_count = %d",
                           (int)fixture_query (folder, "PRAGMA page_count"));
  fixture_exec_on_writer (mirror, limit);
  before = load (folder, "unsent.log");
  g_assert_false (fixture_try_enqueue (mirror, 1, "second", text, &error));
  after = load (folder, "unsent.log");
  g_assert_cmpint (g_bytes_compare (before, after), ==, 0);
  fixture_close (mirror);
  empty_folder (folder);
  fixture_remove_folder (folder);
}

/* ---- size ---- */

/* Sent texts do not remain in the file for long. */
static void
test_stays_small (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autofree char *text = g_strnfill (2000, 'x');
  g_autofree char *expected = NULL;
  g_autofree char *left = NULL;
  g_autoptr (GBytes) data = NULL;

  fixture_enqueue (mirror, 1, "stays", "to the end");
  for (int i = 0; i < 100; i++)
    {
      g_autofree char *client_id = g_strdup_printf ("goes-%d", i);

      fixture_enqueue (mirror, 1, client_id, text);
      fixture_discard (mirror, client_id);
      data = load (folder, "unsent.log");
      g_assert_cmpuint (g_bytes_get_size (data), <, 30000);
      g_clear_pointer (&data, g_bytes_unref);
    }
  fixture_close (mirror);
  expected = describe (folder);
  g_assert_cmpstr (expected, ==, "stays to the end 0\n");
  remove_file (folder, "mirror.db");
  left = look (folder, NULL);
  g_assert_cmpstr (left, ==, expected);
  empty_folder (folder);
  fixture_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unsent/flipped-bits", test_flipped_bits);
  g_test_add_func ("/unsent/lost", test_lost);
  g_test_add_func ("/unsent/damaged-text", test_damaged_text);
  g_test_add_func ("/unsent/cut-short", test_cut_short);
  g_test_add_func ("/unsent/no-file", test_no_file);
  g_test_add_func ("/unsent/gone-while-open", test_gone_while_open);
  g_test_add_func ("/unsent/newer", test_newer);
  g_test_add_func ("/unsent/flipped-log", test_flipped_log);
  g_test_add_func ("/unsent/damaged-mirror", test_damaged_mirror);
  g_test_add_func ("/unsent/flipped-beginnings", test_flipped_beginnings);
  g_test_add_func ("/unsent/salvage-cut-mirror", test_salvage_cut_mirror);
  g_test_add_func ("/unsent/other-tables", test_other_tables);
  g_test_add_func ("/unsent/nothing-stored", test_nothing_stored);
  g_test_add_func ("/unsent/crash-points", test_crash_points);
  g_test_add_func ("/unsent/commit-fails", test_commit_fails);
  g_test_add_func ("/unsent/stays-small", test_stays_small);
  return g_test_run ();
}
