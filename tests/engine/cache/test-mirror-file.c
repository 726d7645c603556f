/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The mirror's file: its modes, damage, newer versions, a full disk, and rebuilding. */

#include "mirror-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "confab-engine-error.h"

#define N_MESSAGES 300

static char *
path_in (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
assert_mode (const char *path, guint mode)
{
  GStatBuf buffer;

  g_assert_cmpint (g_stat (path, &buffer), ==, 0);
  g_assert_cmphex (buffer.st_mode & 0777, ==, mode);
}

static void
test_private (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *inner = path_in (folder, "account");
  g_autofree char *file = path_in (inner, "mirror.db");
  g_autofree char *wal = path_in (inner, "mirror.db-wal");
  g_autofree char *unsent = path_in (inner, "unsent.log");
  g_autofree char *lock = path_in (inner, "lock");
  ConfabMirror *mirror = fixture_open (inner);

  g_assert_cmpint (confab_mirror_get_origin (mirror), ==, CONFAB_MIRROR_FRESH);
  assert_mode (inner, 0700);
  assert_mode (file, 0600);
  assert_mode (wal, 0600);
  assert_mode (unsent, 0600);
  assert_mode (lock, 0600);
  fixture_close (mirror);
  g_assert_cmpint (g_unlink (lock), ==, 0);
  g_assert_cmpint (g_unlink (unsent), ==, 0);
  g_assert_cmpint (g_unlink (file), ==, 0);
  g_assert_cmpint (g_rmdir (inner), ==, 0);
  fixture_remove_folder (folder);
}

static void
test_newer (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *file = path_in (folder, "mirror.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *database = NULL;
  gsize before_length;
  gsize after_length;

  fixture_close (fixture_open (folder));
  g_assert_cmpint (sqlite3_open (file, &database), ==, SQLITE_OK);
  sqlite3_exec (database,
                "PRAGMA user_version = 9999;"
                "UPDATE meta SET value = '9999' WHERE key = 'schema_version'",
                NULL, NULL, NULL);
  sqlite3_close (database);
  g_assert_true (g_file_get_contents (file, &before, &before_length, NULL));
  g_assert_null (fixture_try_open (folder, &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_MIRROR_NEWER);
  g_assert_true (g_file_get_contents (file, &after, &after_length, NULL));
  g_assert_cmpmem (before, before_length, after, after_length);
  fixture_remove_folder (folder);
}

static void
test_another_person (void)
{
  char *folder = fixture_make_folder ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture_close (fixture_open (folder));
  confab_mirror_open_async (folder, ANN, NULL, fixture_result_cb, &result);
  g_assert_null (confab_mirror_open_finish (fixture_wait (&result), &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE);
  g_assert_cmpint (fixture_query (folder, "SELECT value FROM meta WHERE key = 'self_user_id'"), ==,
                   SELF);
  fixture_remove_folder (folder);
}

/* ---- damage ---- */

/* Make a mirror with many pages in every table. */
static ConfabRows *
fill (ConfabMirror *mirror)
{
  ConfabRows *rows = fixture_conversation (1, N_MESSAGES, 10);
  g_autofree char *text = g_strnfill (3000, 'x');

  g_assert_true (fixture_try_apply (mirror, rows, NULL, "e:10", NULL));
  for (int i = 0; i < 12; i++)
    {
      g_autofree char *client_id = g_strdup_printf ("unsent-%02d", i);

      fixture_enqueue (mirror, 1, client_id, text);
      g_assert_true (fixture_try_draft (mirror, i + 1, text, NULL));
    }
  return rows;
}

static void
rebuilt_cb (ConfabMirror *mirror, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

/* Read and write every table. No errors are expected, because damage is repaired. */
static void
use_all (ConfabMirror *mirror)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabConversationSummary) summary = fixture_summary (mirror, 1);
  g_autoptr (GPtrArray) unsent = fixture_unsent (mirror);
  g_autoptr (GPtrArray) untold = fixture_untold (mirror);
  g_autoptr (ConfabMessagePage) page = NULL;

  confab_mirror_read_messages_async (mirror, 1, 0, 10000, NULL, fixture_result_cb, &result);
  page = confab_mirror_read_messages_finish (mirror, fixture_wait (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < page->messages->len; i++)
    {
      const ConfabMessageRow *row = page->messages->pdata[i];
      g_autofree char *expected = g_strdup_printf ("message %d", (int)row->seq);

      g_assert_cmpstr (row->content, ==, expected);
    }
  g_assert_true (fixture_try_draft (mirror, 3, "written after", &error));
  fixture_enqueue (mirror, 1, "after", "written after");
  fixture_mark_read (mirror, 1, 5);
}

static void
damage (char *data, gsize length, gsize page, gsize page_size, int kind, gsize *new_length)
{
  *new_length = length;
  if (kind == 0)
    memset (data + page * page_size, 0, page_size);
  else if (kind == 1)
    memset (data + page * page_size, 0xa5, page_size);
  else
    *new_length = page * page_size + 100;
}

static gboolean
has_damaged_copy (const char *folder)
{
  g_autofree char *aside = path_in (folder, "mirror.db.damaged-1");

  return g_file_test (aside, G_FILE_TEST_EXISTS);
}

/* Open @data as a mirror, use it, sync from the beginning, and check the result. */
static void
survive (const char *data, gsize length, ConfabRows *rows, const char *expected, guint *n_rebuilt)
{
  char *folder = fixture_make_folder ();
  g_autofree char *file = path_in (folder, "mirror.db");
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;
  gboolean rebuilt = FALSE;
  ConfabMirror *mirror;

  g_assert_true (g_file_set_contents (file, data, length, NULL));
  mirror = fixture_open (folder);
  g_signal_connect (mirror, "rebuilt", G_CALLBACK (rebuilt_cb), &rebuilt);
  rebuilt = confab_mirror_get_origin (mirror) == CONFAB_MIRROR_REBUILT;
  use_all (mirror);
  fixture_try_apply (mirror, rows, confab_mirror_get_cursor (mirror), "e:10", &error);
  if (confab_mirror_get_cursor (mirror) == NULL) /* the apply met the damage */
    {
      g_clear_error (&error);
      fixture_try_apply (mirror, rows, NULL, "e:10", &error);
    }
  g_assert_no_error (error);
  g_assert_cmpint (rebuilt, ==, has_damaged_copy (folder));
  fixture_close (mirror);
  g_assert_cmpint (fixture_query (folder, "SELECT count (*) FROM outbox WHERE client_id = 'after'"),
                   ==, 1);
  g_assert_cmpint (
      fixture_query (folder,
                     "SELECT content = 'written after' FROM drafts WHERE conversation_id = 3"),
      ==, 1);
  if (rebuilt)
    {
      dump = fixture_dump (folder);
      g_assert_cmpstr (dump, ==, expected);
      (*n_rebuilt)++;
    }
  fixture_remove_folder (folder);
}

static void
test_damage (void)
{
  g_autoptr (ConfabRows) rows = NULL;
  char *folder = fixture_make_folder ();
  g_autofree char *file = path_in (folder, "mirror.db");
  g_autofree char *expected = NULL;
  g_autofree char *whole = NULL;
  ConfabMirror *mirror = fixture_open (folder);
  gsize length;
  gsize page_size;
  guint n_rebuilt = 0;

  rows = fill (mirror);
  fixture_close (mirror);
  expected = fixture_dump (folder);
  page_size = (gsize)fixture_query (folder, "PRAGMA page_size");
  g_assert_true (g_file_get_contents (file, &whole, &length, NULL));
  for (int kind = 0; kind < 3; kind++)
    {
      for (gsize page = 0; page < length / page_size; page++)
        {
          g_autofree char *data = g_memdup2 (whole, length);
          gsize new_length;

          damage (data, length, page, page_size, kind, &new_length);
          survive (data, new_length, rows, expected, &n_rebuilt);
        }
    }
  g_test_message ("%u of %u damaged files were made anew", n_rebuilt,
                  (guint)(3 * (length / page_size)));
  g_assert_cmpuint (n_rebuilt, >, length / page_size);
  fixture_remove_folder (folder);
}

/* Overwrite the root page of @table in a file that is not open. */
static void
destroy_table (const char *folder, const char *table)
{
  g_autofree char *file = path_in (folder, "mirror.db");
  g_autofree char *sql =
      g_strdup_printf ("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", table);
  g_autofree char *data = NULL;
  gint64 page_size = fixture_query (folder, "PRAGMA page_size");
  gint64 page = fixture_query (folder, sql);
  gsize length;

  g_assert_true (g_file_get_contents (file, &data, &length, NULL));
  memset (data + (page - 1) * page_size, 0, page_size);
  g_assert_true (g_file_set_contents (file, data, length, NULL));
}

/* Damage to synchronised tables loses nothing that the user wrote. */
static void
test_salvage (void)
{
  char *folder = fixture_make_folder ();
  g_autoptr (ConfabRows) rows = NULL;
  ConfabMirror *mirror = fixture_open (folder);

  rows = fill (mirror);
  fixture_close (mirror);
  destroy_table (folder, "messages");

  mirror = fixture_open (folder);
  g_clear_pointer (&rows, confab_rows_unref);
  rows = fixture_conversation (1, 1, 10);
  /* this call meets the damage, waits for the new file and succeeds */
  fixture_apply (mirror, rows);
  g_assert_cmpint (confab_mirror_get_origin (mirror), ==, CONFAB_MIRROR_REBUILT);
  g_assert_null (confab_mirror_get_cursor (mirror));
  g_assert_cmpuint (confab_mirror_get_unsent_count (mirror), ==, 12);
  fixture_close (mirror);
  g_assert_cmpint (
      fixture_query (folder, "SELECT count (*) FROM drafts WHERE length (content) = 3000"), ==, 12);
  g_assert_cmpint (
      fixture_query (
          folder,
          "SELECT group_concat (client_id) = 'unsent-00,unsent-01,unsent-02,unsent-03,unsent-04,"
          "unsent-05,unsent-06,unsent-07,unsent-08,unsent-09,unsent-10,unsent-11' FROM"
          " (SELECT client_id FROM outbox ORDER BY id)"),
      ==, 1);
  fixture_remove_folder (folder);
}

/* Many calls meet the damage at the same time: one replacement, and all succeed. */
static void
test_many_calls (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *second = path_in (folder, "mirror.db.damaged-2");
  g_autoptr (ConfabRows) rows = NULL;
  ConfabMirror *mirror = fixture_open (folder);
  GAsyncResult *reads[10] = { NULL };
  GAsyncResult *writes[10] = { NULL };

  rows = fill (mirror);
  fixture_close (mirror);
  destroy_table (folder, "messages");
  mirror = fixture_open (folder);
  for (guint i = 0; i < G_N_ELEMENTS (reads); i++)
    {
      g_autofree char *client_id = g_strdup_printf ("late-%u", i);

      confab_mirror_read_messages_async (mirror, 1, 0, 100, NULL, fixture_result_cb, &reads[i]);
      confab_mirror_enqueue_async (mirror, 1, client_id, "text", 1, NULL, fixture_result_cb,
                                   &writes[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (reads); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabMessagePage) page =
          confab_mirror_read_messages_finish (mirror, fixture_wait (&reads[i]), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (page->messages->len, ==, 0);
      confab_mirror_write_finish (mirror, fixture_wait (&writes[i]), &error);
      g_assert_no_error (error);
      g_clear_object (&reads[i]);
      g_clear_object (&writes[i]);
    }
  g_assert_cmpuint (confab_mirror_get_unsent_count (mirror), ==, 22);
  g_assert_true (has_damaged_copy (folder));
  g_assert_false (g_file_test (second, G_FILE_TEST_EXISTS));
  fixture_close (mirror);
  g_assert_cmpint (fixture_query (folder, "SELECT count (*) FROM outbox"), ==, 22);
  fixture_remove_folder (folder);
}

/* After a crash (the log still exists) opening checks all pages. */
static void
test_after_crash (void)
{
  char *folder = fixture_make_folder ();
  char *crashed = fixture_make_folder ();
  static const char *const names[] = { "mirror.db", "mirror.db-wal" };
  g_autoptr (ConfabRows) rows = NULL;
  ConfabMirror *mirror = fixture_open (folder);

  rows = fill (mirror);
  fixture_close (mirror);
  destroy_table (folder, "messages");
  mirror = fixture_open (folder);
  fixture_enqueue (mirror, 1, "in the log", "only there yet");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from = path_in (folder, names[i]);
      g_autofree char *to = path_in (crashed, names[i]);
      g_autofree char *data = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (from, &data, &length, NULL));
      g_assert_true (g_file_set_contents (to, data, length, NULL));
    }
  fixture_close (mirror);
  mirror = fixture_open (crashed);
  g_assert_cmpint (confab_mirror_get_origin (mirror), ==, CONFAB_MIRROR_REBUILT);
  g_assert_cmpuint (confab_mirror_get_unsent_count (mirror), ==, 13);
  fixture_close (mirror);
  fixture_remove_folder (crashed);
  fixture_remove_folder (folder);
}

/* The program ended between the two renames of a replacement. */
static void
test_half_exchanged (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *file = path_in (folder, "mirror.db");
  g_autofree char *new_file = path_in (folder, "mirror.db.new");
  ConfabMirror *mirror = fixture_open (folder);

  fixture_enqueue (mirror, 1, "saved", "text");
  fixture_close (mirror);
  g_assert_cmpint (g_rename (file, new_file), ==, 0);
  mirror = fixture_open (folder);
  g_assert_cmpuint (confab_mirror_get_unsent_count (mirror), ==, 1);
  fixture_close (mirror);
  fixture_remove_folder (folder);
}

/* ---- a full disk ---- */

static void
test_full (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autoptr (ConfabRows) rows = fixture_conversation (1, N_MESSAGES, 10);
  g_autofree char *text = g_strnfill (9000, 'x');
  g_autofree char *dump = NULL;
  g_autofree char *limit = NULL;
  g_autoptr (GError) error = NULL;
  guint n_enqueued = 0;

  limit = g_strdup_printf ("PRAGMA max_page_count = %d",
                           (int)fixture_query (folder, "PRAGMA page_count") + 4);
  fixture_exec_on_writer (mirror, limit);
  g_assert_false (fixture_try_apply (mirror, rows, NULL, "e:10", &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_DISK_FULL);
  g_clear_error (&error);
  g_assert_null (confab_mirror_get_cursor (mirror));
  g_assert_cmpint (fixture_query (folder, "SELECT count (*) FROM messages"), ==, 0);
  while (error == NULL)
    {
      g_autofree char *client_id = g_strdup_printf ("m%u", n_enqueued);

      if (fixture_try_enqueue (mirror, 1, client_id, text, &error))
        n_enqueued++;
    }
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_DISK_FULL);
  g_clear_error (&error);
  g_assert_cmpuint (n_enqueued, >, 0);
  g_assert_cmpuint (confab_mirror_get_unsent_count (mirror), ==, n_enqueued);
  g_assert_false (fixture_try_draft (mirror, 1, text, &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_DISK_FULL);
  g_clear_error (&error);

  /* With room again, the same calls succeed. */
  fixture_exec_on_writer (mirror, "PRAGMA max_page_count = 100000");
  g_assert_true (fixture_try_apply (mirror, rows, NULL, "e:10", &error));
  g_assert_true (fixture_try_draft (mirror, 1, text, &error));
  g_assert_cmpint (fixture_query (folder, "SELECT count (*) FROM outbox"), ==, n_enqueued);
  dump = fixture_dump (folder);
  g_assert_nonnull (strstr (dump, "message 300"));
  fixture_close (mirror);
  fixture_remove_folder (folder);
}

/* ---- rebuilding ---- */

static void
everything_cb (ConfabMirror *mirror, ConfabChanges *changes, gpointer user_data)
{
  if (changes->everything)
    *(gboolean *)user_data = TRUE;
}

static void
test_rebuild (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autoptr (ConfabRows) old = fixture_conversation (1, 9, 10);
  g_autoptr (ConfabRows) gone = fixture_conversation (2, 9, 10);
  g_autoptr (ConfabRows) fresh = fixture_conversation (1, 12, 50);
  g_autoptr (ConfabRows) answer = confab_rows_new ();
  g_autoptr (ConfabConversationSummary) meanwhile = NULL;
  g_autoptr (ConfabConversationSummary) after = NULL;
  g_autoptr (GPtrArray) unsent = NULL;
  g_autoptr (GPtrArray) untold = NULL;
  gboolean everything = FALSE;

  g_assert_true (fixture_try_apply (mirror, old, NULL, "old:10", NULL));
  fixture_apply (mirror, gone);
  fixture_enqueue (mirror, 1, "waits", "still to be sent");
  fixture_enqueue (mirror, 1, "arrived", "sent, but the answer was lost");
  g_assert_true (fixture_try_draft (mirror, 1, "half a thought", NULL));
  fixture_mark_read (mirror, 1, 8);
  g_signal_connect (mirror, "changed", G_CALLBACK (everything_cb), &everything);

  fixture_begin_rebuild (mirror);
  g_assert_true (confab_mirror_is_rebuilding (mirror));
  g_assert_null (confab_mirror_get_cursor (mirror));
  g_set_str (&((ConfabMessageRow *)fresh->messages->pdata[11])->client_id, "arrived");
  ((ConfabMessageRow *)fresh->messages->pdata[11])->sender_id = SELF;
  g_assert_true (fixture_try_apply (mirror, fresh, NULL, "new:50", NULL));
  g_assert_cmpstr (confab_mirror_get_cursor (mirror), ==, "new:50");
  meanwhile = fixture_summary (mirror, 1);
  g_assert_cmpint (meanwhile->last_seq, ==, 9); /* the present file stays readable */
  g_assert_false (everything);

  fixture_end_rebuild (mirror);
  g_assert_true (everything);
  g_assert_false (confab_mirror_is_rebuilding (mirror));
  g_assert_cmpstr (confab_mirror_get_cursor (mirror), ==, "new:50");
  after = fixture_summary (mirror, 1);
  g_assert_cmpint (after->last_seq, ==, 12);
  g_assert_cmpint (after->last_read_seq, ==, 8);
  g_assert_cmpuint (after->unread_count, ==, 2); /* 10, 11; 9 and 12 are the user's own */
  g_assert_cmpstr (after->draft, ==, "half a thought");
  g_assert_null (fixture_summary (mirror, 2));
  unsent = fixture_unsent (mirror);
  g_assert_cmpuint (unsent->len, ==, 1);
  g_assert_cmpstr (((ConfabOutboxRow *)unsent->pdata[0])->client_id, ==, "waits");
  g_assert_cmpuint (confab_mirror_get_unsent_count (mirror), ==, 1);
  untold = fixture_untold (mirror);
  g_assert_cmpuint (untold->len, ==, 1);
  fixture_close (mirror);
  fixture_remove_folder (folder);
}

/* Beginning while another rebuild ends: nothing is begun, nothing is lost. */
static void
test_rebuild_twice (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);

  fixture_enqueue (mirror, 1, "waits", "still to be sent");
  for (guint i = 1; i <= 20; i++)
    {
      g_autoptr (ConfabRows) rows = fixture_conversation (1, i, 50);
      g_autofree char *cursor = g_strdup_printf ("new:%u", i);
      g_autoptr (GAsyncResult) ended = NULL;
      g_autoptr (GAsyncResult) begun = NULL;

      fixture_begin_rebuild (mirror);
      g_assert_true (fixture_try_apply (mirror, rows, NULL, cursor, NULL));
      confab_mirror_end_rebuild_async (mirror, fixture_result_cb, &ended);
      confab_mirror_begin_rebuild_async (mirror, fixture_result_cb, &begun);
      g_assert_true (confab_mirror_write_finish (mirror, fixture_wait (&ended), NULL));
      g_assert_true (confab_mirror_write_finish (mirror, fixture_wait (&begun), NULL));
      g_assert_false (confab_mirror_is_rebuilding (mirror));
      g_assert_cmpstr (confab_mirror_get_cursor (mirror), ==, cursor);
      g_assert_cmpuint (confab_mirror_get_unsent_count (mirror), ==, 1);
    }
  fixture_close (mirror);
  fixture_remove_folder (folder);
}

/* Closing waits for a rebuild that has begun, so that no thread uses the folder afterwards. */
static void
test_rebuild_closed (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *left_over = path_in (folder, "mirror.db.new-wal");

  for (guint i = 0; i < 20; i++)
    {
      ConfabMirror *mirror = fixture_open (folder);
      g_autoptr (GAsyncResult) begun = NULL;
      g_autoptr (GAsyncResult) closed = NULL;

      confab_mirror_begin_rebuild_async (mirror, fixture_result_cb, &begun);
      confab_mirror_close_async (mirror, fixture_result_cb, &closed);
      g_assert_true (confab_mirror_close_finish (mirror, fixture_wait (&closed), NULL));
      g_assert_nonnull (begun);
      g_clear_object (&begun);
      g_clear_object (&closed);
      fixture_assert_finalized (mirror);
      g_assert_false (g_file_test (left_over, G_FILE_TEST_EXISTS)); /* put away: closed */
    }
  fixture_remove_folder (folder);
}

/* An unfinished rebuild changes nothing. */
static void
test_rebuild_abandoned (void)
{
  char *folder = fixture_make_folder ();
  ConfabMirror *mirror = fixture_open (folder);
  g_autoptr (ConfabRows) old = fixture_conversation (1, 9, 10);
  g_autoptr (ConfabRows) fresh = fixture_conversation (1, 12, 50);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *left_over = path_in (folder, "mirror.db.new");

  g_assert_true (fixture_try_apply (mirror, old, NULL, "old:10", NULL));
  before = fixture_dump (folder);
  fixture_begin_rebuild (mirror);
  g_assert_true (fixture_try_apply (mirror, fresh, NULL, "new:50", NULL));
  fixture_close (mirror);
  g_assert_true (g_file_test (left_over, G_FILE_TEST_EXISTS));
  mirror = fixture_open (folder);
  g_assert_false (g_file_test (left_over, G_FILE_TEST_EXISTS));
  g_assert_cmpstr (confab_mirror_get_cursor (mirror), ==, "old:10");
  after = fixture_dump (folder);
  g_assert_cmpstr (before, ==, after);
  fixture_close (mirror);
  fixture_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mirror/file/private", test_private);
  g_test_add_func ("/mirror/file/newer", test_newer);
  g_test_add_func ("/mirror/file/another-person", test_another_person);
  g_test_add_func ("/mirror/file/salvage", test_salvage);
  g_test_add_func ("/mirror/file/many-calls", test_many_calls);
  g_test_add_func ("/mirror/file/after-crash", test_after_crash);
  g_test_add_func ("/mirror/file/half-exchanged", test_half_exchanged);
  g_test_add_func ("/mirror/file/full", test_full);
  g_test_add_func ("/mirror/file/rebuild", test_rebuild);
  g_test_add_func ("/mirror/file/rebuild-twice", test_rebuild_twice);
  g_test_add_func ("/mirror/file/rebuild-closed", test_rebuild_closed);
  g_test_add_func ("/mirror/file/rebuild-abandoned", test_rebuild_abandoned);
  g_test_add_func ("/mirror/file/damage", test_damage);
  return g_test_run ();
}
