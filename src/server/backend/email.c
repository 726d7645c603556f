/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Changes a user's email, at once or with a code mailed to the new address. Another user may take
 * the address meanwhile, so it is checked both times. */

#include "confab-call.h"

#include "confab-limits.h"
#include "confab-text.h"

/* A reset mailed to the old address must not remain valid. */
static gboolean
change_email (ConfabCall *call, const char *email, GError **error)
{
  const gint64 id = call->command->actor_id;
  g_autofree char *key = confab_text_key (email);
  g_autoptr (ConfabUserRow) user = confab_backend_load_user (call->database, id, TRUE, error);

  call->outcome->id = id;
  if (user == NULL)
    return FALSE;
  if (g_str_equal (email, user->email))
    return confab_call_clear_email_change (call, id, error)
           && confab_call_answer_with_user (call, id, error);

  return confab_call_require_free (call, id, NULL, NULL, key, error)
         && confab_database_run (
             call->database, error,
             "UPDATE users SET email = $2, email_key = $3, rev = $4 WHERE id = $1", sql_int (id),
             sql_text (email), sql_text (key), sql_int (call->rev))
         && confab_call_clear_email_change (call, id, error)
         && confab_call_clear_reset (call, id, error)
         && confab_call_audit (call, "email-changed", id, user->email, email, error)
         && confab_call_tell_of_user (call, id, error)
         && confab_call_answer_with_user (call, id, error);
}

gboolean
confab_run_set_email (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  return confab_call_require_password (call, command->actor_id, command->set_email.verified_hash,
                                       error)
         && change_email (call, command->set_email.email, error);
}

/* ---- with a code ---- */

gboolean
confab_run_start_email_change (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  const char *email = command->start_email_change.email;
  const gint64 id = command->actor_id;
  g_autofree char *key = confab_text_key (email);

  call->outcome->id = id;

  return confab_call_require_password (call, id, command->start_email_change.verified_hash, error)
         && confab_call_require_free (call, id, NULL, NULL, key, error)
         && confab_call_clear_email_change (call, id, error)
         && confab_database_run (
             call->database, error,
             "INSERT INTO email_changes (user_id, email, email_key, code_hash, attempts_left,"
             "                           issued_at, expires_at)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7)",
             sql_int (id), sql_text (email), sql_text (key),
             sql_text (command->start_email_change.code_hash), sql_int (CONFAB_CODE_ATTEMPTS),
             sql_int (command->at), sql_int (command->start_email_change.expires_at));
}

gboolean
confab_run_take_email_attempt (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  call->outcome->id = command->actor_id;

  return confab_database_run (
             call->database, error,
             "UPDATE email_changes SET attempts_left = attempts_left - 1"
             " WHERE user_id = $1 AND code_hash = $2 AND attempts_left > 0 AND expires_at > $3",
             sql_int (command->actor_id), sql_text (command->take_email_attempt.code_hash),
             sql_int (command->at))
         && confab_call_require_change (call, CONFAB_PROBLEM_CODE_INVALID, error);
}

/* This attempt was counted already, so the number of attempts left does not matter. */
gboolean
confab_run_confirm_email (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autofree char *email = NULL;

  if (!confab_database_query_text (call->database, &email, error,
                                   "SELECT email FROM email_changes"
                                   " WHERE user_id = $1 AND code_hash = $2 AND expires_at > $3",
                                   sql_int (command->actor_id),
                                   sql_text (command->confirm_email.code_hash),
                                   sql_int (command->at)))
    return FALSE;

  return email != NULL ? change_email (call, email, error)
                       : confab_problem_set (error, CONFAB_PROBLEM_CODE_INVALID);
}

ConfabEmailChange *
confab_backend_get_email_change (ConfabDatabase *database, gint64 user_id, GError **error)
{
  ConfabEmailChange *change;
  g_autoptr (ConfabResult) result =
      confab_database_query (database,
                             "SELECT e.email, e.code_hash, u.username, u.email"
                             "  FROM email_changes AS e JOIN users AS u ON u.id = e.user_id"
                             " WHERE e.user_id = $1 AND e.expires_at > $2 AND e.attempts_left > 0",
                             sql_int (user_id), sql_int (confab_backend_now ()));

  if (!confab_result_next (result))
    {
      confab_result_end (result, error);
      return NULL;
    }

  change = g_new0 (ConfabEmailChange, 1);
  change->email = confab_result_dup_text (result, 0);
  change->code_hash = confab_result_dup_text (result, 1);
  change->username = confab_result_dup_text (result, 2);
  change->old_email = confab_result_dup_text (result, 3);

  return change;
}
