/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What people show of themselves: their name, a line about them, a picture. */

#include "confab-sqlite-call.h"

#include "confab-look-alike.h"
#include "confab-text.h"

static ConfabUserRow *
load_actor (ConfabSqliteCall *call, GError **error)
{
  ConfabUserRow *user =
      confab_sqlite_load_user (call->database, call->command->actor_id, TRUE, error);

  if (user == NULL && *error == NULL)
    confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  return user;
}

/* The answer is the person's row, told to others or not. */
static gboolean
answer_with_actor (ConfabSqliteCall *call, gboolean changed, GError **error)
{
  const gint64 id = call->command->actor_id;

  call->outcome->id = id;

  return (!changed || confab_sqlite_tell_of_user (call, id, error))
         && confab_sqlite_answer_with_user (call, id, error);
}

static gboolean
update_profile (ConfabSqliteCall *call,
                const char *username,
                gboolean renamed,
                const char *about,
                GError **error)
{
  g_autofree char *key = confab_text_key (username);
  g_autofree char *look = confab_look_alike_key (username);
  g_autoptr (ConfabStatement) statement = NULL;

  /* A name that stays is left alone, whatever it looks like. */
  if (renamed
      && !confab_sqlite_require_free (call->database, call->command->actor_id, key, look, NULL,
                                      error))
    return FALSE;

  statement = confab_database_prepare (
      call->database,
      "UPDATE users SET username = ?2, username_key = ?3, about = ?4, rev = ?5, username_look = ?6"
      " WHERE id = ?1",
      error);
  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->actor_id);
  confab_statement_bind_string (statement, 2, username);
  confab_statement_bind_string (statement, 3, key);
  confab_statement_bind_string (statement, 4, about);
  confab_statement_bind_int (statement, 5, call->rev);
  confab_statement_bind_string (statement, 6, look);

  return confab_statement_run (statement, error);
}

gboolean
confab_sqlite_set_profile (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabUserRow) user = load_actor (call, error);
  const char *username, *about;
  gboolean renamed;

  if (user == NULL)
    return FALSE;

  username = command->username != NULL ? command->username : user->username;
  about = command->sets_text ? command->text : user->about;
  renamed = !g_str_equal (username, user->username);
  if (!renamed && g_strcmp0 (about, user->about) == 0)
    return answer_with_actor (call, FALSE, error);

  return update_profile (call, username, renamed, about, error)
         && (!renamed
             || confab_sqlite_audit (call, "username-changed", user->id, user->username, username,
                                     error))
         && answer_with_actor (call, TRUE, error);
}

/* ---- pictures ---- */

static gboolean
insert_picture (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "INSERT INTO pictures (hash, png) VALUES (?1, ?2) ON CONFLICT (hash) DO NOTHING", error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_string (statement, 1, command->text);
  confab_statement_bind_bytes (statement, 2, g_bytes_get_data (command->png, NULL),
                               g_bytes_get_size (command->png));

  return confab_statement_run (statement, error);
}

/* Gives @user_id the picture @hash, or none, and deletes the file that was there before unless
 * others show it, too. */
static gboolean
replace_picture (ConfabSqliteCall *call,
                 gint64 user_id,
                 const char *before,
                 const char *hash,
                 GError **error)
{
  g_autoptr (ConfabStatement) update = confab_database_prepare (
      call->database, "UPDATE users SET picture = ?2, rev = ?3 WHERE id = ?1", error);
  g_autoptr (ConfabStatement) sweep = NULL;

  if (update == NULL)
    return FALSE;

  confab_statement_bind_int (update, 1, user_id);
  confab_statement_bind_string (update, 2, hash);
  confab_statement_bind_int (update, 3, call->rev);
  if (!confab_statement_run (update, error))
    return FALSE;

  sweep = confab_database_prepare (call->database,
                                   "DELETE FROM pictures WHERE hash = ?1 AND NOT EXISTS (SELECT 1 "
                                   "FROM users WHERE picture = ?1)",
                                   error);
  if (sweep == NULL)
    return FALSE;

  confab_statement_bind_string (sweep, 1, before);

  return confab_statement_run (sweep, error);
}

gboolean
confab_sqlite_drop_picture (ConfabSqliteCall *call, gint64 user_id, GError **error)
{
  g_autoptr (ConfabUserRow) user = confab_sqlite_load_user (call->database, user_id, FALSE, error);

  if (user == NULL || user->picture == NULL)
    return *error == NULL;

  return replace_picture (call, user_id, user->picture, NULL, error);
}

gboolean
confab_sqlite_set_picture (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabUserRow) user = load_actor (call, error);

  if (user == NULL)
    return FALSE;
  if (g_strcmp0 (command->text, user->picture) == 0)
    return answer_with_actor (call, FALSE, error);

  return (command->text == NULL || insert_picture (call, error))
         && replace_picture (call, user->id, user->picture, command->text, error)
         && answer_with_actor (call, TRUE, error);
}
