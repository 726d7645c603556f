/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Changing one's email: at once, or once a code that was mailed to the new address has been typed.
 * Somebody else may take the address meanwhile, so it is looked for both times. */

#include "confab-sqlite-call.h"

#include "confab-limits.h"
#include "confab-sqlite-private.h"
#include "confab-text.h"

gboolean
confab_sqlite_clear_email_change (ConfabSqliteCall *call, gint64 user_id, GError **error)
{
  return confab_sqlite_run_with (call, "DELETE FROM email_changes WHERE user_id = ?1", user_id,
                                 error);
}

static gboolean
update_email (ConfabSqliteCall *call, const char *email, const char *email_key, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database, "UPDATE users SET email = ?2, email_key = ?3, rev = ?4 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->actor_id);
  confab_statement_bind_string (statement, 2, email);
  confab_statement_bind_string (statement, 3, email_key);
  confab_statement_bind_int (statement, 4, call->rev);

  return confab_statement_run (statement, error);
}

/* A reset that was mailed to the old address must not outlive it. */
static gboolean
change_email (ConfabSqliteCall *call, const char *email, GError **error)
{
  const gint64 id = call->command->actor_id;
  g_autofree char *key = confab_text_key (email);
  g_autoptr (ConfabUserRow) user = confab_sqlite_load_user (call->database, id, TRUE, error);

  call->outcome->id = id;
  if (user == NULL)
    return *error != NULL ? FALSE : confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);
  if (g_str_equal (email, user->email))
    return confab_sqlite_clear_email_change (call, id, error)
           && confab_sqlite_answer_with_user (call, id, error);

  return confab_sqlite_require_free (call->database, id, NULL, NULL, key, error)
         && update_email (call, email, key, error)
         && confab_sqlite_clear_email_change (call, id, error)
         && confab_sqlite_clear_reset (call, id, error)
         && confab_sqlite_audit (call, "email-changed", id, user->email, email, error)
         && confab_sqlite_tell_of_user (call, id, error)
         && confab_sqlite_answer_with_user (call, id, error);
}

gboolean
confab_sqlite_set_email (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  return confab_sqlite_require_password (call, command->actor_id, command->password_hash, error)
         && change_email (call, command->email, error);
}

/* ---- by code ---- */

gboolean
confab_sqlite_start_email_change (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autofree char *key = confab_text_key (command->email);
  g_autoptr (ConfabStatement) statement = NULL;

  if (!confab_sqlite_require_password (call, command->actor_id, command->password_hash, error)
      || !confab_sqlite_require_free (call->database, command->actor_id, NULL, NULL, key, error))
    return FALSE;

  statement = confab_database_prepare (call->database,
                                       "INSERT OR REPLACE INTO email_changes (user_id, email, "
                                       "email_key, code_hash, attempts_left, issued_at,"
                                       "                                      expires_at)"
                                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                                       error);
  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->actor_id);
  confab_statement_bind_string (statement, 2, command->email);
  confab_statement_bind_string (statement, 3, key);
  confab_statement_bind_string (statement, 4, command->text);
  confab_statement_bind_int (statement, 5, CONFAB_CODE_ATTEMPTS);
  confab_statement_bind_int (statement, 6, command->at);
  confab_statement_bind_int (statement, 7, command->expires_at);
  call->outcome->id = command->actor_id;

  return confab_statement_run (statement, error);
}

gboolean
confab_sqlite_take_email_attempt (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "UPDATE email_changes SET attempts_left = attempts_left - 1"
      " WHERE user_id = ?1 AND code_hash = ?2 AND attempts_left > 0 AND expires_at > ?3",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->actor_id);
  confab_statement_bind_string (statement, 2, command->text);
  confab_statement_bind_int (statement, 3, command->at);
  call->outcome->id = command->actor_id;
  if (!confab_statement_run (statement, error))
    return FALSE;

  return confab_database_changes (call->database) > 0
         || confab_problem_set (error, CONFAB_PROBLEM_CODE_INVALID);
}

/* The attempt was taken, so how many are left does not matter any more. */
gboolean
confab_sqlite_confirm_email (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autofree char *email = NULL;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "SELECT email FROM email_changes WHERE user_id = ?1 AND code_hash = ?2 AND expires_at > ?3",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->actor_id);
  confab_statement_bind_string (statement, 2, command->text);
  confab_statement_bind_int (statement, 3, command->at);
  if (!confab_statement_step (statement, error))
    return *error != NULL ? FALSE : confab_problem_set (error, CONFAB_PROBLEM_CODE_INVALID);

  email = confab_statement_dup_string (statement, 0);

  return change_email (call, email, error);
}

ConfabEmailChange *
confab_sqlite_load_email_change (ConfabDatabase *database,
                                 gint64 user_id,
                                 gint64 now,
                                 GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database,
      "SELECT e.email, e.code_hash, u.username, u.email FROM email_changes AS e JOIN users AS u ON "
      "u.id = e.user_id"
      " WHERE e.user_id = ?1 AND e.expires_at > ?2 AND e.attempts_left > 0",
      error);
  ConfabEmailChange *change;

  if (statement == NULL)
    return NULL;

  confab_statement_bind_int (statement, 1, user_id);
  confab_statement_bind_int (statement, 2, now);
  if (!confab_statement_step (statement, error))
    return NULL;

  change = g_new0 (ConfabEmailChange, 1);
  change->email = confab_statement_dup_string (statement, 0);
  change->code_hash = confab_statement_dup_string (statement, 1);
  change->username = confab_statement_dup_string (statement, 2);
  change->old_email = confab_statement_dup_string (statement, 3);

  return change;
}
