/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the command line lists. */

#include "confab-sqlite-backend.h"

#include "confab-database.h"
#include "confab-sqlite-private.h"

/* Called for each row of a query. */
typedef void (*RowFunc) (ConfabStatement *statement, gpointer data);

static gboolean
list (const char *path, const char *sql, RowFunc func, gpointer data, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabDatabase) database = confab_sqlite_open_to_read (path, error);
  /* Declared after the database, so that it is given back before that is closed. */
  g_autoptr (ConfabStatement) statement = NULL;

  if (database == NULL)
    return FALSE;

  statement = confab_database_prepare (database, sql, error);
  if (statement == NULL)
    return FALSE;

  while (confab_statement_step (statement, &local_error))
    func (statement, data);

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

typedef struct
{
  ConfabSqliteUserFunc func;
  gpointer user_data;
} UserList;

static void
take_user (ConfabStatement *statement, gpointer data)
{
  const UserList *self = data;
  ConfabUserRow row = {
    .id = confab_statement_get_int (statement, 0),
    .username = (char *)confab_statement_get_string (statement, 1),
    .email = (char *)confab_statement_get_string (statement, 2),
    .created_at = confab_statement_get_int (statement, 3),
    .role_id = confab_statement_get_int (statement, 4),
    .rev = confab_statement_get_int (statement, 5),
  };

  self->func (&row, confab_statement_get_string (statement, 6),
              confab_statement_get_string (statement, 7), self->user_data);
}

gboolean
confab_sqlite_list_users (const char *path,
                          ConfabSqliteUserFunc func,
                          gpointer user_data,
                          GError **error)
{
  UserList self = { func, user_data };

  return list (
      path,
      "SELECT u.id, u.username, u.email, u.created_at, u.role_id, u.rev, r.rolename, u.state"
      "  FROM users AS u JOIN roles AS r ON r.id = u.role_id"
      " WHERE u.state <> 'deleted' ORDER BY u.username_key",
      take_user, &self, error);
}

typedef struct
{
  ConfabSqliteRoleFunc func;
  gpointer user_data;
} RoleList;

static void
take_role (ConfabStatement *statement, gpointer data)
{
  const RoleList *self = data;
  ConfabRoleRow row = {
    .id = confab_statement_get_int (statement, 0),
    .rolename = (char *)confab_statement_get_string (statement, 1),
    .label = (char *)confab_statement_get_string (statement, 2),
  };

  confab_role_base_from_string (confab_statement_get_string (statement, 3), &row.base);
  self->func (&row, self->user_data);
}

gboolean
confab_sqlite_list_roles (const char *path,
                          ConfabSqliteRoleFunc func,
                          gpointer user_data,
                          GError **error)
{
  RoleList self = { func, user_data };

  return list (path, "SELECT id, rolename, label, base FROM roles ORDER BY id", take_role, &self,
               error);
}
