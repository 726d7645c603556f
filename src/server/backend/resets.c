/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Resets of forgotten passwords. A reset consists of two columns of its user (the hash of the
 * link's token, and the expiry) and a row of password_resets (the hash of the code, and the
 * attempts left): both or neither. */

#include "confab-call.h"

#include "confab-limits.h"

#define AGAIN_MS (CONFAB_RESET_AGAIN_SECONDS * G_GINT64_CONSTANT (1000))

/* ---- beginning ---- */

/* A new reset replaces the previous one. @mailed: whether the code goes to the person's address,
 * which others need not know. */
static gboolean
put_reset (ConfabCall *call,
           gboolean mailed,
           const char *token_key,
           const char *code_hash,
           gint64 expires_at,
           GError **error)
{
  const ConfabCommand *command = call->command;

  call->outcome->id = command->user_id;
  call->outcome->created = TRUE;

  return confab_database_run (
             call->database, error,
             "INSERT INTO password_resets (user_id, code_hash, attempts_left, issued_at, issuer_id,"
             "                             mailed)"
             " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (user_id) DO UPDATE"
             "  SET code_hash = excluded.code_hash, attempts_left = excluded.attempts_left,"
             "      issued_at = excluded.issued_at, issuer_id = excluded.issuer_id,"
             "      mailed = excluded.mailed",
             sql_int (command->user_id), sql_text (code_hash), sql_int (CONFAB_CODE_ATTEMPTS),
             sql_int (command->at), sql_id (MAX (command->actor_id, 0)), sql_int (mailed))
         && confab_database_run (call->database, error,
                                 "UPDATE users SET reset_password_token = $2,"
                                 " reset_password_token_expires = $3 WHERE id = $1",
                                 sql_int (command->user_id), sql_text (token_key),
                                 sql_int (expires_at));
}

/* Return whether a reset was issued less than a minute ago. */
static gboolean
was_just_issued (ConfabCall *call, gint64 *just, GError **error)
{
  return confab_database_query_int (
      call->database, just, error,
      "SELECT 1 FROM password_resets WHERE user_id = $1 AND $2 - issued_at BETWEEN 0 AND $3",
      sql_int (call->command->user_id), sql_int (call->command->at), sql_int (AGAIN_MS - 1));
}

gboolean
confab_run_start_reset (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  gint64 just = 0, theirs = 0;

  if (!was_just_issued (call, &just, error)
      || !confab_database_query_int (
          call->database, &theirs, error,
          "SELECT 1 FROM users WHERE id = $1 AND email = $2 AND state = 'active'",
          sql_int (command->user_id), sql_text (command->start_reset.email)))
    return FALSE;

  /* The caller must not learn of this, so it is no error. */
  if (just || !theirs)
    return TRUE;

  return put_reset (call, TRUE, command->start_reset.token_key, command->start_reset.code_hash,
                    command->start_reset.expires_at, error);
}

gboolean
confab_run_issue_reset_code (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autofree char *state = NULL;

  if (!confab_call_require_permission (call, CONFAB_PERMISSION_RESET_PASSWORDS, error)
      || !confab_call_require_verification (call, error)
      || !confab_database_query_text (call->database, &state, error,
                                      "SELECT state FROM users WHERE id = $1",
                                      sql_int (command->user_id)))
    return FALSE;

  if (state == NULL)
    return confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);
  if (!g_str_equal (state, "active"))
    return confab_problem_set (error, CONFAB_PROBLEM_CONFLICT);

  return put_reset (call, FALSE, command->issue_reset_code.token_key,
                    command->issue_reset_code.code_hash, command->issue_reset_code.expires_at,
                    error)
         && confab_call_audit (call, "reset-code-issued", command->user_id, NULL, NULL, error);
}

/* ---- attempts at a code ---- */

/* Called before comparing the code, so that simultaneous attempts cannot exceed the limit. */
gboolean
confab_run_take_reset_attempt (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  return confab_database_run (
             call->database, error,
             "UPDATE password_resets SET attempts_left = attempts_left - 1"
             " WHERE user_id = $1 AND code_hash = $2 AND attempts_left > 0"
             "   AND EXISTS (SELECT 1 FROM users WHERE id = $1 AND reset_password_token_expires > "
             "$3)",
             sql_int (command->user_id), sql_text (command->take_reset_attempt.code_hash),
             sql_int (command->at))
         && confab_call_require_change (call, CONFAB_PROBLEM_RESET_INVALID, error);
}

gboolean
confab_run_return_reset_attempt (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  return confab_database_run (call->database, error,
                              "UPDATE password_resets SET attempts_left = attempts_left + 1"
                              " WHERE user_id = $1 AND code_hash = $2 AND attempts_left < $3",
                              sql_int (command->user_id),
                              sql_text (command->return_reset_attempt.code_hash),
                              sql_int (CONFAB_CODE_ATTEMPTS));
}

/* ---- ending ---- */

/* Only one command can succeed, because it deletes the token's hash. */
static gboolean
set_password (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  return confab_database_run (
             call->database, error,
             "UPDATE users SET password = $3 WHERE id = $1 AND state = 'active'"
             "   AND reset_password_token = $2"
             "   AND reset_password_token_expires > $4",
             sql_int (command->user_id), sql_text (command->complete_reset.token_key),
             sql_text (command->complete_reset.password_hash), sql_int (command->at))
         && confab_call_require_change (call, CONFAB_PROBLEM_RESET_INVALID, error);
}

gboolean
confab_run_complete_reset (ConfabCall *call, GError **error)
{
  gint64 user_id = call->command->user_id;

  call->outcome->id = user_id;

  return set_password (call, error) && confab_call_clear_reset (call, user_id, error)
         && confab_call_clear_email_change (call, user_id, error)
         && confab_call_end_sessions (call, user_id, 0, error)
         && confab_call_know (call, user_id, NULL, call->command->complete_reset.network, error)
         && confab_call_audit (call, "password-reset", user_id, NULL, NULL, error);
}

/* ---- looking ---- */

/* Usernames are public, so a code that was mailed is for the address it was mailed to. */
ConfabResetRow *
confab_backend_find_reset (ConfabDatabase *database,
                           const char *token_key,
                           const char *login_key,
                           GError **error)
{
  ConfabResetRow *reset;
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT u.id, u.username, u.email, u.reset_password_token, u.reset_password_token_expires,"
      "       r.code_hash, r.attempts_left"
      "  FROM users AS u JOIN password_resets AS r ON r.user_id = u.id"
      " WHERE (u.reset_password_token = $1 OR u.username_key = $2 OR u.email_key = $2)"
      "   AND u.state = 'active' AND u.reset_password_token_expires > $3"
      "   AND (r.mailed = 0 OR u.reset_password_token = $1 OR u.email_key = $2)",
      sql_text (token_key), sql_text (login_key), sql_int (confab_backend_now ()));

  if (!confab_result_next (result))
    {
      confab_result_end (result, error);
      return NULL;
    }

  reset = g_new0 (ConfabResetRow, 1);
  reset->user_id = confab_result_get_int (result, 0);
  reset->username = confab_result_dup_text (result, 1);
  reset->email = confab_result_dup_text (result, 2);
  reset->token_key = confab_result_dup_text (result, 3);
  reset->expires_at = confab_result_get_int (result, 4);
  reset->code_hash = confab_result_dup_text (result, 5);
  reset->attempts_left = confab_result_get_int (result, 6);

  return reset;
}
