/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Deleting one's account. The row stays, for the messages that refer to it, but nothing of the
 * person: the name and address give way to ones that nobody could have. Whoever is gone leaves the
 * groups; in a conversation of two, which nobody can leave, they stay the other one. */

#include "confab-sqlite-call.h"

static gboolean
leave_groups (ConfabSqliteCall *call, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "UPDATE conversation_users SET left_at = ?2, rev = ?3"
      " WHERE user_id = ?1 AND left_at IS NULL"
      "   AND conversation_id IN (SELECT id FROM conversations WHERE kind = 'group')"
      " RETURNING conversation_id",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->actor_id);
  confab_statement_bind_int (statement, 2, call->command->at);
  confab_statement_bind_int (statement, 3, call->rev);
  while (confab_statement_step (statement, error))
    {
      gint64 id = confab_statement_get_int (statement, 0);

      g_array_append_val (call->outcome->left, id);
    }

  for (guint i = 0; *error == NULL && i < call->outcome->left->len; i++)
    confab_sqlite_raise_head (call, g_array_index (call->outcome->left, gint64, i), error);

  return *error == NULL;
}

static gboolean
blank_row (ConfabSqliteCall *call, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (call->database,
                               "UPDATE users SET state = 'deleted', username = 'deleted:' || id, "
                               "username_key = 'deleted:' || id, username_look = 'deleted:' || id,"
                               "  email = 'deleted:' || id, email_key = 'deleted:' || id, password "
                               "= '', about = NULL, rev = ?2"
                               " WHERE id = ?1",
                               error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->actor_id);
  confab_statement_bind_int (statement, 2, call->rev);

  return confab_statement_run (statement, error);
}

gboolean
confab_sqlite_delete_account (ConfabSqliteCall *call, GError **error)
{
  const gint64 id = call->command->actor_id;
  g_autoptr (ConfabUserRow) user = NULL;

  if (!confab_sqlite_require_password (call, id, call->command->password_hash, error)
      || !confab_sqlite_require_admin_left (call, id, error))
    return FALSE;

  user = confab_sqlite_load_user (call->database, id, FALSE, error);
  if (user == NULL)
    return FALSE;

  call->outcome->id = id;
  call->outcome->end_problem = CONFAB_PROBLEM_ACCOUNT_DELETED;

  return confab_sqlite_end_sessions (call, id, 0, error)
         && confab_sqlite_clear_reset (call, id, error)
         && confab_sqlite_clear_email_change (call, id, error)
         && confab_sqlite_forget_known (call, id, error)
         && confab_sqlite_drop_picture (call, id, error)
         && confab_sqlite_run_with (call, "DELETE FROM read_positions WHERE user_id = ?1", id,
                                    error)
         && leave_groups (call, error) && blank_row (call, error)
         && confab_sqlite_audit (call, "account-deleted", id, user->username, NULL, error)
         && confab_sqlite_tell_of_user (call, id, error);
}
