/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What administrators do to people besides changing their roles. */

#include "confab-sqlite-administration.h"

#include "confab-sqlite-call.h"

/* The person whom the command is about, if its actor has @permission. */
static ConfabPersonRow *
load_target (ConfabSqliteCall *call, ConfabPermission permission, GError **error)
{
  const ConfabCommand *command = call->command;

  if (!confab_sqlite_require_permission (call, permission, error))
    return NULL;

  return confab_sqlite_load_person (call->database, command->actor_id, command->user_id,
                                    command->at, error);
}

gboolean
confab_sqlite_answer_with_person (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  call->outcome->id = command->user_id;
  call->outcome->person = confab_sqlite_load_person (call->database, command->actor_id,
                                                     command->user_id, command->at, error);

  return call->outcome->person != NULL;
}

static gboolean
write_state (ConfabSqliteCall *call, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (call->database, "UPDATE users SET state = ?2 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->user_id);
  confab_statement_bind_string (statement, 2, call->command->state);

  return confab_statement_run (statement, error);
}

static gboolean
suspend (ConfabSqliteCall *call, GError **error)
{
  gint64 user_id = call->command->user_id;

  call->outcome->end_problem = CONFAB_PROBLEM_ACCOUNT_SUSPENDED;

  return confab_sqlite_require_admin_left (call, user_id, error)
         && confab_sqlite_end_sessions (call, user_id, 0, error) && write_state (call, error)
         && confab_sqlite_audit (call, "suspended", user_id, "active", "suspended", error);
}

static gboolean
restore (ConfabSqliteCall *call, GError **error)
{
  return write_state (call, error)
         && confab_sqlite_audit (call, "restored", call->command->user_id, "suspended", "active",
                                 error);
}

gboolean
confab_sqlite_set_state (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabPersonRow) person = load_target (call, CONFAB_PERMISSION_SUSPEND_PEOPLE, error);

  if (person == NULL)
    return FALSE;

  if (person->user->deleted
      || (command->expected_state != NULL && !g_str_equal (command->expected_state, person->state)))
    return confab_problem_set (error, CONFAB_PROBLEM_CONFLICT);

  if (!g_str_equal (command->state, person->state)
      && !(g_str_equal (command->state, "suspended") ? suspend (call, error)
                                                     : restore (call, error)))
    return FALSE;

  return confab_sqlite_answer_with_person (call, error);
}

gboolean
confab_sqlite_end_user_sessions (ConfabSqliteCall *call, GError **error)
{
  g_autoptr (ConfabPersonRow) person = load_target (call, CONFAB_PERMISSION_END_SESSIONS, error);
  g_autofree char *number = NULL;

  if (person == NULL || !confab_sqlite_end_sessions (call, person->user->id, 0, error))
    return FALSE;

  call->outcome->id = person->user->id;
  if (call->outcome->ended_sessions->len == 0)
    return TRUE;

  number = g_strdup_printf ("%u", call->outcome->ended_sessions->len);

  return confab_sqlite_audit (call, "sessions-ended", person->user->id, NULL, number, error);
}
