/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Maintaining the database: backups during writes, findings of the check, query plans. */

#include "backend-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>

#define FIXTURE_TEST(path, func) g_test_add (path, BackendFixture, NULL, set_up, func, tear_down)

static void
set_up (BackendFixture *fixture, gconstpointer data)
{
  gint64 users[4];
  gint64 group, direct;

  backend_fixture_set_up (fixture);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("user%u", i);

      users[i] = fixture_user (fixture, name);
    }
  group = fixture_group (fixture, users[0], 2, &users[1]);
  direct = fixture_direct (fixture, users[0], users[1]);
  for (guint i = 0; i < 5; i++)
    {
      fixture_send (fixture, users[i % 2], group, "x");
      fixture_send (fixture, users[i % 2], direct, "y");
    }
  confab_outcome_unref (fixture_do (fixture, command_read (users[0], group, 3)));
}

static void
tear_down (BackendFixture *fixture, gconstpointer data)
{
  backend_fixture_tear_down (fixture);
}

static void
test_backup_while_writing (BackendFixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->directory, "copy.db", NULL);
  g_autofree char *part = g_strconcat (copy, ".part", NULL);
  ConfabWriter *writer = confab_writer_new (g_steal_pointer (&fixture->writer), NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (ConfabDatabase) reader = NULL;
  g_autofree char *copied = NULL;
  g_autofree char *epoch = NULL;
  gint64 head_before = fixture_head (fixture), head = 0;
  GStatBuf status;

  for (guint i = 0; i < 3000; i++)
    g_assert_true (
        confab_writer_submit (writer, command_send (1, 1, NULL, "meanwhile"), NULL, NULL));
  g_assert_true (confab_backend_backup (fixture->path, copy, &error));
  g_assert_no_error (error);
  confab_writer_free (writer);

  findings = confab_backend_check (copy, &error);
  g_assert_no_error (error);
  g_assert_cmpint (findings->len, ==, 0);
  reader = confab_backend_open_to_read (copy, &error);
  g_assert_no_error (error);
  g_assert_true (confab_backend_get_head (reader, &head, NULL));
  g_assert_cmpint (head, >=, head_before);
  g_assert_cmpint (head, <=, fixture_head (fixture));
  copied = confab_backend_get_epoch (reader, &error);
  epoch = confab_backend_get_epoch (fixture->reader, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (copied, !=, epoch);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (copy, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  fixture_check (fixture);
}

static void
test_backup_refused (BackendFixture *fixture, gconstpointer data)
{
  g_autofree char *taken = g_build_filename (fixture->directory, "taken", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (taken, "mine", -1, NULL));
  g_assert_false (confab_backend_backup (fixture->path, taken, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  g_assert_true (g_file_get_contents (taken, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "mine");
  g_clear_error (&error);

  g_assert_false (confab_backend_backup (fixture->path, "/nowhere/at.db", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (confab_backend_backup ("/nowhere/at.db", "copy", &error));
  g_assert_nonnull (error);
}

typedef struct
{
  const char *damage;
  const char *finding;
} Damage;

static const Damage damages[] = {
  { "DELETE FROM messages WHERE conversation_id = 1 AND seq = 3", "numbered" },
  { "UPDATE conversations SET last_seq = 9 WHERE id = 1", "numbered" },
  { "DELETE FROM clock", "clock" },
  { "UPDATE clock SET rev = 3", "beyond the clock" },
  { "UPDATE messages SET rev = (SELECT max (rev) FROM messages) WHERE seq = 5", "one revision" },
  { "UPDATE messages SET rev = 1 WHERE conversation_id = 1 AND seq = 3",
    "order of their revisions" },
  { "UPDATE conversations SET rev = 1, head_rev = 1 WHERE id = 1", "behind what hangs on it" },
  { "UPDATE conversation_users SET left_at = 1 WHERE conversation_id = 2 AND user_id = 1",
    "two people" },
  { "UPDATE conversations SET direct_key = '1:3' WHERE id = 2", "key" },
  { "UPDATE messages SET sender_id = 4 WHERE id = 1", "never in the conversation" },
  { "UPDATE read_positions SET last_read_seq = 99", "more is read" },
  { "UPDATE read_positions SET user_id = 4", "not in the conversation" },
  { "PRAGMA foreign_keys = OFF; UPDATE messages SET sender_id = 77 WHERE id = 1", "leads nowhere" },
};

static void
test_check_finds (gconstpointer data)
{
  const Damage *damage = data;
  BackendFixture fixture = { 0 };
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  set_up (&fixture, NULL);
  fixture_check (&fixture);
  fixture_exec (&fixture, damage->damage);
  findings = confab_backend_check (fixture.path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    found = found || strstr (findings->pdata[i], damage->finding) != NULL;
  g_assert_true (found);
  tear_down (&fixture, NULL);
}

/* The check never crashes on a damaged file: it says so, in one way or the other. */
static void
test_check_damaged_file (BackendFixture *fixture, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_clear_object (&fixture->writer);
  g_clear_pointer (&fixture->reader, confab_database_close);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));

  for (gsize page = 0; page < length / 4096; page++)
    {
      g_autofree char *damaged = g_memdup2 (contents, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) findings = NULL;

      memset (damaged + page * 4096, 0xa5, 4096);
      g_assert_true (g_file_set_contents (fixture->path, damaged, length, NULL));
      findings = confab_backend_check (fixture->path, &error);
      g_assert_true (findings == NULL ? error != NULL : findings->len > 0);
    }
}

static void
test_newer_schema (BackendFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_exec (fixture, "PRAGMA user_version = 99");
  g_assert_null (confab_backend_open_to_write (fixture->path, &error));
  g_assert_nonnull (error);
}

static void
list_cb (const ConfabUserRow *user, const char *rolename, const char *state, gpointer user_data)
{
  g_assert_cmpstr (rolename, ==, "user");
  g_assert_cmpstr (state, ==, "active");
  g_string_append_printf (user_data, "%s ", user->email);
}

static void
test_list_users (BackendFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) emails = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (confab_backend_list_users (fixture->reader, list_cb, emails, &error));
  g_assert_cmpstr (emails->str, ==,
                   "user0@example.org user1@example.org user2@example.org user3@example.org ");
}

/* Frequent queries use indexes: none scans a table or sorts. */
static const char *const queries[] = {
  "SELECT id, password FROM users WHERE username_key = ?1 OR email_key = ?1",
  "SELECT id FROM users WHERE username_key >= ?1 AND username_key < ?2"
  " ORDER BY username_key LIMIT ?3",
  "SELECT m.conversation_id, m.joined_rev, m.left_at IS NOT NULL, m.id, m.rev, c.rev"
  "  FROM conversation_users AS m JOIN conversations AS c ON c.id = m.conversation_id"
  " WHERE m.user_id = ?1 AND c.head_rev > ?2",
  "SELECT id, rev FROM messages WHERE conversation_id = ?1 AND rev > ?2 ORDER BY rev LIMIT ?3",
  "SELECT m.id, m.rev FROM conversation_users AS mine"
  "  JOIN conversations AS c ON c.id = mine.conversation_id"
  "  JOIN conversation_users AS m ON m.conversation_id = c.id"
  " WHERE mine.user_id = ?1 AND mine.left_at IS NULL AND mine.joined_rev <= ?2"
  "   AND c.head_rev > ?2 AND m.rev > ?2",
  "SELECT r.conversation_id, r.rev"
  "  FROM read_positions AS r JOIN conversation_users AS m"
  "    ON m.conversation_id = r.conversation_id AND m.user_id = r.user_id"
  " WHERE r.user_id = ?1 AND r.rev > ?2 AND m.joined_rev <= ?2",
  "SELECT id FROM messages WHERE conversation_id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3",
  "SELECT id, content = ?4 FROM messages"
  " WHERE conversation_id = ?1 AND sender_id = ?2 AND client_id = ?3",
  "SELECT id, rev FROM users WHERE ?2 > 0 AND rev > ?2 AND rev <> created_rev"
  "   AND EXISTS (SELECT 1 FROM conversation_users AS theirs"
  "                 JOIN conversation_users AS mine USING (conversation_id)"
  "                WHERE theirs.user_id = users.id AND mine.user_id = ?1 AND mine.left_at IS NULL)",
  "DELETE FROM sessions WHERE created_at <= ?1",
  "SELECT id, client_digest = ?3 FROM conversations WHERE creator_id = ?1 AND client_id = ?2"
  " UNION ALL SELECT id, TRUE FROM conversations WHERE direct_key = ?4",
};

static void
test_query_plans (BackendFixture *fixture, gconstpointer data)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open_v2 (fixture->path, &handle, SQLITE_OPEN_READONLY, NULL), ==,
                   SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", queries[i], NULL);
      sqlite3_stmt *statement = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
      while (sqlite3_step (statement) == SQLITE_ROW)
        {
          const char *detail = (const char *)sqlite3_column_text (statement, 3);

          g_test_message ("%s", detail);
          g_assert_false (g_str_has_prefix (detail, "SCAN"));
          g_assert_null (strstr (detail, "TEMP B-TREE"));
        }
      sqlite3_finalize (statement);
    }
  sqlite3_close (handle);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/backend/backup/while-writing", test_backup_while_writing);
  FIXTURE_TEST ("/backend/backup/refused", test_backup_refused);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/backend/check/finds-%02u", i);

      g_test_add_data_func (path, &damages[i], test_check_finds);
    }
  FIXTURE_TEST ("/backend/check/damaged-file", test_check_damaged_file);
  FIXTURE_TEST ("/backend/newer-schema", test_newer_schema);
  FIXTURE_TEST ("/backend/list-users", test_list_users);
  FIXTURE_TEST ("/backend/query-plans", test_query_plans);

  return g_test_run ();
}
