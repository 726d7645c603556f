/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The members of conversations. */

#include "confab-call.h"

#include "confab-limits.h"

/* ---- looking ---- */

gboolean
confab_backend_list_memberships (ConfabDatabase *database,
                                 ConfabMembershipFunc func,
                                 gpointer user_data,
                                 gint64 *head,
                                 GError **error)
{
  g_autoptr (ConfabResult) result = NULL;

  if (!confab_backend_get_head (database, head, error))
    return FALSE;

  result = confab_database_query (
      database, "SELECT conversation_id, user_id FROM conversation_users WHERE left_at IS NULL");
  while (confab_result_next (result))
    func (confab_result_get_int (result, 0), confab_result_get_int (result, 1), user_data);

  return confab_result_end (result, error);
}

/* An actor who is not a member does not learn that the conversation exists; a member without the
 * permission is refused. */
ConfabConversationRow *
confab_call_load_moderated (ConfabCall *call, ConfabPermission permission, GError **error)
{
  g_autoptr (ConfabConversationRow) conversation = confab_call_load_joined (call, error);

  return conversation != NULL && confab_call_require_permission (call, permission, error)
             ? g_steal_pointer (&conversation)
             : NULL;
}

gboolean
confab_call_require_users (ConfabCall *call, GArray *user_ids, GError **error)
{
  for (guint i = 0; i < user_ids->len; i++)
    {
      g_autoptr (ConfabUserRow) user = confab_backend_load_user (
          call->database, g_array_index (user_ids, gint64, i), FALSE, error);

      if (user == NULL)
        return FALSE;
      if (user->deleted)
        return confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);
    }

  return TRUE;
}

/* ---- joining ---- */

gboolean
confab_call_raise_head (ConfabCall *call, gint64 conversation_id, GError **error)
{
  return confab_database_run (call->database, error,
                              "UPDATE conversations SET head_rev = $2 WHERE id = $1",
                              sql_int (conversation_id), sql_int (call->rev));
}

gboolean
confab_call_join (ConfabCall *call,
                  const ConfabConversationRow *conversation,
                  gint64 user_id,
                  GError **error)
{
  g_array_append_val (call->outcome->gained, user_id);

  return confab_database_run (
             call->database, error,
             "INSERT INTO conversation_users (conversation_id, user_id, joined_at, joined_rev, rev)"
             " VALUES ($1, $2, $3, $4, $4)"
             " ON CONFLICT (conversation_id, user_id) DO UPDATE"
             "  SET joined_at = excluded.joined_at, joined_rev = excluded.joined_rev,"
             "      left_at = NULL, removed_by = NULL, rev = excluded.rev",
             sql_int (conversation->id), sql_int (user_id), sql_int (call->command->at),
             sql_int (call->rev))
         && (conversation->last_seq == 0
             || confab_database_run (
                 call->database, error,
                 "INSERT INTO read_positions (user_id, conversation_id, last_read_seq, rev)"
                 " VALUES ($1, $2, $3, $4)",
                 sql_int (user_id), sql_int (conversation->id), sql_int (conversation->last_seq),
                 sql_int (call->rev)));
}

/* Return those of the users requested who are not members yet, without duplicates; and the number
 * of members. */
static GArray *
list_newcomers (ConfabCall *call, guint *n_members, GError **error)
{
  const ConfabCommand *command = call->command;
  GArray *asked = command->add_members.user_ids;
  g_autoptr (GHashTable) present =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) newcomers = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!confab_backend_collect_ids (
          confab_database_query (call->database,
                                 "SELECT user_id FROM conversation_users"
                                 " WHERE conversation_id = $1 AND left_at IS NULL",
                                 sql_int (command->conversation_id)),
          members, error))
    return NULL;

  *n_members = members->len;
  for (guint i = 0; i < members->len; i++)
    g_hash_table_add (present, g_memdup2 (&g_array_index (members, gint64, i), sizeof (gint64)));

  for (guint i = 0; i < asked->len; i++)
    {
      gint64 id = g_array_index (asked, gint64, i);

      if (g_hash_table_add (present, g_memdup2 (&id, sizeof id)))
        g_array_append_val (newcomers, id);
    }

  return g_steal_pointer (&newcomers);
}

static gboolean
gather_members (ConfabGathering *gathering,
                gint64 conversation_id,
                guint n_ids,
                const gint64 *user_ids,
                GError **error)
{
  for (guint i = 0; i < n_ids; i++)
    {
      gint64 id;

      if (!confab_database_query_int (
              gathering->database, &id, error,
              "SELECT id FROM conversation_users WHERE conversation_id = $1 AND user_id = $2",
              sql_int (conversation_id), sql_int (user_ids[i]))
          || !confab_gathering_add (gathering, CONFAB_GATHER_MEMBERSHIPS, id, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
join_all (ConfabCall *call,
          const ConfabConversationRow *conversation,
          GArray *newcomers,
          GError **error)
{
  call->outcome->rev = call->rev;
  call->outcome->audience = CONFAB_AUDIENCE_MEMBERS;

  for (guint i = 0; i < newcomers->len; i++)
    {
      if (!confab_call_join (call, conversation, g_array_index (newcomers, gint64, i), error))
        return FALSE;
    }

  return confab_call_raise_head (call, conversation->id, error);
}

gboolean
confab_run_add_members (ConfabCall *call, GError **error)
{
  g_auto (ConfabGathering) gathering = { 0 };
  g_autoptr (GArray) newcomers = NULL;
  g_autoptr (ConfabConversationRow) conversation = confab_call_load_joined (call, error);
  guint n_members = 0;

  if (conversation == NULL)
    return FALSE;

  if (conversation->kind == CONFAB_CONVERSATION_DIRECT)
    return confab_problem_set (error, CONFAB_PROBLEM_DIRECT_CONVERSATION);

  newcomers = list_newcomers (call, &n_members, error);
  if (newcomers == NULL || !confab_call_require_users (call, newcomers, error))
    return FALSE;

  if (n_members + newcomers->len > CONFAB_GROUP_MAX_MEMBERS)
    return confab_problem_set (error, CONFAB_PROBLEM_TOO_MANY_MEMBERS);

  if (newcomers->len > 0 && !join_all (call, conversation, newcomers, error))
    return FALSE;

  confab_gathering_init (&gathering, call->database, 0);

  return gather_members (&gathering, conversation->id, newcomers->len,
                         (const gint64 *)(gpointer)newcomers->data, error)
         && confab_call_answer (call, &gathering, TRUE, error);
}

/* ---- leaving ---- */

/* Remove @user_id, who is a member, from the command's conversation. Adds the loss to the
 * outcome. */
static gboolean
end_membership (ConfabCall *call, gint64 user_id, GError **error)
{
  const ConfabCommand *command = call->command;

  call->outcome->rev = call->rev;
  call->outcome->audience = CONFAB_AUDIENCE_MEMBERS;
  g_array_append_val (call->outcome->lost, user_id);

  return confab_database_run (
             call->database, error,
             "UPDATE conversation_users SET left_at = $3, removed_by = nullif ($5, $2), rev = $4"
             " WHERE conversation_id = $1 AND user_id = $2",
             sql_int (command->conversation_id), sql_int (user_id), sql_int (command->at),
             sql_int (call->rev), sql_int (command->actor_id))
         && confab_database_run (
             call->database, error,
             "DELETE FROM read_positions WHERE user_id = $1 AND conversation_id = $2",
             sql_int (user_id), sql_int (command->conversation_id))
         && confab_call_raise_head (call, command->conversation_id, error);
}

/* Answer with the membership's row only: the remaining members know the user, and the user loses
 * the rest. */
static gboolean
answer_with_membership (ConfabCall *call, gint64 user_id, GError **error)
{
  g_auto (ConfabGathering) gathering = { 0 };

  confab_gathering_init (&gathering, call->database, 0);
  if (!gather_members (&gathering, call->command->conversation_id, 1, &user_id, error))
    return FALSE;

  g_array_set_size (gathering.user_ids, 0);

  return confab_call_answer (call, &gathering, TRUE, error);
}

gboolean
confab_run_leave (ConfabCall *call, GError **error)
{
  const gint64 actor_id = call->command->actor_id;
  g_autoptr (ConfabConversationRow) conversation = confab_call_load_joined (call, error);

  if (conversation == NULL)
    return FALSE;

  if (conversation->kind == CONFAB_CONVERSATION_DIRECT)
    return confab_problem_set (error, CONFAB_PROBLEM_DIRECT_CONVERSATION);

  return end_membership (call, actor_id, error) && answer_with_membership (call, actor_id, error);
}

/* Set *@is_in to whether the user is a member; NOT_FOUND if they never were. */
static gboolean
check_member (ConfabCall *call, gboolean *is_in, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      call->database,
      "SELECT left_at IS NULL FROM conversation_users WHERE conversation_id = $1 AND user_id = $2",
      sql_int (call->command->conversation_id), sql_int (call->command->user_id));

  if (!confab_backend_require_row (result, CONFAB_PROBLEM_NOT_FOUND, error))
    return FALSE;

  *is_in = confab_result_get_int (result, 0) != 0;

  return TRUE;
}

gboolean
confab_run_remove_member (ConfabCall *call, GError **error)
{
  const gint64 user_id = call->command->user_id;
  g_autoptr (ConfabConversationRow) conversation =
      confab_call_load_moderated (call, CONFAB_PERMISSION_REMOVE_MEMBERS, error);
  gboolean is_in = FALSE;

  if (conversation == NULL)
    return FALSE;

  if (conversation->kind == CONFAB_CONVERSATION_DIRECT)
    return confab_problem_set (error, CONFAB_PROBLEM_DIRECT_CONVERSATION);

  if (!check_member (call, &is_in, error))
    return FALSE;

  return (!is_in
          || (end_membership (call, user_id, error)
              && confab_call_audit (call, "member-removed", user_id, NULL, conversation->title,
                                    error)))
         && answer_with_membership (call, user_id, error);
}
