/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-sqlite-call.h"

#include "confab-sqlite-private.h"

/* It may have been changed since the caller verified it. */
gboolean
confab_sqlite_require_password (ConfabSqliteCall *call,
                                gint64 user_id,
                                const char *password_hash,
                                GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database, "SELECT password = ?2 FROM users WHERE id = ?1 AND state <> 'deleted'",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, user_id);
  confab_statement_bind_string (statement, 2, password_hash);
  if (confab_statement_step (statement, error))
    return confab_statement_get_int (statement, 0)
           || confab_problem_set (error, CONFAB_PROBLEM_WRONG_CREDENTIALS);

  return *error != NULL ? FALSE : confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);
}

/* Whoever has just registered gave no password to verify. */
static gboolean
require_account (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabUserRow) user = NULL;

  if (command->password_hash != NULL)
    return confab_sqlite_require_password (call, command->user_id, command->password_hash, error);

  user = confab_sqlite_load_user (call->database, command->user_id, FALSE, error);
  if (user != NULL)
    return TRUE;

  return *error != NULL ? FALSE : confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);
}

/* Only said to whoever knows the password: it was verified before. */
static gboolean
require_not_suspended (ConfabSqliteCall *call, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database, "SELECT 1 FROM users WHERE id = ?1 AND state = 'suspended'", error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->user_id);
  if (confab_statement_step (statement, error))
    return confab_problem_set (error, CONFAB_PROBLEM_ACCOUNT_SUSPENDED);

  return *error == NULL;
}

static gboolean
forget_unused (ConfabSqliteCall *call, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database, "DELETE FROM sessions WHERE user_id = ?1 AND last_seen_at < ?2", error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->user_id);
  confab_statement_bind_int (statement, 2, call->command->at - CONFAB_SQLITE_SESSION_IDLE_MS);

  return confab_statement_run (statement, error);
}

static gboolean
insert_session (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "INSERT INTO sessions (user_id, token_hash, device_name, created_at, last_seen_at)"
      " VALUES (?1, ?2, ?3, ?4, ?4)",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->user_id);
  confab_statement_bind_bytes (statement, 2, g_bytes_get_data (command->token_hash, NULL),
                               g_bytes_get_size (command->token_hash));
  confab_statement_bind_string (statement, 3, command->text);
  confab_statement_bind_int (statement, 4, command->at);

  return confab_statement_run (statement, error);
}

/* One more than a person may have ends those that were unused for longest; never the new one. */
static gboolean
end_oldest (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = NULL;

  if (command->max_sessions == 0)
    return TRUE;

  statement = confab_database_prepare (
      call->database,
      "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE user_id = ?1 AND id <> ?2"
      "                                   ORDER BY last_seen_at DESC, id DESC LIMIT -1 OFFSET ?3)"
      " RETURNING id",
      error);
  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->user_id);
  confab_statement_bind_int (statement, 2, call->outcome->id);
  confab_statement_bind_int (statement, 3, command->max_sessions - 1);
  while (confab_statement_step (statement, error))
    {
      gint64 id = confab_statement_get_int (statement, 0);

      g_array_append_val (call->outcome->ended_sessions, id);
    }

  return *error == NULL;
}

gboolean
confab_sqlite_add_session (ConfabSqliteCall *call, GError **error)
{
  g_auto (ConfabGathering) gathering = { 0 };

  if (!require_account (call, error) || !require_not_suspended (call, error)
      || !forget_unused (call, error) || !insert_session (call, error))
    return FALSE;

  call->outcome->created = TRUE;
  call->outcome->id = confab_database_last_insert_id (call->database);
  if (!end_oldest (call, error) || !confab_sqlite_know (call, call->command->user_id, error))
    return FALSE;

  confab_gathering_init (&gathering, call->database, call->command->user_id);
  if (!confab_gathering_add_user (&gathering, call->command->user_id, error))
    return FALSE;

  call->outcome->rows = confab_gathering_end (&gathering);

  return TRUE;
}

gboolean
confab_sqlite_end_session (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database, "DELETE FROM sessions WHERE id = ?1 AND user_id = ?2", error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->session_id);
  confab_statement_bind_int (statement, 2, command->user_id);
  if (!confab_statement_run (statement, error))
    return FALSE;

  if (confab_database_changes (call->database) == 0)
    return confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  call->outcome->id = command->session_id;
  g_array_append_val (call->outcome->ended_sessions, command->session_id);

  return TRUE;
}

gboolean
confab_sqlite_end_sessions (ConfabSqliteCall *call, gint64 user_id, gint64 kept, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (call->database,
                               "DELETE FROM sessions WHERE user_id = ?1 AND id <> ?2"
                               " RETURNING id",
                               error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, user_id);
  confab_statement_bind_int (statement, 2, kept);
  while (confab_statement_step (statement, error))
    {
      gint64 id = confab_statement_get_int (statement, 0);

      g_array_append_val (call->outcome->ended_sessions, id);
    }

  return *error == NULL;
}

gboolean
confab_sqlite_end_other_sessions (ConfabSqliteCall *call, GError **error)
{
  call->outcome->id = call->command->session_id;

  return confab_sqlite_end_sessions (call, call->command->user_id, call->command->session_id,
                                     error);
}

gboolean
confab_sqlite_touch_session (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database, "UPDATE sessions SET last_seen_at = max (last_seen_at, ?2) WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->session_id);
  confab_statement_bind_int (statement, 2, command->at);
  if (!confab_statement_run (statement, error))
    return FALSE;

  if (confab_database_changes (call->database) == 0)
    return confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  call->outcome->id = command->session_id;

  return confab_sqlite_know (call, command->user_id, error);
}

gboolean
confab_sqlite_verify_session (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = NULL;

  if (!confab_sqlite_require_password (call, command->user_id, command->password_hash, error))
    return FALSE;

  statement = confab_database_prepare (
      call->database, "UPDATE sessions SET verified_at = ?3 WHERE id = ?1 AND user_id = ?2", error);
  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->session_id);
  confab_statement_bind_int (statement, 2, command->user_id);
  confab_statement_bind_int (statement, 3, command->at);
  if (!confab_statement_run (statement, error))
    return FALSE;

  if (confab_database_changes (call->database) == 0)
    return confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  call->outcome->id = command->session_id;

  return TRUE;
}
