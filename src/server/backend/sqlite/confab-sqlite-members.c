/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-sqlite-call.h"

#include "confab-limits.h"

gboolean
confab_sqlite_raise_head (ConfabSqliteCall *call, gint64 conversation_id, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database, "UPDATE conversations SET head_rev = ?2 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, conversation_id);
  confab_statement_bind_int (statement, 2, call->rev);

  return confab_statement_run (statement, error);
}

static gboolean
insert_membership (ConfabSqliteCall *call, gint64 conversation_id, gint64 user_id, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "INSERT INTO conversation_users (conversation_id, user_id, joined_at, joined_rev, rev)"
      " VALUES (?1, ?2, ?3, ?4, ?4)"
      " ON CONFLICT (conversation_id, user_id) DO UPDATE"
      "  SET joined_at = excluded.joined_at, joined_rev = excluded.joined_rev,"
      "      left_at = NULL, removed_by = NULL, rev = excluded.rev",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, conversation_id);
  confab_statement_bind_int (statement, 2, user_id);
  confab_statement_bind_int (statement, 3, call->command->at);
  confab_statement_bind_int (statement, 4, call->rev);

  return confab_statement_run (statement, error);
}

static gboolean
insert_read_position (ConfabSqliteCall *call,
                      const ConfabConversationRow *conversation,
                      gint64 user_id,
                      GError **error)
{
  g_autoptr (ConfabStatement) statement = NULL;

  if (conversation->last_seq == 0)
    return TRUE;

  statement = confab_database_prepare (
      call->database,
      "INSERT INTO read_positions (user_id, conversation_id, last_read_seq, rev)"
      " VALUES (?1, ?2, ?3, ?4)",
      error);
  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, user_id);
  confab_statement_bind_int (statement, 2, conversation->id);
  confab_statement_bind_int (statement, 3, conversation->last_seq);
  confab_statement_bind_int (statement, 4, call->rev);

  return confab_statement_run (statement, error);
}

gboolean
confab_sqlite_join (ConfabSqliteCall *call,
                    const ConfabConversationRow *conversation,
                    gint64 user_id,
                    GError **error)
{
  g_array_append_val (call->outcome->gained, user_id);

  return insert_membership (call, conversation->id, user_id, error)
         && insert_read_position (call, conversation, user_id, error);
}

/* Of those asked for, the ones who are not in yet, once each; and how many are in. */
static GArray *
list_newcomers (ConfabSqliteCall *call, guint *n_members, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (GHashTable) present =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) newcomers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "SELECT user_id FROM conversation_users WHERE conversation_id = ?1 AND left_at IS NULL",
      error);

  if (statement == NULL)
    return NULL;

  confab_statement_bind_int (statement, 1, command->conversation_id);
  while (confab_statement_step (statement, error))
    {
      gint64 id = confab_statement_get_int (statement, 0);

      g_hash_table_add (present, g_memdup2 (&id, sizeof id));
    }
  if (*error != NULL)
    return NULL;

  *n_members = g_hash_table_size (present);
  for (guint i = 0; i < command->user_ids->len; i++)
    {
      gint64 id = g_array_index (command->user_ids, gint64, i);

      if (g_hash_table_add (present, g_memdup2 (&id, sizeof id)))
        g_array_append_val (newcomers, id);
    }

  return g_steal_pointer (&newcomers);
}

static gboolean
gather_members (ConfabGathering *gathering,
                gint64 conversation_id,
                GArray *user_ids,
                GError **error)
{
  for (guint i = 0; i < user_ids->len; i++)
    {
      g_autoptr (ConfabStatement) statement = confab_database_prepare (
          gathering->database,
          "SELECT id FROM conversation_users WHERE conversation_id = ?1 AND user_id = ?2", error);

      if (statement == NULL)
        return FALSE;

      confab_statement_bind_int (statement, 1, conversation_id);
      confab_statement_bind_int (statement, 2, g_array_index (user_ids, gint64, i));
      if (!confab_statement_step (statement, error)
          || !confab_gathering_add_membership (gathering, confab_statement_get_int (statement, 0),
                                               error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
join_all (ConfabSqliteCall *call,
          const ConfabConversationRow *conversation,
          GArray *newcomers,
          GError **error)
{
  call->outcome->rev = call->rev;
  call->outcome->audience = CONFAB_AUDIENCE_MEMBERS;

  for (guint i = 0; i < newcomers->len; i++)
    {
      if (!confab_sqlite_join (call, conversation, g_array_index (newcomers, gint64, i), error))
        return FALSE;
    }

  return confab_sqlite_raise_head (call, conversation->id, error);
}

gboolean
confab_sqlite_add_members (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_auto (ConfabGathering) gathering = { 0 };
  g_autoptr (GArray) newcomers = NULL;
  g_autoptr (ConfabConversationRow) conversation = confab_sqlite_load_joined (
      call->database, command->conversation_id, command->actor_id, error);
  guint n_members = 0;

  if (conversation == NULL)
    return FALSE;

  if (conversation->kind == CONFAB_CONVERSATION_DIRECT)
    return confab_problem_set (error, CONFAB_PROBLEM_DIRECT_CONVERSATION);

  call->outcome->id = conversation->id;
  newcomers = list_newcomers (call, &n_members, error);
  if (newcomers == NULL || !confab_sqlite_require_users (call->database, newcomers, error))
    return FALSE;

  if (n_members + newcomers->len > CONFAB_GROUP_MAX_MEMBERS)
    return confab_problem_set (error, CONFAB_PROBLEM_TOO_MANY_MEMBERS);

  if (newcomers->len > 0 && !join_all (call, conversation, newcomers, error))
    return FALSE;

  confab_gathering_init (&gathering, call->database, 0);
  if (!gather_members (&gathering, conversation->id, newcomers, error))
    return FALSE;

  call->outcome->rows = confab_gathering_end (&gathering);
  call->outcome->shared_rows = confab_rows_ref (call->outcome->rows);

  return TRUE;
}

static gboolean
set_left (ConfabSqliteCall *call, gint64 user_id, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (call->database,
                               "UPDATE conversation_users"
                               "  SET left_at = ?3, removed_by = nullif (?5, ?2), rev = ?4"
                               " WHERE conversation_id = ?1 AND user_id = ?2",
                               error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->conversation_id);
  confab_statement_bind_int (statement, 2, user_id);
  confab_statement_bind_int (statement, 3, call->command->at);
  confab_statement_bind_int (statement, 4, call->rev);
  confab_statement_bind_int (statement, 5, call->command->actor_id);

  return confab_statement_run (statement, error);
}

static gboolean
forget_read_position (ConfabSqliteCall *call, gint64 user_id, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database, "DELETE FROM read_positions WHERE user_id = ?1 AND conversation_id = ?2",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, user_id);
  confab_statement_bind_int (statement, 2, call->command->conversation_id);

  return confab_statement_run (statement, error);
}

gboolean
confab_sqlite_end_membership (ConfabSqliteCall *call, gint64 user_id, GError **error)
{
  call->outcome->rev = call->rev;
  call->outcome->audience = CONFAB_AUDIENCE_MEMBERS;
  g_array_append_val (call->outcome->lost, user_id);

  return set_left (call, user_id, error) && forget_read_position (call, user_id, error)
         && confab_sqlite_raise_head (call, call->command->conversation_id, error);
}

gboolean
confab_sqlite_answer_with_membership (ConfabSqliteCall *call, gint64 user_id, GError **error)
{
  g_autoptr (GArray) user_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (ConfabGathering) gathering = { 0 };

  g_array_append_val (user_ids, user_id);
  confab_gathering_init (&gathering, call->database, 0);
  if (!gather_members (&gathering, call->command->conversation_id, user_ids, error))
    return FALSE;

  g_ptr_array_set_size (gathering.rows->users, 0);
  call->outcome->rows = confab_gathering_end (&gathering);
  call->outcome->shared_rows = confab_rows_ref (call->outcome->rows);

  return TRUE;
}

gboolean
confab_sqlite_leave (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabConversationRow) conversation = confab_sqlite_load_joined (
      call->database, command->conversation_id, command->actor_id, error);

  if (conversation == NULL)
    return FALSE;

  if (conversation->kind == CONFAB_CONVERSATION_DIRECT)
    return confab_problem_set (error, CONFAB_PROBLEM_DIRECT_CONVERSATION);

  call->outcome->id = conversation->id;

  return confab_sqlite_end_membership (call, command->actor_id, error)
         && confab_sqlite_answer_with_membership (call, command->actor_id, error);
}
