/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Roles, who has them, and that somebody is always left who may give them. */

#include "confab-sqlite-administration.h"
#include "confab-sqlite-call.h"

#define ROLE_COLUMNS "id, rolename, rev, label, base"

static ConfabRoleRow *
read_role (ConfabStatement *statement)
{
  ConfabRoleRow *row = g_new0 (ConfabRoleRow, 1);

  row->id = confab_statement_get_int (statement, 0);
  row->rolename = confab_statement_dup_string (statement, 1);
  row->rev = confab_statement_get_int (statement, 2);
  row->label = confab_statement_dup_string (statement, 3);
  confab_role_base_from_string (confab_statement_get_string (statement, 4), &row->base);

  return row;
}

ConfabRoleRow *
confab_sqlite_load_role (ConfabDatabase *database, gint64 role_id, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (database, "SELECT " ROLE_COLUMNS " FROM roles WHERE id = ?1", error);

  if (statement == NULL)
    return NULL;

  confab_statement_bind_int (statement, 1, role_id);

  return confab_statement_step (statement, error) ? read_role (statement) : NULL;
}

ConfabRoleRow *
confab_sqlite_find_role (ConfabDatabase *database, const char *rolename, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database, "SELECT " ROLE_COLUMNS " FROM roles WHERE rolename = ?1", error);

  if (statement == NULL)
    return NULL;

  confab_statement_bind_string (statement, 1, rolename);
  if (confab_statement_step (statement, error))
    return read_role (statement);

  if (*error == NULL)
    g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, "rolename");

  return NULL;
}

gboolean
confab_sqlite_require_admin_left (ConfabSqliteCall *call, gint64 user_id, GError **error)
{
  /* users_by_role finds the first other one at once, however many people there are. */
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "SELECT 1 FROM users AS u JOIN roles AS r ON r.id = u.role_id"
      " WHERE u.id = ?1 AND u.state = 'active' AND r.base = 'admin'"
      "   AND NOT EXISTS (SELECT 1 FROM roles AS q CROSS JOIN users AS o"
      "                    WHERE q.base = 'admin' AND o.role_id = q.id AND o.state = 'active'"
      "                      AND o.id <> ?1)",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, user_id);
  if (confab_statement_step (statement, error))
    return confab_problem_set (error, CONFAB_PROBLEM_LAST_ADMIN);

  return *error == NULL;
}

/* ---- who has which ---- */

/* The role asked for: by name from the command line, by id from elsewhere. */
static ConfabRoleRow *
load_wanted (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  ConfabRoleRow *role;

  if (command->rolename != NULL)
    return confab_sqlite_find_role (call->database, command->rolename, error);

  role = confab_sqlite_load_role (call->database, command->id, error);
  if (role == NULL && *error == NULL)
    g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, "role_id");

  return role;
}

static gboolean
write_role (ConfabSqliteCall *call, gint64 role_id, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database, "UPDATE users SET role_id = ?2, rev = ?3 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->user_id);
  confab_statement_bind_int (statement, 2, role_id);
  confab_statement_bind_int (statement, 3, call->rev);

  return confab_statement_run (statement, error);
}

/* Gives @to in place of @from, which is another. */
static gboolean
change_role (ConfabSqliteCall *call,
             const char *action,
             const ConfabRoleRow *from,
             const ConfabRoleRow *to,
             GError **error)
{
  gint64 user_id = call->command->user_id;

  return (to->base == CONFAB_ROLE_BASE_ADMIN
          || confab_sqlite_require_admin_left (call, user_id, error))
         && write_role (call, to->id, error) && confab_sqlite_tell_of_user (call, user_id, error)
         && confab_sqlite_audit (call, action, user_id, from->rolename, to->rolename, error);
}

gboolean
confab_sqlite_set_role (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabPersonRow) person = NULL;
  g_autoptr (ConfabRoleRow) from = NULL;
  g_autoptr (ConfabRoleRow) to = NULL;

  if (!confab_sqlite_require_permission (call, CONFAB_PERMISSION_CHANGE_ROLES, error))
    return FALSE;

  person = confab_sqlite_load_person (call->database, command->actor_id, command->user_id,
                                      command->at, error);
  to = person != NULL ? load_wanted (call, error) : NULL;
  from = to != NULL ? confab_sqlite_load_role (call->database, person->user->role_id, error) : NULL;
  if (from == NULL)
    return FALSE;

  if (person->user->deleted || (command->expected_id != 0 && command->expected_id != from->id))
    return confab_problem_set (error, CONFAB_PROBLEM_CONFLICT);

  if (from->id != to->id
      && ((confab_role_base_is_promotion (from->base, to->base)
           && !confab_sqlite_require_verification (call, error))
          || !change_role (call, "role-changed", from, to, error)))
    return FALSE;

  return confab_sqlite_answer_with_person (call, error);
}

gboolean
confab_sqlite_undo_role (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabPersonRow) person = NULL;
  g_autoptr (ConfabRoleRow) from = NULL;
  g_autoptr (ConfabRoleRow) to = NULL;

  if (!confab_sqlite_require_permission (call, CONFAB_PERMISSION_CHANGE_ROLES, error))
    return FALSE;

  if (command->user_id == command->actor_id)
    return confab_problem_set (error, CONFAB_PROBLEM_FORBIDDEN);

  person = confab_sqlite_load_person (call->database, command->actor_id, command->user_id,
                                      command->at, error);
  if (person == NULL)
    return FALSE;

  if (person->undo_audit_id == 0 || person->undo_audit_id != command->id)
    return confab_problem_set (error, CONFAB_PROBLEM_UNDO_EXPIRED);

  from = confab_sqlite_load_role (call->database, person->user->role_id, error);
  to = from != NULL ? confab_sqlite_load_role (call->database, person->undo_role_id, error) : NULL;

  return to != NULL && change_role (call, "role-change-undone", from, to, error)
         && confab_sqlite_answer_with_person (call, error);
}

/* ---- what they are called ---- */

/* The role's row becomes the answer, and everybody's. */
static gboolean
tell_of_role (ConfabSqliteCall *call, gint64 role_id, GError **error)
{
  g_auto (ConfabGathering) gathering = { 0 };

  call->outcome->id = role_id;
  confab_gathering_init (&gathering, call->database, 0);
  if (!confab_gathering_add_role (&gathering, role_id, error))
    return FALSE;

  call->outcome->rows = confab_gathering_end (&gathering);

  return TRUE;
}

static gboolean
write_label (ConfabSqliteCall *call, const ConfabRoleRow *role, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database, "UPDATE roles SET label = ?2, rev = ?3 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, role->id);
  confab_statement_bind_string (statement, 2, command->text);
  confab_statement_bind_int (statement, 3, call->rev);
  if (!confab_statement_run (statement, error))
    return FALSE;

  call->outcome->audience = CONFAB_AUDIENCE_ALL;

  return confab_sqlite_audit (call, "role-labelled", 0,
                              role->label != NULL ? role->label : role->rolename,
                              command->text != NULL ? command->text : role->rolename, error);
}

gboolean
confab_sqlite_label_role (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabRoleRow) role = NULL;

  if (!confab_sqlite_require_permission (call, CONFAB_PERMISSION_RENAME_ROLES, error))
    return FALSE;

  role = confab_sqlite_load_role (call->database, command->id, error);
  if (role == NULL)
    return *error != NULL ? FALSE : confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  return (g_strcmp0 (role->label, command->text) == 0 || write_label (call, role, error))
         && tell_of_role (call, role->id, error);
}

gboolean
confab_sqlite_add_role (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (call->database,
                               "INSERT INTO roles (rolename, label, base, rev) VALUES (?1, ?2, ?3, "
                               "?4) ON CONFLICT DO NOTHING",
                               error);

  if (statement == NULL
      || !confab_sqlite_require_permission (call, CONFAB_PERMISSION_CHANGE_ROLES, error))
    return FALSE;

  confab_statement_bind_string (statement, 1, command->rolename);
  confab_statement_bind_string (statement, 2, command->text);
  confab_statement_bind_string (statement, 3, confab_role_base_to_string (command->base));
  confab_statement_bind_int (statement, 4, call->rev);
  if (!confab_statement_run (statement, error))
    return FALSE;

  if (confab_database_changes (call->database) == 0)
    return confab_problem_set (error, CONFAB_PROBLEM_CONFLICT);

  call->outcome->created = TRUE;
  call->outcome->audience = CONFAB_AUDIENCE_ALL;

  return tell_of_role (call, confab_database_last_insert_id (call->database), error)
         && confab_sqlite_audit (call, "role-added", 0, NULL, command->rolename, error);
}
