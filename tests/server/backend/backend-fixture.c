/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "backend-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

void
backend_fixture_set_up (BackendFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("confab-backend-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->directory, "confab.db", NULL);
  self->writer = confab_backend_open_to_write (self->path, &error);
  g_assert_no_error (error);
  self->reader = confab_backend_open_to_read (self->path, &error);
  g_assert_no_error (error);
}

void
backend_fixture_tear_down (BackendFixture *self)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_object (&self->writer);
  g_clear_pointer (&self->reader, confab_database_close);

  dir = g_dir_open (self->directory, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->directory, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->directory), ==, 0);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->path, g_free);
}

ConfabOutcome *
fixture_run (BackendFixture *self, ConfabCommand *command)
{
  g_autoptr (ConfabCommand) owned = command;
  g_autoptr (GError) error = NULL;
  ConfabOutcome *outcome;

  if (owned->at == 0)
    owned->at = g_get_real_time () / 1000;

  g_assert_true (confab_backend_writer_begin (self->writer, &error));
  outcome = confab_backend_writer_execute (self->writer, owned);
  g_assert_nonnull (outcome);
  g_assert_true (confab_backend_writer_commit (self->writer, &error));
  g_assert_no_error (error);

  return outcome;
}

ConfabOutcome *
fixture_do (BackendFixture *self, ConfabCommand *command)
{
  ConfabOutcome *outcome = fixture_run (self, command);

  g_assert_no_error (outcome->error);
  g_assert_nonnull (outcome->rows);
  g_assert_nonnull (outcome->shared_rows);

  return outcome;
}

void
fixture_fail (BackendFixture *self, ConfabCommand *command, ConfabProblem problem)
{
  gint64 head = fixture_head (self);
  g_autoptr (ConfabOutcome) outcome = fixture_run (self, command);

  g_assert_error (outcome->error, CONFAB_PROBLEM, (int)problem);
  g_assert_cmpint (outcome->rev, ==, 0);
  g_assert_cmpint (outcome->gained->len, ==, 0);
  g_assert_cmpint (outcome->ended_sessions->len, ==, 0);
  g_assert_cmpint (fixture_head (self), ==, head);
}

static GArray *
ids_new (guint n_ids, const gint64 *ids)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (n_ids > 0)
    g_array_append_vals (array, ids, n_ids);

  return array;
}

ConfabCommand *
command_add_user (const char *username)
{
  ConfabCommand *command = confab_command_new (confab_run_add_user, CONFAB_ACTOR_OPERATOR);

  command->add_user.username = confab_command_copy (command, username);
  command->add_user.email =
      confab_command_take (command, g_strdup_printf ("%s@example.org", username));
  command->add_user.password_hash =
      confab_command_take (command, g_strdup_printf ("hash of %s", username));
  command->add_user.rolename = confab_command_copy (command, "user");

  return command;
}

ConfabCommand *
command_create (gint64 actor_id,
                ConfabConversationKind kind,
                const char *title,
                guint n_users,
                const gint64 *user_ids)
{
  ConfabCommand *command = confab_command_new (confab_run_create_conversation, actor_id);

  command->create_conversation.kind = kind;
  command->create_conversation.title = confab_command_copy (command, title);
  command->create_conversation.client_id = confab_command_take (command, g_uuid_string_random ());
  command->create_conversation.user_ids =
      confab_command_take_ids (command, ids_new (n_users, user_ids));

  return command;
}

ConfabCommand *
command_members (gint64 actor_id, gint64 conversation_id, guint n_users, const gint64 *user_ids)
{
  ConfabCommand *command = confab_command_new (confab_run_add_members, actor_id);

  command->conversation_id = conversation_id;
  command->add_members.user_ids = confab_command_take_ids (command, ids_new (n_users, user_ids));

  return command;
}

ConfabCommand *
command_send (gint64 actor_id, gint64 conversation_id, const char *client_id, const char *text)
{
  ConfabCommand *command = confab_command_new (confab_run_send, actor_id);

  command->conversation_id = conversation_id;
  command->send.client_id = confab_command_take (
      command, client_id != NULL ? g_strdup (client_id) : g_uuid_string_random ());
  command->send.content = confab_command_copy (command, text);

  return command;
}

ConfabCommand *
command_read (gint64 actor_id, gint64 conversation_id, gint64 seq)
{
  ConfabCommand *command = confab_command_new (confab_run_read, actor_id);

  command->conversation_id = conversation_id;
  command->read.seq = seq;

  return command;
}

ConfabCommand *
command_leave (gint64 actor_id, gint64 conversation_id)
{
  ConfabCommand *command = confab_command_new (confab_run_leave, actor_id);

  command->conversation_id = conversation_id;

  return command;
}

ConfabCommand *
command_rename (gint64 actor_id, gint64 conversation_id, const char *title)
{
  ConfabCommand *command = confab_command_new (confab_run_rename_conversation, actor_id);

  command->conversation_id = conversation_id;
  command->rename_conversation.title = confab_command_copy (command, title);

  return command;
}

ConfabCommand *
command_session (gint64 user_id, const char *token)
{
  ConfabCommand *command = confab_command_new (confab_run_add_session, CONFAB_ACTOR_OPERATOR);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);

  command->user_id = user_id;
  command->add_session.device_name =
      confab_command_take (command, g_strdup_printf ("device of %s", token));
  command->add_session.token_hash = confab_command_take_bytes (command, g_bytes_new (hash, 32));

  return command;
}

gint64
fixture_user (BackendFixture *self, const char *username)
{
  g_autoptr (ConfabOutcome) outcome = fixture_do (self, command_add_user (username));

  return outcome->id;
}

gint64
fixture_group (BackendFixture *self, gint64 actor_id, guint n_users, const gint64 *user_ids)
{
  g_autoptr (ConfabOutcome) outcome = fixture_do (
      self, command_create (actor_id, CONFAB_CONVERSATION_GROUP, NULL, n_users, user_ids));

  return outcome->id;
}

gint64
fixture_direct (BackendFixture *self, gint64 actor_id, gint64 other_id)
{
  g_autoptr (ConfabOutcome) outcome =
      fixture_do (self, command_create (actor_id, CONFAB_CONVERSATION_DIRECT, NULL, 1, &other_id));

  return outcome->id;
}

gint64
fixture_send (BackendFixture *self, gint64 actor_id, gint64 conversation_id, const char *text)
{
  g_autoptr (ConfabOutcome) outcome =
      fixture_do (self, command_send (actor_id, conversation_id, NULL, text));
  ConfabMessageRow *row = g_ptr_array_index (outcome->rows->messages, 0);

  return row->seq;
}

gint64
fixture_head (BackendFixture *self)
{
  g_autoptr (GError) error = NULL;
  gint64 head = 0;

  g_assert_true (confab_backend_get_head (self->reader, &head, &error));
  g_assert_no_error (error);

  return head;
}

ConfabRows *
fixture_sync (BackendFixture *self,
              gint64 user_id,
              gint64 since,
              guint limit,
              gint64 *to,
              gboolean *has_more)
{
  g_autoptr (GError) error = NULL;
  gint64 local_to = 0;
  gboolean local_has_more = FALSE;
  ConfabRows *rows =
      confab_backend_sync (self->reader, user_id, since, limit, &local_to, &local_has_more, &error);

  g_assert_no_error (error);
  g_assert_nonnull (rows);
  if (to != NULL)
    *to = local_to;
  if (has_more != NULL)
    *has_more = local_has_more;

  return rows;
}

void
fixture_check (BackendFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = confab_backend_check (self->path, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (char *)g_ptr_array_index (findings, i));
  g_assert_cmpint (findings->len, ==, 0);
}

gint64
fixture_count (BackendFixture *self, const char *sql)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 count;

  g_assert_cmpint (sqlite3_open_v2 (self->path, &handle, SQLITE_OPEN_READONLY, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  count = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (handle);

  return count;
}

void
fixture_exec (BackendFixture *self, const char *sql)
{
  sqlite3 *handle = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open_v2 (self->path, &handle, SQLITE_OPEN_READWRITE, NULL), ==,
                   SQLITE_OK);
  sqlite3_busy_timeout (handle, 5000);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}
