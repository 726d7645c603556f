/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The profile of a user: name, about line, picture. */

#include "confab-call.h"

#include "confab-look-alike.h"
#include "confab-text.h"

/* Answer with the user's row, and send it to others if @changed. */
static gboolean
answer_with_actor (ConfabCall *call, gboolean changed, GError **error)
{
  const gint64 id = call->command->actor_id;

  call->outcome->id = id;

  return (!changed || confab_call_tell_of_user (call, id, error))
         && confab_call_answer_with_user (call, id, error);
}

static gboolean
update_profile (ConfabCall *call,
                const char *username,
                gboolean renamed,
                const char *about,
                GError **error)
{
  const gint64 id = call->command->actor_id;
  g_autofree char *key = confab_text_key (username);
  g_autofree char *look = confab_look_alike_key (username);

  /* An unchanged name is not checked again. */
  return (!renamed || confab_call_require_free (call, id, key, look, NULL, error))
         && confab_database_run (call->database, error,
                                 "UPDATE users SET username = $2, username_key = $3,"
                                 " username_look = $4, about = $5, rev = $6 WHERE id = $1",
                                 sql_int (id), sql_text (username), sql_text (key), sql_text (look),
                                 sql_text (about), sql_int (call->rev));
}

gboolean
confab_run_set_profile (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabUserRow) user =
      confab_backend_load_user (call->database, command->actor_id, FALSE, error);
  const char *username, *about;
  gboolean renamed;

  if (user == NULL)
    return FALSE;

  username = command->set_profile.username != NULL ? command->set_profile.username : user->username;
  about = command->set_profile.sets_about ? command->set_profile.about : user->about;
  renamed = !g_str_equal (username, user->username);
  if (!renamed && g_strcmp0 (about, user->about) == 0)
    return answer_with_actor (call, FALSE, error);

  return update_profile (call, username, renamed, about, error)
         && (!renamed
             || confab_call_audit (call, "username-changed", user->id, user->username, username,
                                   error))
         && answer_with_actor (call, TRUE, error);
}

/* ---- pictures ---- */

GBytes *
confab_backend_get_picture (ConfabDatabase *database, const char *hash, GError **error)
{
  g_autoptr (ConfabResult) result =
      confab_database_query (database, "SELECT png FROM pictures WHERE hash = $1", sql_text (hash));

  return confab_backend_require_row (result, CONFAB_PROBLEM_NOT_FOUND, error)
             ? confab_result_dup_bytes (result, 0)
             : NULL;
}

static gboolean
insert_picture (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  return confab_database_run (
      call->database, error,
      "INSERT INTO pictures (hash, png) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING",
      sql_text (command->set_picture.hash), sql_bytes (command->set_picture.png));
}

/* Set the picture of @user_id to @hash, or none, and delete the previous file unless other users
 * have it. */
static gboolean
replace_picture (ConfabCall *call,
                 gint64 user_id,
                 const char *before,
                 const char *hash,
                 GError **error)
{
  return confab_database_run (call->database, error,
                              "UPDATE users SET picture = $2, rev = $3 WHERE id = $1",
                              sql_int (user_id), sql_text (hash), sql_int (call->rev))
         && confab_database_run (call->database, error,
                                 "DELETE FROM pictures WHERE hash = $1"
                                 " AND NOT EXISTS (SELECT 1 FROM users WHERE picture = $1)",
                                 sql_text (before));
}

gboolean
confab_call_drop_picture (ConfabCall *call, gint64 user_id, GError **error)
{
  g_autoptr (ConfabUserRow) user = confab_backend_load_user (call->database, user_id, FALSE, error);

  return user != NULL
         && (user->picture == NULL || replace_picture (call, user_id, user->picture, NULL, error));
}

gboolean
confab_run_set_picture (ConfabCall *call, GError **error)
{
  const char *hash = call->command->set_picture.hash;
  g_autoptr (ConfabUserRow) user =
      confab_backend_load_user (call->database, call->command->actor_id, FALSE, error);

  if (user == NULL)
    return FALSE;
  if (g_strcmp0 (hash, user->picture) == 0)
    return answer_with_actor (call, FALSE, error);

  return (hash == NULL || insert_picture (call, error))
         && replace_picture (call, user->id, user->picture, hash, error)
         && answer_with_actor (call, TRUE, error);
}
