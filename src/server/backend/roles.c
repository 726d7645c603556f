/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Roles and their assignment; a change always leaves an administrator. */

#include "confab-call.h"

/* ---- looking ---- */

/* Takes ownership of @result. */
static ConfabRoleRow *
read_role (ConfabResult *result, const char *field, GError **error)
{
  g_autoptr (ConfabResult) owned = result;

  if (confab_result_next (owned))
    return confab_role_row_read (owned);

  if (confab_result_end (owned, error))
    g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, field);

  return NULL;
}

ConfabRoleRow *
confab_backend_load_role (ConfabDatabase *database, gint64 role_id, GError **error)
{
  return read_role (
      confab_database_query (database, "SELECT " CONFAB_ROLE_COLUMNS " FROM roles WHERE id = $1",
                             sql_int (role_id)),
      "role_id", error);
}

ConfabRoleRow *
confab_backend_find_role (ConfabDatabase *database, const char *rolename, GError **error)
{
  return read_role (confab_database_query (
                        database, "SELECT " CONFAB_ROLE_COLUMNS " FROM roles WHERE rolename = $1",
                        sql_text (rolename)),
                    "rolename", error);
}

gboolean
confab_backend_list_roles (ConfabDatabase *database,
                           ConfabRoleFunc func,
                           gpointer user_data,
                           GError **error)
{
  g_autoptr (ConfabResult) result =
      confab_database_query (database, "SELECT " CONFAB_ROLE_COLUMNS " FROM roles ORDER BY id");

  while (confab_result_next (result))
    {
      g_autoptr (ConfabRoleRow) row = confab_role_row_read (result);

      func (row, user_data);
    }

  return confab_result_end (result, error);
}

static gboolean
count_admins (ConfabDatabase *database, gint64 *admins, GError **error)
{
  return confab_database_query_int (
      database, admins, error,
      "SELECT count (*) FROM roles AS r CROSS JOIN users AS u"
      " WHERE u.role_id = r.id AND r.base = 'admin' AND u.state = 'active'");
}

/* ---- assigning roles ---- */

/* Load the new role: by name for the command line, else by id. */
static ConfabRoleRow *
load_wanted (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  return command->set_role.rolename != NULL
             ? confab_backend_find_role (call->database, command->set_role.rolename, error)
             : confab_backend_load_role (call->database, command->set_role.role_id, error);
}

/* Replace @from by @to, which differs. */
static gboolean
change_role (ConfabCall *call,
             const char *action,
             const ConfabRoleRow *from,
             const ConfabRoleRow *to,
             GError **error)
{
  gint64 user_id = call->command->user_id;

  return (to->base == CONFAB_ROLE_BASE_ADMIN
          || confab_call_require_admin_left (call, user_id, error))
         && confab_database_run (call->database, error,
                                 "UPDATE users SET role_id = $2, rev = $3 WHERE id = $1",
                                 sql_int (user_id), sql_int (to->id), sql_int (call->rev))
         && confab_call_tell_of_user (call, user_id, error)
         && confab_call_audit (call, action, user_id, from->rolename, to->rolename, error);
}

gboolean
confab_run_set_role (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  gint64 expected_id = command->set_role.expected_role_id;
  g_autoptr (ConfabPersonRow) person = NULL;
  g_autoptr (ConfabRoleRow) from = NULL;
  g_autoptr (ConfabRoleRow) to = NULL;

  if (!confab_call_require_permission (call, CONFAB_PERMISSION_CHANGE_ROLES, error))
    return FALSE;

  person = confab_backend_load_person (call->database, command->actor_id, command->user_id,
                                       command->at, error);
  to = person != NULL ? load_wanted (call, error) : NULL;
  from =
      to != NULL ? confab_backend_load_role (call->database, person->user->role_id, error) : NULL;
  if (from == NULL)
    return FALSE;

  if (person->user->deleted || (expected_id != 0 && expected_id != from->id))
    return confab_problem_set (error, CONFAB_PROBLEM_CONFLICT);

  if (from->id != to->id
      && ((confab_role_base_is_promotion (from->base, to->base)
           && !confab_call_require_verification (call, error))
          || !change_role (call, "role-changed", from, to, error)))
    return FALSE;

  return confab_call_answer_with_person (call, error);
}

gboolean
confab_run_undo_role (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabPersonRow) person = NULL;
  g_autoptr (ConfabRoleRow) from = NULL;
  g_autoptr (ConfabRoleRow) to = NULL;

  if (!confab_call_require_permission (call, CONFAB_PERMISSION_CHANGE_ROLES, error))
    return FALSE;

  if (command->user_id == command->actor_id)
    return confab_problem_set (error, CONFAB_PROBLEM_FORBIDDEN);

  person = confab_backend_load_person (call->database, command->actor_id, command->user_id,
                                       command->at, error);
  if (person == NULL)
    return FALSE;

  if (person->undo_audit_id == 0 || person->undo_audit_id != command->undo_role.audit_id)
    return confab_problem_set (error, CONFAB_PROBLEM_UNDO_EXPIRED);

  from = confab_backend_load_role (call->database, person->user->role_id, error);
  to = from != NULL ? confab_backend_load_role (call->database, person->undo_role_id, error) : NULL;

  return to != NULL && change_role (call, "role-change-undone", from, to, error)
         && confab_call_answer_with_person (call, error);
}

gboolean
confab_backend_preview_role (ConfabDatabase *database,
                             gint64 actor_id,
                             gint64 user_id,
                             gint64 role_id,
                             ConfabRoleChange *change,
                             GError **error)
{
  g_autoptr (ConfabPersonRow) person = NULL;
  g_autoptr (ConfabRoleRow) to = NULL;
  g_autoptr (ConfabRoleRow) from = NULL;

  if (!confab_backend_require_permitted (database, actor_id, CONFAB_PERMISSION_CHANGE_ROLES, error))
    return FALSE;

  person = confab_backend_load_person (database, 0, user_id, confab_backend_now (), error);
  to = person != NULL ? confab_backend_load_role (database, role_id, error) : NULL;
  from = to != NULL ? confab_backend_load_role (database, person->user->role_id, error) : NULL;
  if (from == NULL || !count_admins (database, &change->admins_now, error))
    return FALSE;

  change->sessions = person->sessions;
  change->admins_after = change->admins_now;
  if (g_str_equal (person->state, "active"))
    change->admins_after +=
        (to->base == CONFAB_ROLE_BASE_ADMIN) - (from->base == CONFAB_ROLE_BASE_ADMIN);

  return TRUE;
}

/* ---- labels ---- */

/* Answer with the role's row, and let all users pull it. */
static gboolean
tell_of_role (ConfabCall *call, gint64 role_id, GError **error)
{
  g_auto (ConfabGathering) gathering = { 0 };

  call->outcome->id = role_id;
  confab_gathering_init (&gathering, call->database, 0);

  return confab_gathering_add (&gathering, CONFAB_GATHER_ROLES, role_id, error)
         && confab_call_answer (call, &gathering, FALSE, error);
}

static gboolean
write_label (ConfabCall *call, const ConfabRoleRow *role, GError **error)
{
  const char *label = call->command->label_role.label;

  call->outcome->audience = CONFAB_AUDIENCE_ALL;

  return confab_database_run (call->database, error,
                              "UPDATE roles SET label = $2, rev = $3 WHERE id = $1",
                              sql_int (role->id), sql_text (label), sql_int (call->rev))
         && confab_call_audit (call, "role-labelled", 0,
                               role->label != NULL ? role->label : role->rolename,
                               label != NULL ? label : role->rolename, error);
}

gboolean
confab_run_label_role (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabResult) result = NULL;
  g_autoptr (ConfabRoleRow) role = NULL;

  if (!confab_call_require_permission (call, CONFAB_PERMISSION_RENAME_ROLES, error))
    return FALSE;

  result = confab_database_query (call->database,
                                  "SELECT " CONFAB_ROLE_COLUMNS " FROM roles WHERE id = $1",
                                  sql_int (command->label_role.role_id));
  if (!confab_backend_require_row (result, CONFAB_PROBLEM_NOT_FOUND, error))
    return FALSE;

  role = confab_role_row_read (result);

  return (g_strcmp0 (role->label, command->label_role.label) == 0
          || write_label (call, role, error))
         && tell_of_role (call, role->id, error);
}

gboolean
confab_run_add_role (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  gint64 id = 0;

  if (!confab_call_require_permission (call, CONFAB_PERMISSION_CHANGE_ROLES, error)
      || !confab_database_query_int (
          call->database, &id, error,
          "INSERT INTO roles (rolename, label, base, rev) VALUES ($1, $2, $3, $4)"
          " ON CONFLICT DO NOTHING RETURNING id",
          sql_text (command->add_role.rolename), sql_text (command->add_role.label),
          sql_text (confab_role_base_to_string (command->add_role.base)), sql_int (call->rev)))
    return FALSE;

  if (id == 0)
    return confab_problem_set (error, CONFAB_PROBLEM_CONFLICT);

  call->outcome->created = TRUE;
  call->outcome->audience = CONFAB_AUDIENCE_ALL;

  return tell_of_role (call, id, error)
         && confab_call_audit (call, "role-added", 0, NULL, command->add_role.rolename, error);
}
