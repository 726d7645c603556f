/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-sqlite-backend.h"

#include "confab-database.h"

gboolean
confab_sqlite_list_users (const char          *path,
                          ConfabSqliteUserFunc func,
                          gpointer             user_data,
                          GError             **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabDatabase) database
      = confab_database_open (path, CONFAB_DATABASE_READ, FALSE, error);
  /* Declared after the database, so that it is given back before that is closed. */
  g_autoptr (ConfabStatement) statement = NULL;

  if (database == NULL)
    return FALSE;

  statement = confab_database_prepare (
      database,
      "SELECT u.id, u.username, u.email, u.created_at, u.role_id, u.rev, r.rolename"
      "  FROM users AS u JOIN roles AS r ON r.id = u.role_id ORDER BY u.username_key",
      error);
  if (statement == NULL)
    return FALSE;

  while (confab_statement_step (statement, &local_error))
    {
      ConfabUserRow row = {
        .id = confab_statement_get_int (statement, 0),
        .username = (char *) confab_statement_get_string (statement, 1),
        .email = (char *) confab_statement_get_string (statement, 2),
        .created_at = confab_statement_get_int (statement, 3),
        .role_id = confab_statement_get_int (statement, 4),
        .rev = confab_statement_get_int (statement, 5),
      };

      func (&row, confab_statement_get_string (statement, 6), user_data);
    }

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}
