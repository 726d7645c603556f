/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-sqlite-backend.h"

#include "confab-sqlite-call.h"
#include "confab-sqlite-private.h"
#include "confab-sqlite-resources.h"

#define CONFAB_TYPE_SQLITE_WRITER (confab_sqlite_writer_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSqliteWriter, confab_sqlite_writer, CONFAB, SQLITE_WRITER, GObject)

struct _ConfabSqliteWriter
{
  GObject parent_instance;
  ConfabDatabase *database;
  gint64 rev;          /* the last one given, in this transaction */
  gint64 first_rev;    /* what it was when the transaction began */
  gint64 data_version; /* what SQLite says of other connections' commits */
};

static void confab_sqlite_writer_backend_init (ConfabBackendWriterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabSqliteWriter,
                               confab_sqlite_writer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CONFAB_TYPE_BACKEND_WRITER,
                                                      confab_sqlite_writer_backend_init))

/* SQLite would pass over a row that is as it was; a page that was touched is written. */
static gboolean
try_writing (ConfabSqliteCall *call, GError **error)
{
  return confab_database_exec (
      call->database, "UPDATE clock SET rev = rev + 1; UPDATE clock SET rev = rev - 1", error);
}

static const ConfabSqliteFunc functions[] = {
  [CONFAB_COMMAND_ADD_USER] = confab_sqlite_add_user,
  [CONFAB_COMMAND_SET_PASSWORD] = confab_sqlite_set_password,
  [CONFAB_COMMAND_SET_PROFILE] = confab_sqlite_set_profile,
  [CONFAB_COMMAND_SET_PICTURE] = confab_sqlite_set_picture,
  [CONFAB_COMMAND_SET_EMAIL] = confab_sqlite_set_email,
  [CONFAB_COMMAND_START_EMAIL_CHANGE] = confab_sqlite_start_email_change,
  [CONFAB_COMMAND_TAKE_EMAIL_ATTEMPT] = confab_sqlite_take_email_attempt,
  [CONFAB_COMMAND_CONFIRM_EMAIL] = confab_sqlite_confirm_email,
  [CONFAB_COMMAND_DELETE_ACCOUNT] = confab_sqlite_delete_account,
  [CONFAB_COMMAND_SET_ROLE] = confab_sqlite_set_role,
  [CONFAB_COMMAND_UNDO_ROLE] = confab_sqlite_undo_role,
  [CONFAB_COMMAND_LABEL_ROLE] = confab_sqlite_label_role,
  [CONFAB_COMMAND_ADD_ROLE] = confab_sqlite_add_role,
  [CONFAB_COMMAND_SET_STATE] = confab_sqlite_set_state,
  [CONFAB_COMMAND_END_USER_SESSIONS] = confab_sqlite_end_user_sessions,
  [CONFAB_COMMAND_ADD_INVITATION] = confab_sqlite_add_invitation,
  [CONFAB_COMMAND_END_INVITATION] = confab_sqlite_end_invitation,
  [CONFAB_COMMAND_REHASH_PASSWORD] = confab_sqlite_rehash_password,
  [CONFAB_COMMAND_ADD_SESSION] = confab_sqlite_add_session,
  [CONFAB_COMMAND_END_SESSION] = confab_sqlite_end_session,
  [CONFAB_COMMAND_VERIFY_SESSION] = confab_sqlite_verify_session,
  [CONFAB_COMMAND_END_OTHER_SESSIONS] = confab_sqlite_end_other_sessions,
  [CONFAB_COMMAND_TOUCH_SESSION] = confab_sqlite_touch_session,
  [CONFAB_COMMAND_START_RESET] = confab_sqlite_start_reset,
  [CONFAB_COMMAND_ISSUE_RESET_CODE] = confab_sqlite_issue_reset_code,
  [CONFAB_COMMAND_TAKE_RESET_ATTEMPT] = confab_sqlite_take_reset_attempt,
  [CONFAB_COMMAND_RETURN_RESET_ATTEMPT] = confab_sqlite_return_reset_attempt,
  [CONFAB_COMMAND_COMPLETE_RESET] = confab_sqlite_complete_reset,
  [CONFAB_COMMAND_FORGET_EXPIRED] = confab_sqlite_forget_expired,
  [CONFAB_COMMAND_TRY_WRITING] = try_writing,
  [CONFAB_COMMAND_CREATE_CONVERSATION] = confab_sqlite_create_conversation,
  [CONFAB_COMMAND_RENAME_CONVERSATION] = confab_sqlite_rename_conversation,
  [CONFAB_COMMAND_ADD_MEMBERS] = confab_sqlite_add_members,
  [CONFAB_COMMAND_LEAVE] = confab_sqlite_leave,
  [CONFAB_COMMAND_SEND] = confab_sqlite_send,
  [CONFAB_COMMAND_READ] = confab_sqlite_read,
  [CONFAB_COMMAND_REMOVE_MESSAGE] = confab_sqlite_remove_message,
  [CONFAB_COMMAND_REMOVE_MEMBER] = confab_sqlite_remove_member,
};

static gboolean
run (ConfabDatabase *database, const char *sql, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (database, sql, error);

  return statement != NULL && confab_statement_run (statement, error);
}

static gboolean
confab_sqlite_writer_begin (ConfabBackendWriter *backend, GError **error)
{
  ConfabSqliteWriter *self = CONFAB_SQLITE_WRITER (backend);
  g_autoptr (GError) local_error = NULL;

  if (confab_database_begin (self->database, &local_error))
    {
      if (confab_sqlite_get_head (self->database, &self->rev, &local_error))
        {
          self->first_rev = self->rev;
          return TRUE;
        }
      confab_database_rollback (self->database);
    }

  confab_sqlite_translate_error (&local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* Some failures (a full disk above all) make SQLite undo the whole transaction by itself. What
 * ran after that would be committed one by one, so nothing may. */
static gboolean
transaction_is_open (ConfabSqliteWriter *self, GError **error)
{
  return !sqlite3_get_autocommit (confab_database_get_handle (self->database))
         || confab_problem_set (error, CONFAB_PROBLEM_UNAVAILABLE);
}

/* Who is suspended or deleted loses the session in the same moment; what they sent just before
 * must not be carried out after it. */
static gboolean
require_active_actor (ConfabSqliteCall *call, GError **error)
{
  g_autoptr (ConfabStatement) statement = NULL;

  if (call->command->actor_id <= 0)
    return TRUE;

  statement = confab_database_prepare (
      call->database, "SELECT 1 FROM users WHERE id = ?1 AND state = 'active'", error);
  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->actor_id);
  if (confab_statement_step (statement, error))
    return TRUE;

  return *error != NULL ? FALSE : confab_problem_set (error, CONFAB_PROBLEM_NOT_SIGNED_IN);
}

/* Runs the command between a savepoint and its end, or takes all of it back. */
static gboolean
run_in_savepoint (ConfabSqliteWriter *self, ConfabSqliteCall *call, GError **error)
{
  if (!transaction_is_open (self, error) || !run (self->database, "SAVEPOINT command", error))
    return FALSE;

  if (require_active_actor (call, error) && functions[call->command->kind](call, error))
    return run (self->database, "RELEASE command", error);

  if (transaction_is_open (self, NULL))
    {
      run (self->database, "ROLLBACK TO command", NULL);
      run (self->database, "RELEASE command", NULL);
    }

  return FALSE;
}

static ConfabOutcome *
confab_sqlite_writer_execute (ConfabBackendWriter *backend, const ConfabCommand *command)
{
  ConfabSqliteWriter *self = CONFAB_SQLITE_WRITER (backend);
  g_autoptr (ConfabOutcome) outcome = confab_outcome_new ();
  g_autoptr (GError) error = NULL;
  ConfabSqliteCall call = { self->database, command, self->rev + 1, outcome };

  g_return_val_if_fail (command->kind < G_N_ELEMENTS (functions), NULL);

  outcome->actor_id = command->actor_id;
  outcome->conversation_id = command->conversation_id;

  if (!run_in_savepoint (self, &call, &error))
    {
      g_autoptr (ConfabOutcome) failed = confab_outcome_new ();

      confab_sqlite_translate_error (&error);
      failed->error = g_steal_pointer (&error);
      return g_steal_pointer (&failed);
    }

  if (outcome->rev > 0)
    self->rev = outcome->rev;
  if (outcome->rows == NULL)
    outcome->rows = confab_rows_new ();
  if (outcome->shared_rows == NULL)
    outcome->shared_rows = confab_rows_new ();

  return g_steal_pointer (&outcome);
}

static gboolean
write_clock (ConfabSqliteWriter *self, GError **error)
{
  g_autoptr (ConfabStatement) statement = NULL;

  if (self->rev == self->first_rev)
    return TRUE;

  statement = confab_database_prepare (self->database, "UPDATE clock SET rev = ?1", error);
  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, self->rev);

  return confab_statement_run (statement, error);
}

static gboolean
confab_sqlite_writer_commit (ConfabBackendWriter *backend, GError **error)
{
  ConfabSqliteWriter *self = CONFAB_SQLITE_WRITER (backend);
  g_autoptr (GError) local_error = NULL;

  if (transaction_is_open (self, &local_error) && write_clock (self, &local_error)
      && confab_database_commit (self->database, &local_error))
    return TRUE;

  confab_sqlite_translate_error (&local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static void
confab_sqlite_writer_rollback (ConfabBackendWriter *backend)
{
  ConfabSqliteWriter *self = CONFAB_SQLITE_WRITER (backend);

  if (transaction_is_open (self, NULL))
    confab_database_rollback (self->database);
}

/* SQLite's own count changes with the commits of other connections and not with one's own. */
static gboolean
read_data_version (ConfabSqliteWriter *self, gint64 *version, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (self->database, "PRAGMA data_version", error);

  if (statement == NULL || !confab_statement_step (statement, error))
    return FALSE;

  *version = confab_statement_get_int (statement, 0);

  return TRUE;
}

static gboolean
confab_sqlite_writer_changed_elsewhere (ConfabBackendWriter *backend)
{
  ConfabSqliteWriter *self = CONFAB_SQLITE_WRITER (backend);
  g_autoptr (GError) error = NULL;
  gint64 last = self->data_version;

  if (!read_data_version (self, &self->data_version, &error))
    confab_sqlite_translate_error (&error);

  return self->data_version != last;
}

static void
confab_sqlite_writer_backend_init (ConfabBackendWriterInterface *iface)
{
  iface->begin = confab_sqlite_writer_begin;
  iface->execute = confab_sqlite_writer_execute;
  iface->commit = confab_sqlite_writer_commit;
  iface->rollback = confab_sqlite_writer_rollback;
  iface->changed_elsewhere = confab_sqlite_writer_changed_elsewhere;
}

static void
confab_sqlite_writer_finalize (GObject *object)
{
  ConfabSqliteWriter *self = CONFAB_SQLITE_WRITER (object);

  g_clear_pointer (&self->database, confab_database_close);

  G_OBJECT_CLASS (confab_sqlite_writer_parent_class)->finalize (object);
}

static void
confab_sqlite_writer_class_init (ConfabSqliteWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_sqlite_writer_finalize;
}

static void
confab_sqlite_writer_init (ConfabSqliteWriter *self)
{
}

ConfabBackendWriter *
confab_sqlite_writer_new (const char *path, GError **error)
{
  g_autoptr (ConfabSqliteWriter) self = g_object_new (CONFAB_TYPE_SQLITE_WRITER, NULL);

  /* Named, so that the linker takes the scripts out of the static library; they register
   * themselves. */
  confab_sqlite_get_resource ();

  self->database = confab_database_open (path, CONFAB_DATABASE_WRITE, TRUE, error);
  if (self->database == NULL
      || !confab_database_migrate (self->database, CONFAB_SQLITE_RESOURCES, error)
      || !read_data_version (self, &self->data_version, error))
    return NULL;

  return CONFAB_BACKEND_WRITER (g_steal_pointer (&self));
}
