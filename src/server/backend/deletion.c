/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Deletes an account. The row stays, because messages refer to it, but without personal data: name
 * and email are replaced by invalid ones. The user leaves all groups, and remains in direct
 * conversations, which cannot be left. */

#include "confab-call.h"

static gboolean
leave_groups (ConfabCall *call, GError **error)
{
  GArray *left = call->outcome->left;

  if (!confab_backend_collect_ids (
          confab_database_query (
              call->database,
              "UPDATE conversation_users SET left_at = $2, rev = $3"
              " WHERE user_id = $1 AND left_at IS NULL"
              "   AND conversation_id IN (SELECT id FROM conversations WHERE kind = 'group')"
              " RETURNING conversation_id",
              sql_int (call->command->actor_id), sql_int (call->command->at), sql_int (call->rev)),
          left, error))
    return FALSE;

  for (guint i = 0; i < left->len; i++)
    {
      if (!confab_call_raise_head (call, g_array_index (left, gint64, i), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
forget_read_positions (ConfabCall *call, GError **error)
{
  return confab_database_run (call->database, error,
                              "DELETE FROM read_positions WHERE user_id = $1",
                              sql_int (call->command->actor_id));
}

static gboolean
forget_settings (ConfabCall *call, GError **error)
{
  return confab_database_run (call->database, error,
                              "DELETE FROM conversation_settings WHERE user_id = $1",
                              sql_int (call->command->actor_id));
}

static gboolean
blank_row (ConfabCall *call, GError **error)
{
  const gint64 id = call->command->actor_id;
  g_autofree char *name = g_strdup_printf ("deleted:%" G_GINT64_FORMAT, id);

  return confab_database_run (call->database, error,
                              "UPDATE users SET state = 'deleted', username = $2,"
                              " username_key = $2, username_look = $2, email = $2, email_key = $2,"
                              " password = '', about = NULL, rev = $3 WHERE id = $1",
                              sql_int (id), sql_text (name), sql_int (call->rev));
}

gboolean
confab_run_delete_account (ConfabCall *call, GError **error)
{
  const gint64 id = call->command->actor_id;
  g_autoptr (ConfabUserRow) user = NULL;

  if (!confab_call_require_password (call, id, call->command->delete_account.verified_hash, error)
      || !confab_call_require_admin_left (call, id, error))
    return FALSE;

  user = confab_backend_load_user (call->database, id, FALSE, error);
  if (user == NULL)
    return FALSE;

  call->outcome->id = id;
  call->outcome->end_problem = CONFAB_PROBLEM_ACCOUNT_DELETED;

  return confab_call_end_sessions (call, id, 0, error) && confab_call_clear_reset (call, id, error)
         && confab_call_clear_email_change (call, id, error)
         && confab_call_forget_known (call, id, error) && confab_call_drop_picture (call, id, error)
         && forget_read_positions (call, error) && forget_settings (call, error)
         && leave_groups (call, error) && blank_row (call, error)
         && confab_call_audit (call, "account-deleted", id, user->username, NULL, error)
         && confab_call_tell_of_user (call, id, error);
}
