/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One row of users, which several subjects read, check and send. */

#include "confab-call.h"

ConfabUserRow *
confab_backend_load_user (ConfabDatabase *database,
                          gint64 user_id,
                          gboolean with_email,
                          GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT " CONFAB_USER_COLUMNS ("CASE WHEN $2 = 1 THEN email END") " FROM users WHERE id = $1",
      sql_int (user_id), sql_int (with_email));

  return confab_backend_require_row (result, CONFAB_PROBLEM_NOT_FOUND, error)
             ? confab_user_row_read (result)
             : NULL;
}

gboolean
confab_call_answer_with_user (ConfabCall *call, gint64 user_id, GError **error)
{
  g_auto (ConfabGathering) gathering = { 0 };

  confab_gathering_init (&gathering, call->database, user_id);
  confab_gathering_add_user (&gathering, user_id);
  if (!confab_call_answer (call, &gathering, FALSE, error))
    return FALSE;

  return call->outcome->rows->users->len > 0
         || confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);
}

gboolean
confab_call_tell_of_user (ConfabCall *call, gint64 user_id, GError **error)
{
  call->outcome->rev = call->rev;
  call->outcome->audience = CONFAB_AUDIENCE_LISTED;
  g_array_append_val (call->outcome->listed, user_id);

  return confab_backend_collect_ids (
      confab_database_query (call->database,
                             "SELECT DISTINCT mine.user_id FROM conversation_users AS theirs"
                             "  JOIN conversation_users AS mine USING (conversation_id)"
                             " WHERE theirs.user_id = $1 AND mine.user_id <> $1"
                             "   AND mine.left_at IS NULL",
                             sql_int (user_id)),
      call->outcome->listed, error);
}

/* It may have changed since the caller verified it. */
gboolean
confab_call_require_password (ConfabCall *call,
                              gint64 user_id,
                              const char *verified_hash,
                              GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      call->database, "SELECT password = $2 FROM users WHERE id = $1 AND state <> 'deleted'",
      sql_int (user_id), sql_text (verified_hash));

  if (!confab_backend_require_row (result, CONFAB_PROBLEM_NOT_FOUND, error))
    return FALSE;

  return confab_result_get_int (result, 0)
         || confab_problem_set (error, CONFAB_PROBLEM_WRONG_CREDENTIALS);
}

/* The database reports that a key is taken, but not which, so check first. */
gboolean
confab_call_require_free (ConfabCall *call,
                          gint64 user_id,
                          const char *username_key,
                          const char *username_look,
                          const char *email_key,
                          GError **error)
{
  static const ConfabProblem problems[] = { CONFAB_PROBLEM_USERNAME_TAKEN,
                                            CONFAB_PROBLEM_USERNAME_LOOK_ALIKE,
                                            CONFAB_PROBLEM_EMAIL_TAKEN };
  g_autoptr (ConfabResult) result = confab_database_query (
      call->database,
      "SELECT CASE WHEN username_key = $1 THEN 0 WHEN username_look = $2 THEN 1 ELSE 2 END"
      "  FROM users WHERE (username_key = $1 OR username_look = $2 OR email_key = $3) AND id <> $4"
      " ORDER BY 1",
      sql_text (username_key), sql_text (username_look), sql_text (email_key), sql_int (user_id));

  if (confab_result_next (result))
    return confab_problem_set (error, problems[confab_result_get_int (result, 0)]);

  return confab_result_end (result, error);
}

/* Here because resets and changes of email each end the other. */
gboolean
confab_call_clear_reset (ConfabCall *call, gint64 user_id, GError **error)
{
  return confab_database_run (call->database, error,
                              "DELETE FROM password_resets WHERE user_id = $1", sql_int (user_id))
         && confab_database_run (call->database, error,
                                 "UPDATE users SET reset_password_token = NULL,"
                                 " reset_password_token_expires = NULL WHERE id = $1",
                                 sql_int (user_id));
}

gboolean
confab_call_clear_email_change (ConfabCall *call, gint64 user_id, GError **error)
{
  return confab_database_run (call->database, error, "DELETE FROM email_changes WHERE user_id = $1",
                              sql_int (user_id));
}
