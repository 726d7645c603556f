/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Roles, who has them, and that somebody is always left who may give them. */

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
confab_sqlite_load_role (ConfabDatabase *database,
                         gint64          role_id,
                         GError        **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database, "SELECT " ROLE_COLUMNS " FROM roles WHERE id = ?1", error);

  if (statement == NULL)
    return NULL;

  confab_statement_bind_int (statement, 1, role_id);

  return confab_statement_step (statement, error) ? read_role (statement) : NULL;
}

ConfabRoleRow *
confab_sqlite_find_role (ConfabDatabase *database,
                         const char     *rolename,
                         GError        **error)
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
confab_sqlite_require_admin_left (ConfabSqliteCall *call,
                                  gint64            user_id,
                                  GError          **error)
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
