/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Users and their passwords. */

#include "confab-call.h"

#include "confab-limits.h"
#include "confab-look-alike.h"
#include "confab-text.h"

/* ---- looking ---- */

ConfabUserRow *
confab_backend_get_user (ConfabDatabase *database, gint64 user_id, GError **error)
{
  return confab_backend_load_user (database, user_id, TRUE, error);
}

/* Columns: id, password, username, email. Takes ownership of @result. */
static ConfabCredentials *
read_credentials (ConfabResult *result, GError **error)
{
  g_autoptr (ConfabResult) owned = result;
  ConfabCredentials *credentials;

  if (!confab_result_next (owned))
    {
      confab_result_end (owned, error);
      return NULL;
    }

  credentials = g_new0 (ConfabCredentials, 1);
  credentials->user_id = confab_result_get_int (owned, 0);
  credentials->password_hash = confab_result_dup_text (owned, 1);
  credentials->username = confab_result_dup_text (owned, 2);
  credentials->email = confab_result_dup_text (owned, 3);

  return credentials;
}

ConfabCredentials *
confab_backend_find_credentials (ConfabDatabase *database, const char *login_key, GError **error)
{
  return read_credentials (
      confab_database_query (database,
                             "SELECT id, password, username, email FROM users"
                             " WHERE (username_key = $1 OR email_key = $1) AND state <> 'deleted'",
                             sql_text (login_key)),
      error);
}

ConfabCredentials *
confab_backend_get_credentials (ConfabDatabase *database, gint64 user_id, GError **error)
{
  return read_credentials (confab_database_query (database,
                                                  "SELECT id, password, username, email FROM users"
                                                  " WHERE id = $1 AND state <> 'deleted'",
                                                  sql_int (user_id)),
                           error);
}

/* A range lets SQLite use the index: U+10FFFF sorts after every character of a name. */
GPtrArray *
confab_backend_find_people (ConfabDatabase *database,
                            const char *prefix_key,
                            guint limit,
                            GError **error)
{
  g_autofree char *end = g_strconcat (prefix_key, "\xf4\x8f\xbf\xbf", NULL);
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_user_row_free);
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT " CONFAB_USER_COLUMNS (
          "NULL") " FROM users"
                  " WHERE username_key >= $1 AND username_key < $2 AND state <> 'deleted'"
                  " ORDER BY username_key LIMIT $3",
      sql_text (prefix_key), sql_text (end), sql_int (MIN (limit, CONFAB_PEOPLE_MAX_ROWS)));

  while (confab_result_next (result))
    g_ptr_array_add (rows, confab_user_row_read (result));

  return confab_result_end (result, error) ? g_steal_pointer (&rows) : NULL;
}

gboolean
confab_backend_username_is_free (ConfabDatabase *database,
                                 gint64 user_id,
                                 const char *username_key,
                                 const char *look,
                                 gboolean *is_free,
                                 GError **error)
{
  gint64 taken;

  if (!confab_database_query_int (
          database, &taken, error,
          "SELECT 1 FROM users WHERE (username_key = $1 OR username_look = $2) AND id <> $3",
          sql_text (username_key), sql_text (look), sql_int (user_id)))
    return FALSE;

  *is_free = !taken;

  return TRUE;
}

gboolean
confab_backend_list_users (ConfabDatabase *database,
                           ConfabUserFunc func,
                           gpointer user_data,
                           GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT u.id, u.username, u.email, u.created_at, u.role_id, u.rev, r.rolename, u.state"
      "  FROM users AS u JOIN roles AS r ON r.id = u.role_id"
      " WHERE u.state <> 'deleted' ORDER BY u.username_key");

  while (confab_result_next (result))
    {
      ConfabUserRow row = {
        .id = confab_result_get_int (result, 0),
        .username = (char *)confab_result_get_text (result, 1),
        .email = (char *)confab_result_get_text (result, 2),
        .created_at = confab_result_get_int (result, 3),
        .role_id = confab_result_get_int (result, 4),
        .rev = confab_result_get_int (result, 5),
      };

      func (&row, confab_result_get_text (result, 6), confab_result_get_text (result, 7),
            user_data);
    }

  return confab_result_end (result, error);
}

/* ---- adding ---- */

static gboolean
insert_user (ConfabCall *call,
             gint64 role_id,
             const char *username_key,
             const char *username_look,
             const char *email_key,
             GError **error)
{
  const ConfabCommand *command = call->command;

  return confab_database_query_int (
      call->database, &call->outcome->id, error,
      "INSERT INTO users (username, email, password, created_at, role_id, username_key,"
      "                   username_look, email_key, created_rev, rev)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) RETURNING id",
      sql_text (command->add_user.username), sql_text (command->add_user.email),
      sql_text (command->add_user.password_hash), sql_int (command->at), sql_int (role_id),
      sql_text (username_key), sql_text (username_look), sql_text (email_key), sql_int (call->rev));
}

/* The set-up code creates only the first administrator. */
static gboolean
require_no_admin (ConfabCall *call, GError **error)
{
  gboolean has_admin = FALSE;

  if (!confab_backend_has_admin (call->database, &has_admin, error))
    return FALSE;

  return !has_admin || confab_problem_set (error, CONFAB_PROBLEM_INVITATION_INVALID);
}

gboolean
confab_run_add_user (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  const char *username = command->add_user.username;
  GBytes *invitation = command->add_user.invitation_hash;
  g_autofree char *key = confab_text_key (username);
  g_autofree char *look = confab_look_alike_key (username);
  g_autofree char *email_key = confab_text_key (command->add_user.email);
  g_autoptr (ConfabRoleRow) role =
      confab_backend_find_role (call->database, command->add_user.rolename, error);

  /* Check the invitation first: without one, the caller must learn nothing about names. The use is
   * returned if the rest fails. */
  if (role == NULL || (command->add_user.first_admin && !require_no_admin (call, error))
      || (invitation != NULL && !confab_call_use_invitation (call, invitation, error))
      || !confab_call_require_free (call, 0, key, look, email_key, error)
      || !insert_user (call, role->id, key, look, email_key, error))
    return FALSE;

  call->outcome->created = TRUE;
  call->outcome->rev = call->rev;

  return confab_call_audit (call, "user-added", call->outcome->id, NULL, username, error)
         && confab_call_answer_with_user (call, call->outcome->id, error);
}

/* ---- passwords ---- */

gboolean
confab_run_set_password (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  const char *replaced = command->set_password.replaced_hash;
  gint64 user_id = command->user_id;

  call->outcome->id = user_id;

  return (replaced == NULL || confab_call_require_password (call, user_id, replaced, error))
         && confab_database_run (
             call->database, error,
             "UPDATE users SET password = $2 WHERE id = $1 AND state <> 'deleted'",
             sql_int (user_id), sql_text (command->set_password.password_hash))
         && confab_call_require_change (call, CONFAB_PROBLEM_NOT_FOUND, error)
         && confab_call_clear_reset (call, user_id, error)
         && confab_call_clear_email_change (call, user_id, error)
         && confab_call_audit (call, "password-changed", user_id, NULL, NULL, error)
         && confab_call_end_sessions (call, user_id, command->session_id, error);
}

/* The password may have been changed during a sign-in that hashes it again. */
gboolean
confab_run_rehash_password (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  call->outcome->id = command->user_id;

  return confab_database_run (
      call->database, error, "UPDATE users SET password = $2 WHERE id = $1 AND password = $3",
      sql_int (command->user_id), sql_text (command->rehash_password.password_hash),
      sql_text (command->rehash_password.replaced_hash));
}
