/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-sqlite-call.h"

#include "confab-limits.h"

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a;
  gint64 y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

/* Everyone who is to be in, the actor included, once each, in order. */
static GArray *
list_members (const ConfabCommand *command)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (all, command->actor_id);
  if (command->user_ids != NULL)
    g_array_append_vals (all, command->user_ids->data, command->user_ids->len);
  g_array_sort (all, compare_ids);

  for (guint i = 0; i < all->len; i++)
    {
      gint64 id = g_array_index (all, gint64, i);

      if (i == 0 || id != g_array_index (all, gint64, i - 1))
        g_array_append_val (members, id);
    }

  return g_steal_pointer (&members);
}

/* What was asked for, so that another request under the same client_id can be told from a
 * repeated one. */
static char *
digest_request (const ConfabCommand *command, GArray *members)
{
  g_autoptr (GString) request = g_string_new (NULL);

  for (guint i = 0; i < members->len; i++)
    g_string_append_printf (request, "%" G_GINT64_FORMAT " ", g_array_index (members, gint64, i));
  g_string_append (request, confab_conversation_kind_to_string (command->conversation_kind));
  g_string_append_printf (request, "\n%s", command->text != NULL ? command->text : "");

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, request->str, request->len);
}

static char *
make_direct_key (GArray *members)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
                          g_array_index (members, gint64, 0), g_array_index (members, gint64, 1));
}

static gboolean
check_request (const ConfabCommand *command, GArray *members, GError **error)
{
  if (members->len > CONFAB_GROUP_MAX_MEMBERS)
    return confab_problem_set (error, CONFAB_PROBLEM_TOO_MANY_MEMBERS);

  if (command->conversation_kind == CONFAB_CONVERSATION_DIRECT
      && (members->len != 2 || command->text != NULL))
    {
      g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD,
                           command->text != NULL ? "title" : "user_ids");
      return FALSE;
    }

  return TRUE;
}

gboolean
confab_sqlite_require_users (ConfabDatabase *database, GArray *user_ids, GError **error)
{
  for (guint i = 0; i < user_ids->len; i++)
    {
      g_autoptr (ConfabUserRow) user =
          confab_sqlite_load_user (database, g_array_index (user_ids, gint64, i), FALSE, error);

      if (user == NULL || user->deleted)
        return *error != NULL ? FALSE : confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);
    }

  return TRUE;
}

/* The conversation this request made before, by its client_id or by the pair it joins. */
static gboolean
find_existing (ConfabSqliteCall *call,
               const char *digest,
               const char *direct_key,
               gint64 *id,
               GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "SELECT id, client_digest = ?3 FROM conversations WHERE creator_id = ?1 AND client_id = ?2"
      " UNION ALL SELECT id, TRUE FROM conversations WHERE direct_key = ?4",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->actor_id);
  confab_statement_bind_string (statement, 2, call->command->client_id);
  confab_statement_bind_string (statement, 3, digest);
  confab_statement_bind_string (statement, 4, direct_key);
  if (!confab_statement_step (statement, error))
    return *error == NULL;

  *id = confab_statement_get_int (statement, 0);

  return confab_statement_get_int (statement, 1)
         || confab_problem_set (error, CONFAB_PROBLEM_CLIENT_ID_REUSED);
}

static gboolean
insert_conversation (ConfabSqliteCall *call,
                     const char *digest,
                     const char *direct_key,
                     GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "INSERT INTO conversations (created_at, kind, title, head_rev, rev, direct_key, creator_id,"
      "                           client_id, client_digest)"
      " VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8)",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->at);
  confab_statement_bind_string (statement, 2,
                                confab_conversation_kind_to_string (command->conversation_kind));
  confab_statement_bind_string (statement, 3, command->text);
  confab_statement_bind_int (statement, 4, call->rev);
  confab_statement_bind_string (statement, 5, direct_key);
  confab_statement_bind_int (statement, 6, command->actor_id);
  confab_statement_bind_string (statement, 7, command->client_id);
  confab_statement_bind_string (statement, 8, digest);

  return confab_statement_run (statement, error);
}

static gboolean
answer_with_block (ConfabSqliteCall *call, GError **error)
{
  g_auto (ConfabGathering) gathering = { 0 };

  confab_gathering_init (&gathering, call->database, call->command->actor_id);
  if (!confab_gathering_add_block (&gathering, call->outcome->id, error))
    return FALSE;

  call->outcome->rows = confab_gathering_end (&gathering);

  return TRUE;
}

static gboolean
create_new (ConfabSqliteCall *call,
            GArray *members,
            const char *digest,
            const char *direct_key,
            GError **error)
{
  ConfabConversationRow conversation = { 0 };

  if (!confab_sqlite_require_users (call->database, members, error)
      || !insert_conversation (call, digest, direct_key, error))
    return FALSE;

  conversation.id = confab_database_last_insert_id (call->database);
  call->outcome->created = TRUE;
  call->outcome->rev = call->rev;
  call->outcome->id = conversation.id;
  call->outcome->conversation_id = conversation.id;
  call->outcome->audience = CONFAB_AUDIENCE_MEMBERS;

  for (guint i = 0; i < members->len; i++)
    {
      if (!confab_sqlite_join (call, &conversation, g_array_index (members, gint64, i), error))
        return FALSE;
    }

  return answer_with_block (call, error);
}

gboolean
confab_sqlite_create_conversation (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (GArray) members = list_members (command);
  g_autofree char *digest = digest_request (command, members);
  g_autofree char *direct_key = NULL;
  g_autoptr (ConfabConversationRow) existing = NULL;
  gint64 id = 0;

  if (!check_request (command, members, error))
    return FALSE;

  if (command->conversation_kind == CONFAB_CONVERSATION_DIRECT)
    direct_key = make_direct_key (members);

  if (!find_existing (call, digest, direct_key, &id, error))
    return FALSE;

  if (id == 0)
    return create_new (call, members, digest, direct_key, error);

  existing = confab_sqlite_load_joined (call->database, id, command->actor_id, error);
  if (existing == NULL)
    return FALSE;

  call->outcome->id = id;
  call->outcome->conversation_id = id;

  return answer_with_block (call, error);
}

static gboolean
update_title (ConfabSqliteCall *call, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (call->database,
                               "UPDATE conversations SET title = ?2, rev = ?3, head_rev = ?3"
                               " WHERE id = ?1 AND title IS NOT ?2",
                               error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->conversation_id);
  confab_statement_bind_string (statement, 2, call->command->text);
  confab_statement_bind_int (statement, 3, call->rev);
  if (!confab_statement_run (statement, error))
    return FALSE;

  if (confab_database_changes (call->database) > 0)
    {
      call->outcome->rev = call->rev;
      call->outcome->audience = CONFAB_AUDIENCE_MEMBERS;
    }

  return TRUE;
}

gboolean
confab_sqlite_rename_conversation (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_auto (ConfabGathering) gathering = { 0 };
  g_autoptr (ConfabConversationRow) conversation = confab_sqlite_load_joined (
      call->database, command->conversation_id, command->actor_id, error);

  if (conversation == NULL)
    return FALSE;

  if (conversation->kind == CONFAB_CONVERSATION_DIRECT)
    return confab_problem_set (error, CONFAB_PROBLEM_DIRECT_CONVERSATION);

  call->outcome->id = command->conversation_id;
  confab_gathering_init (&gathering, call->database, command->actor_id);
  if (!update_title (call, error)
      || !confab_gathering_add_conversation (&gathering, command->conversation_id, error))
    return FALSE;

  call->outcome->rows = confab_gathering_end (&gathering);
  call->outcome->shared_rows = confab_rows_ref (call->outcome->rows);

  return TRUE;
}
