/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mirror-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "confab-mirror-private.h"

char *
fixture_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("confab-mirror-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
fixture_remove_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}

/* ---- blocking calls ---- */

void
fixture_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

GAsyncResult *
fixture_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

void
fixture_wait_until (gboolean *flag)
{
  while (!*flag)
    g_main_context_iteration (NULL, TRUE);
}

ConfabMirror *
fixture_try_open (const char *folder, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  confab_mirror_open_async (folder, SELF, NULL, fixture_result_cb, &result);
  return confab_mirror_open_finish (fixture_wait (&result), error);
}

ConfabMirror *
fixture_open (const char *folder)
{
  g_autoptr (GError) error = NULL;
  ConfabMirror *mirror = fixture_try_open (folder, &error);

  g_assert_no_error (error);
  return mirror;
}

void
fixture_close (ConfabMirror *mirror)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  confab_mirror_close_async (mirror, fixture_result_cb, &result);
  confab_mirror_close_finish (mirror, fixture_wait (&result), &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  fixture_assert_finalized (mirror);
}

/* The thread of a call that has ended may hold its task slightly longer. */
void
fixture_assert_finalized (gpointer object)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  gpointer left = object;

  g_object_add_weak_pointer (object, &left);
  g_object_unref (object);
  while (left != NULL && g_get_monotonic_time () < deadline)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
  g_assert_null (left);
}

gboolean
fixture_try_apply (ConfabMirror *mirror,
                   ConfabRows *rows,
                   const char *from,
                   const char *to,
                   GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  confab_mirror_apply_async (mirror, rows, from, to, NULL, fixture_result_cb, &result);
  return confab_mirror_apply_finish (mirror, fixture_wait (&result), error);
}

void
fixture_apply (ConfabMirror *mirror, ConfabRows *rows)
{
  g_autoptr (GError) error = NULL;

  fixture_try_apply (mirror, rows, NULL, NULL, &error);
  g_assert_no_error (error);
}

gboolean
fixture_try_enqueue (ConfabMirror *mirror,
                     gint64 conversation_id,
                     const char *client_id,
                     const char *content,
                     GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  confab_mirror_enqueue_async (mirror, conversation_id, client_id, content, 1000, NULL,
                               fixture_result_cb, &result);
  return confab_mirror_write_finish (mirror, fixture_wait (&result), error);
}

void
fixture_enqueue (ConfabMirror *mirror,
                 gint64 conversation_id,
                 const char *client_id,
                 const char *content)
{
  g_autoptr (GError) error = NULL;

  fixture_try_enqueue (mirror, conversation_id, client_id, content, &error);
  g_assert_no_error (error);
}

static void
finish_write (ConfabMirror *mirror, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  confab_mirror_write_finish (mirror, fixture_wait (result), &error);
  g_assert_no_error (error);
}

void
fixture_mark_unsent (ConfabMirror *mirror,
                     const char *client_id,
                     ConfabOutboxState state,
                     int problem)
{
  g_autoptr (GAsyncResult) result = NULL;

  confab_mirror_mark_unsent_async (mirror, client_id, state, problem, fixture_result_cb, &result);
  finish_write (mirror, &result);
}

void
fixture_discard (ConfabMirror *mirror, const char *client_id)
{
  g_autoptr (GAsyncResult) result = NULL;

  confab_mirror_discard_async (mirror, client_id, fixture_result_cb, &result);
  finish_write (mirror, &result);
}

gboolean
fixture_try_draft (ConfabMirror *mirror, gint64 conversation_id, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  confab_mirror_save_draft_async (mirror, conversation_id, text, fixture_result_cb, &result);
  return confab_mirror_write_finish (mirror, fixture_wait (&result), error);
}

void
fixture_mark_read (ConfabMirror *mirror, gint64 conversation_id, gint64 seq)
{
  g_autoptr (GAsyncResult) result = NULL;

  confab_mirror_mark_read_async (mirror, conversation_id, seq, fixture_result_cb, &result);
  finish_write (mirror, &result);
}

void
fixture_begin_rebuild (ConfabMirror *mirror)
{
  g_autoptr (GAsyncResult) result = NULL;

  confab_mirror_begin_rebuild_async (mirror, fixture_result_cb, &result);
  finish_write (mirror, &result);
}

void
fixture_end_rebuild (ConfabMirror *mirror)
{
  g_autoptr (GAsyncResult) result = NULL;

  confab_mirror_end_rebuild_async (mirror, fixture_result_cb, &result);
  finish_write (mirror, &result);
}

GPtrArray *
fixture_unsent (ConfabMirror *mirror)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  confab_mirror_next_unsent_async (mirror, NULL, fixture_result_cb, &result);
  rows = confab_mirror_next_unsent_finish (mirror, fixture_wait (&result), &error);
  g_assert_no_error (error);
  return rows;
}

GPtrArray *
fixture_untold (ConfabMirror *mirror)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  confab_mirror_untold_reads_async (mirror, NULL, fixture_result_cb, &result);
  rows = confab_mirror_untold_reads_finish (mirror, fixture_wait (&result), &error);
  g_assert_no_error (error);
  return rows;
}

ConfabConversationSummary *
fixture_summary (ConfabMirror *mirror, gint64 conversation_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, conversation_id);
  confab_mirror_read_summaries_async (mirror, ids, NULL, fixture_result_cb, &result);
  rows = confab_mirror_read_summaries_finish (mirror, fixture_wait (&result), &error);
  g_assert_no_error (error);
  return rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;
}

gboolean
fixture_next_backfill (ConfabMirror *mirror,
                       gint64 preferred,
                       gint64 *conversation_id,
                       gint64 *before_seq)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean found;

  confab_mirror_next_backfill_async (mirror, preferred, NULL, NULL, fixture_result_cb, &result);
  found = confab_mirror_next_backfill_finish (mirror, fixture_wait (&result), conversation_id,
                                              before_seq, &error);
  g_assert_no_error (error);
  return found;
}

static gpointer
exec (ConfabDatabase *database, gpointer sql, ConfabChanges *changes, GError **error)
{
  return confab_database_exec (database, sql, error) ? CONFAB_MIRROR_DONE : NULL;
}

void
fixture_exec_on_writer (ConfabMirror *mirror, const char *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  const ConfabMirrorJob job = { .target = CONFAB_MIRROR_WRITER,
                                .func = exec,
                                .arguments = (gpointer)sql };

  confab_mirror_run (
      mirror,
      confab_mirror_task_new (mirror, fixture_exec_on_writer, NULL, fixture_result_cb, &result),
      &job);
  finish_write (mirror, &result);
}

/* ---- rows ---- */

void
fixture_add_role (ConfabRows *rows, gint64 id, const char *rolename, gint64 rev)
{
  ConfabRoleRow *row = g_new0 (ConfabRoleRow, 1);

  *row = (ConfabRoleRow){ .id = id, .rolename = g_strdup (rolename), .rev = rev };
  g_ptr_array_add (rows->roles, row);
}

void
fixture_add_user (ConfabRows *rows, gint64 id, const char *username, gint64 rev)
{
  ConfabUserRow *row = g_new0 (ConfabUserRow, 1);

  *row = (ConfabUserRow){
    .id = id,
    .username = g_strdup (username),
    .created_at = 500,
    .role_id = 1,
    .rev = rev,
  };
  if (id == SELF)
    row->email = g_strdup ("self@example.org");
  g_ptr_array_add (rows->users, row);
}

void
fixture_add_conversation (ConfabRows *rows,
                          gint64 id,
                          const char *title,
                          gint64 last_seq,
                          gint64 rev)
{
  ConfabConversationRow *row = g_new0 (ConfabConversationRow, 1);

  *row = (ConfabConversationRow){ id, CONFAB_CONVERSATION_GROUP, g_strdup (title), 600, last_seq,
                                  rev };
  g_ptr_array_add (rows->conversations, row);
}

void
fixture_add_membership (ConfabRows *rows,
                        gint64 id,
                        gint64 conversation_id,
                        gint64 user_id,
                        gint64 left_at,
                        gint64 rev)
{
  ConfabMembershipRow *row = g_new0 (ConfabMembershipRow, 1);

  *row = (ConfabMembershipRow){ .id = id,
                                .conversation_id = conversation_id,
                                .user_id = user_id,
                                .joined_at = 700,
                                .left_at = left_at,
                                .rev = rev };
  g_ptr_array_add (rows->memberships, row);
}

void
fixture_add_read (ConfabRows *rows, gint64 conversation_id, gint64 seq, gint64 rev)
{
  ConfabReadPositionRow *row = g_new0 (ConfabReadPositionRow, 1);

  *row = (ConfabReadPositionRow){ conversation_id, seq, rev };
  g_ptr_array_add (rows->read_positions, row);
}

void
fixture_add_message (ConfabRows *rows,
                     gint64 conversation_id,
                     gint64 sender_id,
                     gint64 seq,
                     gint64 rev)
{
  ConfabMessageRow *row = g_new0 (ConfabMessageRow, 1);

  row->id = conversation_id * 1000000 + seq;
  row->client_id =
      g_strdup_printf ("00000000-0000-4000-8000-%06d%06d", (int)conversation_id, (int)seq);
  row->conversation_id = conversation_id;
  row->sender_id = sender_id;
  row->seq = seq;
  row->content = g_strdup_printf ("message %d", (int)seq);
  row->sent_at = 1000000 + seq * 60000;
  row->rev = rev;
  g_ptr_array_add (rows->messages, row);
}

ConfabRows *
fixture_conversation (gint64 id, gint64 last_seq, gint64 rev)
{
  ConfabRows *rows = confab_rows_new ();

  fixture_add_role (rows, 1, "user", 1);
  fixture_add_user (rows, SELF, "self", 2);
  fixture_add_user (rows, ANN, "ann", 3);
  fixture_add_user (rows, BOB, "bob", 4);
  fixture_add_conversation (rows, id, NULL, last_seq, rev);
  for (gint64 user = SELF; user <= BOB; user++)
    fixture_add_membership (rows, id * 10 + user, id, user, 0, rev);
  for (gint64 seq = 1; seq <= last_seq; seq++)
    fixture_add_message (rows, id, SELF + seq % 3, seq, rev);
  return rows;
}

/* ---- the file ---- */

static sqlite3 *
open_file (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "mirror.db", NULL);
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (database, 5000);
  return database;
}

static void
dump_table (sqlite3 *database, const char *sql, GString *text)
{
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_string_append_printf (text, "-- %s\n", sql);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        {
          const char *value = (const char *)sqlite3_column_text (statement, i);

          g_string_append_printf (text, "%s|", value != NULL ? value : "NULL");
        }
      g_string_append_c (text, '\n');
    }
  sqlite3_finalize (statement);
}

#define CLOSED "(SELECT conversation_id FROM closed_conversations)"

char *
fixture_dump (const char *folder)
{
  static const char *const tables[] = {
    "SELECT * FROM roles ORDER BY id",
    "SELECT * FROM users WHERE id = 1 OR id IN (SELECT user_id FROM conversation_users"
    " WHERE conversation_id NOT IN " CLOSED ") ORDER BY id",
    "SELECT * FROM conversations WHERE id NOT IN " CLOSED " ORDER BY id",
    "SELECT * FROM conversation_users WHERE conversation_id NOT IN " CLOSED " ORDER BY id",
    "SELECT * FROM messages WHERE conversation_id NOT IN " CLOSED " ORDER BY id",
    "SELECT * FROM conversation_settings WHERE conversation_id NOT IN " CLOSED
    " ORDER BY conversation_id",
    "SELECT conversation_id, last_read_seq, rev FROM read_positions"
    " WHERE conversation_id NOT IN " CLOSED " ORDER BY conversation_id",
  };
  GString *text = g_string_new (NULL);
  sqlite3 *database = open_file (folder);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    dump_table (database, tables[i], text);
  sqlite3_close (database);
  return g_string_free (text, FALSE);
}

gint64
fixture_query (const char *folder, const char *sql)
{
  sqlite3 *database = open_file (folder);
  sqlite3_stmt *statement = NULL;
  gint64 value;

  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return value;
}
