/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who may, and what is written down of it: always in the transaction of the change itself. */

#include "confab-sqlite-administration.h"
#include "confab-sqlite-call.h"

#include "confab-limits.h"

gboolean
confab_sqlite_audit (ConfabSqliteCall *call,
                     const char *action,
                     gint64 target_id,
                     const char *old_value,
                     const char *new_value,
                     GError **error)
{
  const ConfabCommand *command = call->command;
  gint64 actor_id = command->actor_id == CONFAB_ACTOR_SELF ? target_id : command->actor_id;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "INSERT INTO audit (at, actor_id, target_id, conversation_id, action, old_value, new_value,"
      "                   address, rev, actor_name)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, (SELECT username FROM users WHERE id = ?2))",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->at);
  confab_statement_bind_id (statement, 2, actor_id);
  confab_statement_bind_id (statement, 3, target_id);
  confab_statement_bind_id (statement, 4, command->conversation_id);
  confab_statement_bind_string (statement, 5, action);
  confab_statement_bind_string (statement, 6, old_value);
  confab_statement_bind_string (statement, 7, new_value);
  confab_statement_bind_string (statement, 8, command->address);
  confab_statement_bind_int (statement, 9, call->rev);
  if (!confab_statement_run (statement, error))
    return FALSE;

  call->outcome->rev = call->rev;
  if (target_id > 0)
    call->outcome->notified_user_id = target_id;

  return TRUE;
}

gboolean
confab_sqlite_require_permission (ConfabSqliteCall *call,
                                  ConfabPermission permission,
                                  GError **error)
{
  gint64 actor_id = call->command->actor_id;

  return actor_id == 0
         || confab_sqlite_require_permitted (call->database, actor_id, permission, error);
}

gboolean
confab_sqlite_require_verification (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = NULL;

  if (command->actor_id == 0)
    return TRUE;

  /* A clock that was set back must not make it good for longer. */
  statement = confab_database_prepare (
      call->database,
      "SELECT 1 FROM sessions WHERE id = ?1 AND user_id = ?2 AND ?3 - verified_at BETWEEN 0 AND ?4",
      error);
  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->session_id);
  confab_statement_bind_int (statement, 2, command->actor_id);
  confab_statement_bind_int (statement, 3, command->at);
  confab_statement_bind_int (statement, 4, CONFAB_VERIFICATION_SECONDS * G_GINT64_CONSTANT (1000));
  if (confab_statement_step (statement, error))
    return TRUE;

  return *error != NULL ? FALSE : confab_problem_set (error, CONFAB_PROBLEM_PASSWORD_NEEDED);
}
