/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-call.h"

#include "confab-limits.h"

/* ---- looking ---- */

ConfabConversationRow *
confab_backend_load_joined (ConfabDatabase *database,
                            gint64 conversation_id,
                            gint64 user_id,
                            GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT " CONFAB_CONVERSATION_COLUMNS " FROM conversations"
      " WHERE id = $1 AND EXISTS (SELECT 1 FROM conversation_users"
      "                            WHERE conversation_id = $1 AND user_id = $2"
      "                              AND left_at IS NULL)",
      sql_int (conversation_id), sql_int (user_id));

  return confab_backend_require_row (result, CONFAB_PROBLEM_NOT_FOUND, error)
             ? confab_conversation_row_read (result)
             : NULL;
}

ConfabConversationRow *
confab_call_load_joined (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  call->outcome->id = command->conversation_id;

  return confab_backend_load_joined (call->database, command->conversation_id, command->actor_id,
                                     error);
}

/* ---- making one ---- */

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a;
  gint64 y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

/* Return all members including the actor, without duplicates, in order. */
static GArray *
list_members (const ConfabCommand *command)
{
  GArray *others = command->create_conversation.user_ids;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (all, command->actor_id);
  if (others != NULL && others->len > 0)
    g_array_append_vals (all, others->data, others->len);
  g_array_sort (all, compare_ids);

  for (guint i = 0; i < all->len; i++)
    {
      gint64 id = g_array_index (all, gint64, i);

      if (i == 0 || id != g_array_index (all, gint64, i - 1))
        g_array_append_val (members, id);
    }

  return g_steal_pointer (&members);
}

/* Digest the request, which tells another request with the same client_id from a repeated one. */
static char *
digest_request (const ConfabCommand *command, GArray *members)
{
  const char *title = command->create_conversation.title;
  g_autoptr (GString) request = g_string_new (NULL);

  for (guint i = 0; i < members->len; i++)
    g_string_append_printf (request, "%" G_GINT64_FORMAT " ", g_array_index (members, gint64, i));
  g_string_append (request, confab_conversation_kind_to_string (command->create_conversation.kind));
  g_string_append_printf (request, "\n%s", title != NULL ? title : "");

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
  gboolean titled = command->create_conversation.title != NULL;

  if (members->len > CONFAB_GROUP_MAX_MEMBERS)
    return confab_problem_set (error, CONFAB_PROBLEM_TOO_MANY_MEMBERS);

  if (command->create_conversation.kind == CONFAB_CONVERSATION_DIRECT
      && (members->len != 2 || titled))
    {
      g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD,
                           titled ? "title" : "user_ids");
      return FALSE;
    }

  return TRUE;
}

/* Find the conversation that this request created before, by its client_id or by its pair. */
static gboolean
find_existing (ConfabCall *call,
               const char *digest,
               const char *direct_key,
               gint64 *id,
               GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      call->database,
      "SELECT id, client_digest = $3 FROM conversations WHERE creator_id = $1 AND client_id = $2"
      " UNION ALL SELECT id, TRUE FROM conversations WHERE direct_key = $4",
      sql_int (call->command->actor_id), sql_text (call->command->create_conversation.client_id),
      sql_text (digest), sql_text (direct_key));

  if (!confab_result_next (result))
    return confab_result_end (result, error);

  *id = confab_result_get_int (result, 0);

  return confab_result_get_int (result, 1)
         || confab_problem_set (error, CONFAB_PROBLEM_CLIENT_ID_REUSED);
}

static gboolean
insert_conversation (ConfabCall *call,
                     const char *digest,
                     const char *direct_key,
                     gint64 *id,
                     GError **error)
{
  const ConfabCommand *command = call->command;

  return confab_database_query_int (
      call->database, id, error,
      "INSERT INTO conversations (created_at, kind, title, head_rev, rev, direct_key, creator_id,"
      "                           client_id, client_digest)"
      " VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8) RETURNING id",
      sql_int (command->at),
      sql_text (confab_conversation_kind_to_string (command->create_conversation.kind)),
      sql_text (command->create_conversation.title), sql_int (call->rev), sql_text (direct_key),
      sql_int (command->actor_id), sql_text (command->create_conversation.client_id),
      sql_text (digest));
}

static gboolean
answer_with_block (ConfabCall *call, gint64 id, GError **error)
{
  g_auto (ConfabGathering) gathering = { 0 };

  call->outcome->id = id;
  call->outcome->conversation_id = id;
  confab_gathering_init (&gathering, call->database, call->command->actor_id);

  return confab_gathering_add_block (&gathering, id, error)
         && confab_call_answer (call, &gathering, FALSE, error);
}

static gboolean
create_new (ConfabCall *call,
            GArray *members,
            const char *digest,
            const char *direct_key,
            GError **error)
{
  ConfabConversationRow conversation = { 0 };

  if (!confab_call_require_users (call, members, error)
      || !insert_conversation (call, digest, direct_key, &conversation.id, error))
    return FALSE;

  call->outcome->created = TRUE;
  call->outcome->rev = call->rev;
  call->outcome->audience = CONFAB_AUDIENCE_MEMBERS;

  for (guint i = 0; i < members->len; i++)
    {
      if (!confab_call_join (call, &conversation, g_array_index (members, gint64, i), error))
        return FALSE;
    }

  return answer_with_block (call, conversation.id, error);
}

gboolean
confab_run_create_conversation (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (GArray) members = list_members (command);
  g_autofree char *digest = digest_request (command, members);
  g_autofree char *direct_key = NULL;
  g_autoptr (ConfabConversationRow) existing = NULL;
  gint64 id = 0;

  if (!check_request (command, members, error))
    return FALSE;

  if (command->create_conversation.kind == CONFAB_CONVERSATION_DIRECT)
    direct_key = make_direct_key (members);

  if (!find_existing (call, digest, direct_key, &id, error))
    return FALSE;

  if (id == 0)
    return create_new (call, members, digest, direct_key, error);

  existing = confab_backend_load_joined (call->database, id, command->actor_id, error);

  return existing != NULL && answer_with_block (call, id, error);
}

/* ---- its title ---- */

static gboolean
update_title (ConfabCall *call, GError **error)
{
  if (!confab_database_run (call->database, error,
                            "UPDATE conversations SET title = $2, rev = $3, head_rev = $3"
                            " WHERE id = $1 AND title IS DISTINCT FROM $2",
                            sql_int (call->command->conversation_id),
                            sql_text (call->command->rename_conversation.title),
                            sql_int (call->rev)))
    return FALSE;

  if (confab_database_changes (call->database) > 0)
    {
      call->outcome->rev = call->rev;
      call->outcome->audience = CONFAB_AUDIENCE_MEMBERS;
    }

  return TRUE;
}

gboolean
confab_run_rename_conversation (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_auto (ConfabGathering) gathering = { 0 };
  g_autoptr (ConfabConversationRow) conversation = confab_call_load_joined (call, error);

  if (conversation == NULL)
    return FALSE;

  if (conversation->kind == CONFAB_CONVERSATION_DIRECT)
    return confab_problem_set (error, CONFAB_PROBLEM_DIRECT_CONVERSATION);

  confab_gathering_init (&gathering, call->database, command->actor_id);

  return update_title (call, error)
         && confab_gathering_add (&gathering, CONFAB_GATHER_CONVERSATIONS, conversation->id, error)
         && confab_call_answer (call, &gathering, TRUE, error);
}
