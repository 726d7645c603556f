/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Resets of forgotten passwords. One is two columns of its person (the hash of the link's token,
 * and until when) and a row of password_resets (the hash of the code, and how often it may still be
 * tried): both or neither. */

#include "confab-sqlite-call.h"

#include "confab-limits.h"
#include "confab-sqlite-private.h"

#define AGAIN_MS (CONFAB_RESET_AGAIN_SECONDS * G_GINT64_CONSTANT (1000))

gboolean
confab_sqlite_clear_reset (ConfabSqliteCall *call, gint64 user_id, GError **error)
{
  return confab_sqlite_run_with (call, "DELETE FROM password_resets WHERE user_id = ?1", user_id,
                                 error)
         && confab_sqlite_run_with (
             call,
             "UPDATE users SET reset_password_token = NULL, reset_password_token_expires = NULL"
             " WHERE id = ?1",
             user_id, error);
}

/* ---- beginning ---- */

static gboolean
set_token (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "UPDATE users SET reset_password_token = ?2, reset_password_token_expires = ?3 WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->user_id);
  confab_statement_bind_string (statement, 2, command->text);
  confab_statement_bind_int (statement, 3, command->expires_at);

  return confab_statement_run (statement, error);
}

/* The newest replaces the one before. */
static gboolean
put_reset (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (call->database,
                               "INSERT OR REPLACE INTO password_resets (user_id, code_hash, "
                               "attempts_left, issued_at, issuer_id)"
                               " VALUES (?1, ?2, ?3, ?4, ?5)",
                               error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->user_id);
  confab_statement_bind_string (statement, 2, command->password_hash);
  confab_statement_bind_int (statement, 3, CONFAB_CODE_ATTEMPTS);
  confab_statement_bind_int (statement, 4, command->at);
  confab_statement_bind_id (statement, 5, command->actor_id);
  if (!confab_statement_run (statement, error))
    return FALSE;

  call->outcome->id = command->user_id;
  call->outcome->created = TRUE;

  return set_token (call, error);
}

/* Leaves *state NULL if there is nobody, or nobody any more whose email is the command's, should
 * it have one. */
static gboolean
load_state (ConfabSqliteCall *call, char **state, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database, "SELECT state FROM users WHERE id = ?1 AND (?2 IS NULL OR email = ?2)",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->user_id);
  confab_statement_bind_string (statement, 2, call->command->email);
  if (confab_statement_step (statement, error))
    *state = confab_statement_dup_string (statement, 0);

  return *error == NULL;
}

/* Whether one was issued less than a minute ago. */
static gboolean
was_just_issued (ConfabSqliteCall *call, gboolean *just, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "SELECT 1 FROM password_resets WHERE user_id = ?1 AND ?2 - issued_at BETWEEN 0 AND ?3",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->user_id);
  confab_statement_bind_int (statement, 2, call->command->at);
  confab_statement_bind_int (statement, 3, AGAIN_MS - 1);
  *just = confab_statement_step (statement, error);

  return *error == NULL;
}

gboolean
confab_sqlite_start_reset (ConfabSqliteCall *call, GError **error)
{
  g_autofree char *state = NULL;
  gboolean just = FALSE;

  if (!load_state (call, &state, error) || !was_just_issued (call, &just, error))
    return FALSE;

  /* Whoever asks is told nothing of this, so it is no error. */
  if (just || g_strcmp0 (state, "active") != 0)
    return TRUE;

  return put_reset (call, error);
}

gboolean
confab_sqlite_issue_reset_code (ConfabSqliteCall *call, GError **error)
{
  g_autofree char *state = NULL;

  if (!confab_sqlite_require_permission (call, CONFAB_PERMISSION_RESET_PASSWORDS, error)
      || !confab_sqlite_require_verification (call, error) || !load_state (call, &state, error))
    return FALSE;

  if (state == NULL)
    return confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);
  if (!g_str_equal (state, "active"))
    return confab_problem_set (error, CONFAB_PROBLEM_CONFLICT);

  return put_reset (call, error)
         && confab_sqlite_audit (call, "reset-code-issued", call->command->user_id, NULL, NULL,
                                 error);
}

/* ---- a code's attempts ---- */

/* Counted before the code is compared: however many are tried at once, five are. */
gboolean
confab_sqlite_take_reset_attempt (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "UPDATE password_resets SET attempts_left = attempts_left - 1"
      " WHERE user_id = ?1 AND code_hash = ?2 AND attempts_left > 0"
      "   AND EXISTS (SELECT 1 FROM users WHERE id = ?1 AND reset_password_token_expires > ?3)",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->user_id);
  confab_statement_bind_string (statement, 2, command->password_hash);
  confab_statement_bind_int (statement, 3, command->at);
  if (!confab_statement_run (statement, error))
    return FALSE;

  return confab_database_changes (call->database) > 0
         || confab_problem_set (error, CONFAB_PROBLEM_RESET_INVALID);
}

gboolean
confab_sqlite_return_reset_attempt (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "UPDATE password_resets SET attempts_left = min (attempts_left + 1, ?3)"
      " WHERE user_id = ?1 AND code_hash = ?2",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->user_id);
  confab_statement_bind_string (statement, 2, command->password_hash);
  confab_statement_bind_int (statement, 3, CONFAB_CODE_ATTEMPTS);

  return confab_statement_run (statement, error);
}

/* ---- ending ---- */

/* Whoever comes first takes it: the token's hash is there once. */
static gboolean
set_password (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "UPDATE users SET password = ?3 WHERE id = ?1 AND state = 'active'"
      "   AND reset_password_token = ?2 AND reset_password_token_expires > ?4",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->user_id);
  confab_statement_bind_string (statement, 2, command->text);
  confab_statement_bind_string (statement, 3, command->password_hash);
  confab_statement_bind_int (statement, 4, command->at);
  if (!confab_statement_run (statement, error))
    return FALSE;

  return confab_database_changes (call->database) > 0
         || confab_problem_set (error, CONFAB_PROBLEM_RESET_INVALID);
}

gboolean
confab_sqlite_complete_reset (ConfabSqliteCall *call, GError **error)
{
  gint64 user_id = call->command->user_id;

  call->outcome->id = user_id;

  return set_password (call, error) && confab_sqlite_clear_reset (call, user_id, error)
         && confab_sqlite_clear_email_change (call, user_id, error)
         && confab_sqlite_end_sessions (call, user_id, 0, error)
         && confab_sqlite_know (call, user_id, error)
         && confab_sqlite_audit (call, "password-reset", user_id, NULL, NULL, error);
}

/* By way of the resets, which are few: nothing walks through all people. */
gboolean
confab_sqlite_forget_expired (ConfabSqliteCall *call, GError **error)
{
  return confab_sqlite_run_with (
             call,
             "UPDATE users SET reset_password_token = NULL, reset_password_token_expires = NULL"
             " WHERE id IN (SELECT r.user_id FROM password_resets AS r JOIN users AS u ON u.id = "
             "r.user_id"
             "               WHERE u.reset_password_token_expires <= ?1)",
             call->command->at, error)
         && confab_database_exec (
             call->database,
             "DELETE FROM password_resets WHERE EXISTS"
             " (SELECT 1 FROM users WHERE id = user_id AND reset_password_token IS NULL)",
             error)
         && confab_sqlite_run_with (call, "DELETE FROM email_changes WHERE expires_at <= ?1",
                                    call->command->at, error)
         && confab_sqlite_forget_unused_known (call, error)
         && confab_sqlite_run_with (call, "DELETE FROM sessions WHERE created_at <= ?1",
                                    call->command->expires_at, error);
}

/* ---- looking ---- */

ConfabReset *
confab_sqlite_load_reset (ConfabDatabase *database,
                          const char *token_key,
                          const char *login_key,
                          gint64 now,
                          GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database,
      "SELECT u.id, u.username, u.email, u.reset_password_token, u.reset_password_token_expires, "
      "r.code_hash"
      "  FROM users AS u JOIN password_resets AS r ON r.user_id = u.id"
      " WHERE (u.reset_password_token = ?1 OR u.username_key = ?2 OR u.email_key = ?2)"
      "   AND u.state = 'active' AND u.reset_password_token_expires > ?3"
      /* Strangers can use up the attempts at the code; the link's token cannot be guessed. */
      "   AND (r.attempts_left > 0 OR u.reset_password_token = ?1)",
      error);
  ConfabReset *reset;

  if (statement == NULL)
    return NULL;

  confab_statement_bind_string (statement, 1, token_key);
  confab_statement_bind_string (statement, 2, login_key);
  confab_statement_bind_int (statement, 3, now);
  if (!confab_statement_step (statement, error))
    return NULL;

  reset = g_new0 (ConfabReset, 1);
  reset->user_id = confab_statement_get_int (statement, 0);
  reset->username = confab_statement_dup_string (statement, 1);
  reset->email = confab_statement_dup_string (statement, 2);
  reset->token_key = confab_statement_dup_string (statement, 3);
  reset->expires_at = confab_statement_get_int (statement, 4);
  reset->code_hash = confab_statement_dup_string (statement, 5);

  return reset;
}
