/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-sqlite-call.h"

#include "confab-look-alike.h"
#include "confab-sqlite-private.h"
#include "confab-text.h"

gboolean
confab_sqlite_run_with (ConfabSqliteCall *call, const char *sql, gint64 value, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (call->database, sql, error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, value);

  return confab_statement_run (statement, error);
}

/* SQLite says that something is taken, not what; so it is looked for first. */
gboolean
confab_sqlite_require_free (ConfabDatabase *database,
                            gint64 user_id,
                            const char *username_key,
                            const char *username_look,
                            const char *email_key,
                            GError **error)
{
  static const ConfabProblem problems[] = { CONFAB_PROBLEM_USERNAME_TAKEN,
                                            CONFAB_PROBLEM_USERNAME_LOOK_ALIKE,
                                            CONFAB_PROBLEM_EMAIL_TAKEN };
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database,
      "SELECT CASE WHEN username_key IS ?1 THEN 0 WHEN username_look IS ?4 THEN 1 ELSE 2 END"
      "  FROM users WHERE (username_key = ?1 OR username_look = ?4 OR email_key = ?2) AND id <> ?3"
      " ORDER BY 1",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_string (statement, 1, username_key);
  confab_statement_bind_string (statement, 2, email_key);
  confab_statement_bind_int (statement, 3, user_id);
  confab_statement_bind_string (statement, 4, username_look);
  if (confab_statement_step (statement, error))
    return confab_problem_set (error, problems[confab_statement_get_int (statement, 0)]);

  return *error == NULL;
}

static gboolean
insert_user (ConfabSqliteCall *call,
             gint64 role_id,
             const char *username_key,
             const char *username_look,
             const char *email_key,
             GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "INSERT INTO users (username, email, password, created_at, role_id, username_key, email_key,"
      "                   created_rev, rev, username_look)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9)",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_string (statement, 1, command->username);
  confab_statement_bind_string (statement, 2, command->email);
  confab_statement_bind_string (statement, 3, command->password_hash);
  confab_statement_bind_int (statement, 4, command->at);
  confab_statement_bind_int (statement, 5, role_id);
  confab_statement_bind_string (statement, 6, username_key);
  confab_statement_bind_string (statement, 7, email_key);
  confab_statement_bind_int (statement, 8, call->rev);
  confab_statement_bind_string (statement, 9, username_look);

  return confab_statement_run (statement, error);
}

gboolean
confab_sqlite_answer_with_user (ConfabSqliteCall *call, gint64 user_id, GError **error)
{
  g_auto (ConfabGathering) gathering = { 0 };

  confab_gathering_init (&gathering, call->database, user_id);
  if (!confab_gathering_add_user (&gathering, user_id, error))
    return FALSE;

  if (gathering.rows->users->len == 0)
    return confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  call->outcome->rows = confab_gathering_end (&gathering);

  return TRUE;
}

gboolean
confab_sqlite_tell_of_user (ConfabSqliteCall *call, gint64 user_id, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "SELECT ?1 UNION SELECT mine.user_id"
      "  FROM conversation_users AS theirs JOIN conversation_users AS mine USING (conversation_id)"
      " WHERE theirs.user_id = ?1 AND mine.left_at IS NULL",
      error);

  if (statement == NULL)
    return FALSE;

  call->outcome->rev = call->rev;
  call->outcome->audience = CONFAB_AUDIENCE_LISTED;
  confab_statement_bind_int (statement, 1, user_id);
  while (confab_statement_step (statement, error))
    {
      gint64 id = confab_statement_get_int (statement, 0);

      g_array_append_val (call->outcome->listed, id);
    }

  return *error == NULL;
}

gboolean
confab_sqlite_has_admin (ConfabDatabase *database, gboolean *has_admin, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database,
      "SELECT 1 FROM roles AS r CROSS JOIN users AS u"
      " WHERE r.base = 'admin' AND u.role_id = r.id AND u.state = 'active'",
      error);

  if (statement == NULL)
    return FALSE;

  *has_admin = confab_statement_step (statement, error);

  return *error == NULL;
}

/* The set-up code makes the first administrator, and no second one. */
static gboolean
require_no_admin (ConfabSqliteCall *call, GError **error)
{
  gboolean has_admin = FALSE;

  if (!confab_sqlite_has_admin (call->database, &has_admin, error))
    return FALSE;

  return !has_admin || confab_problem_set (error, CONFAB_PROBLEM_INVITATION_INVALID);
}

gboolean
confab_sqlite_add_user (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autofree char *username_key = confab_text_key (command->username);
  g_autofree char *username_look = confab_look_alike_key (command->username);
  g_autofree char *email_key = confab_text_key (command->email);
  g_autoptr (ConfabRoleRow) role =
      confab_sqlite_find_role (call->database, command->rolename, error);

  /* The code first: who has none learns of nobody. What it took is given back if the rest fails. */
  if (role == NULL || (command->first_admin && !require_no_admin (call, error))
      || (command->token_hash != NULL && !confab_sqlite_use_invitation (call, error))
      || !confab_sqlite_require_free (call->database, 0, username_key, username_look, email_key,
                                      error)
      || !insert_user (call, role->id, username_key, username_look, email_key, error))
    return FALSE;

  call->outcome->created = TRUE;
  call->outcome->rev = call->rev;
  call->outcome->id = confab_database_last_insert_id (call->database);

  return confab_sqlite_audit (call, "user-added", call->outcome->id, NULL, command->username, error)
         && confab_sqlite_answer_with_user (call, call->outcome->id, error);
}

gboolean
confab_sqlite_set_password (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = NULL;

  if (command->text != NULL
      && !confab_sqlite_require_password (call, command->user_id, command->text, error))
    return FALSE;

  statement = confab_database_prepare (
      call->database, "UPDATE users SET password = ?2 WHERE id = ?1 AND state <> 'deleted'", error);
  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->user_id);
  confab_statement_bind_string (statement, 2, command->password_hash);
  if (!confab_statement_run (statement, error))
    return FALSE;

  if (confab_database_changes (call->database) == 0)
    return confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  call->outcome->id = command->user_id;

  return confab_sqlite_clear_reset (call, command->user_id, error)
         && confab_sqlite_clear_email_change (call, command->user_id, error)
         && confab_sqlite_audit (call, "password-changed", command->user_id, NULL, NULL, error)
         && confab_sqlite_end_sessions (call, command->user_id, command->session_id, error);
}

/* A sign-in that hashes again with better parameters may have been overtaken by a new password. */
gboolean
confab_sqlite_rehash_password (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database, "UPDATE users SET password = ?2 WHERE id = ?1 AND password = ?3", error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->user_id);
  confab_statement_bind_string (statement, 2, command->password_hash);
  confab_statement_bind_string (statement, 3, command->text);
  call->outcome->id = command->user_id;

  return confab_statement_run (statement, error);
}
