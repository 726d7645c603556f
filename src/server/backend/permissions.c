/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Checks what a user may do by their role. */

#include "confab-call.h"

gboolean
confab_backend_require_permitted (ConfabDatabase *database,
                                  gint64 user_id,
                                  ConfabPermission permission,
                                  GError **error)
{
  g_autofree char *text = NULL;
  ConfabRoleBase base;

  if (!confab_database_query_text (database, &text, error,
                                   "SELECT r.base FROM users AS u"
                                   "  JOIN roles AS r ON r.id = u.role_id"
                                   " WHERE u.id = $1 AND u.state = 'active'",
                                   sql_int (user_id)))
    return FALSE;

  return (text != NULL && confab_role_base_from_string (text, &base)
          && confab_role_base_permits (base, permission))
         || confab_problem_set (error, CONFAB_PROBLEM_FORBIDDEN);
}

gboolean
confab_call_require_permission (ConfabCall *call, ConfabPermission permission, GError **error)
{
  gint64 actor_id = call->command->actor_id;

  return actor_id == CONFAB_ACTOR_OPERATOR
         || confab_backend_require_permitted (call->database, actor_id, permission, error);
}

/* The index users_by_role finds another administrator quickly, however many users there are. */
gboolean
confab_call_require_admin_left (ConfabCall *call, gint64 user_id, GError **error)
{
  gint64 is_last;

  return confab_database_query_int (
             call->database, &is_last, error,
             "SELECT 1 FROM users AS u JOIN roles AS r ON r.id = u.role_id"
             " WHERE u.id = $1 AND u.state = 'active' AND r.base = 'admin'"
             "   AND NOT EXISTS (SELECT 1 FROM roles AS q CROSS JOIN users AS o"
             "                    WHERE q.base = 'admin' AND o.role_id = q.id"
             "                      AND o.state = 'active' AND o.id <> $1)",
             sql_int (user_id))
         && (!is_last || confab_problem_set (error, CONFAB_PROBLEM_LAST_ADMIN));
}

gboolean
confab_backend_has_admin (ConfabDatabase *database, gboolean *has_admin, GError **error)
{
  gint64 found;

  if (!confab_database_query_int (database, &found, error,
                                  "SELECT 1 FROM roles AS r CROSS JOIN users AS u"
                                  " WHERE r.base = 'admin' AND u.role_id = r.id"
                                  "   AND u.state = 'active' LIMIT 1"))
    return FALSE;

  *has_admin = found != 0;

  return TRUE;
}
