/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-sqlite-call.h"

/* The message that this person's client stored under this id before, if any. One that was
 * removed since is the same whatever it said: repeating a send never brings it back. */
static gboolean
find_stored (ConfabSqliteCall *call, gint64 *id, gboolean *same, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (call->database,
                               "SELECT id, content = ?4 OR removed_at IS NOT NULL FROM messages"
                               " WHERE conversation_id = ?1 AND sender_id = ?2 AND client_id = ?3",
                               error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->conversation_id);
  confab_statement_bind_int (statement, 2, command->actor_id);
  confab_statement_bind_string (statement, 3, command->client_id);
  confab_statement_bind_string (statement, 4, command->text);
  if (confab_statement_step (statement, error))
    {
      *id = confab_statement_get_int (statement, 0);
      *same = confab_statement_get_int (statement, 1);
    }

  return *error == NULL;
}

static gboolean
insert_message (ConfabSqliteCall *call, gint64 seq, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "INSERT INTO messages (sender_id, conversation_id, content, sent_at, seq, client_id, rev)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->actor_id);
  confab_statement_bind_int (statement, 2, command->conversation_id);
  confab_statement_bind_string (statement, 3, command->text);
  confab_statement_bind_int (statement, 4, command->at);
  confab_statement_bind_int (statement, 5, seq);
  confab_statement_bind_string (statement, 6, command->client_id);
  confab_statement_bind_int (statement, 7, call->rev);

  return confab_statement_run (statement, error);
}

static gboolean
advance_conversation (ConfabSqliteCall *call, gint64 seq, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "UPDATE conversations SET last_seq = ?2, rev = ?3, head_rev = ?3 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->conversation_id);
  confab_statement_bind_int (statement, 2, seq);
  confab_statement_bind_int (statement, 3, call->rev);

  return confab_statement_run (statement, error);
}

/* The new message as it was just stored: sends are what there is most of, and need not be read
 * back. */
static ConfabMessageRow *
make_message_row (ConfabSqliteCall *call, gint64 seq)
{
  const ConfabCommand *command = call->command;
  ConfabMessageRow *row = g_new0 (ConfabMessageRow, 1);

  row->id = confab_database_last_insert_id (call->database);
  row->client_id = g_strdup (command->client_id);
  row->conversation_id = command->conversation_id;
  row->sender_id = command->actor_id;
  row->seq = seq;
  row->content = g_strdup (command->text);
  row->sent_at = command->at;
  row->rev = call->rev;

  return row;
}

static gboolean
answer_with_stored (ConfabSqliteCall *call, gint64 message_id, gboolean joined, GError **error)
{
  g_auto (ConfabGathering) gathering = { 0 };

  confab_gathering_init (&gathering, call->database, call->command->actor_id);
  if ((joined
       && !confab_gathering_add_conversation (&gathering, call->command->conversation_id, error))
      || !confab_gathering_add_message (&gathering, message_id, error))
    return FALSE;

  call->outcome->rows = confab_gathering_end (&gathering);

  return TRUE;
}

/* In a conversation of two: whether there is somebody to read what is sent. */
static gboolean
check_recipient (ConfabSqliteCall *call, const ConfabConversationRow *conversation, GError **error)
{
  g_autoptr (ConfabStatement) statement = NULL;

  if (conversation->kind != CONFAB_CONVERSATION_DIRECT)
    return TRUE;

  statement = confab_database_prepare (
      call->database,
      "SELECT 1 FROM conversation_users AS m JOIN users AS u ON u.id = m.user_id"
      " WHERE m.conversation_id = ?1 AND m.user_id <> ?2 AND u.state = 'deleted'",
      error);
  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, conversation->id);
  confab_statement_bind_int (statement, 2, call->command->actor_id);
  if (confab_statement_step (statement, error))
    return confab_problem_set (error, CONFAB_PROBLEM_RECIPIENT_DELETED);

  return *error == NULL;
}

gboolean
confab_sqlite_send (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  ConfabOutcome *outcome = call->outcome;
  g_autoptr (ConfabConversationRow) conversation = NULL;
  g_autoptr (GError) unjoined = NULL;
  gint64 stored_id = 0;
  gboolean same = FALSE;

  if (!find_stored (call, &stored_id, &same, error))
    return FALSE;

  /* The answer may have been lost, and the sender removed since: that it was sent stays true. */
  conversation = confab_sqlite_load_joined (call->database, command->conversation_id,
                                            command->actor_id, &unjoined);
  if (conversation == NULL
      && (!same || !g_error_matches (unjoined, CONFAB_PROBLEM, CONFAB_PROBLEM_NOT_FOUND)))
    {
      g_propagate_error (error, g_steal_pointer (&unjoined));
      return FALSE;
    }

  outcome->id = command->conversation_id;
  if (stored_id != 0 && !same)
    return confab_problem_set (error, CONFAB_PROBLEM_CLIENT_ID_REUSED);
  if (stored_id != 0)
    return answer_with_stored (call, stored_id, conversation != NULL, error);
  if (!check_recipient (call, conversation, error))
    return FALSE;

  conversation->last_seq++;
  conversation->rev = call->rev;
  if (!confab_sqlite_add_text (call, error)
      || !insert_message (call, conversation->last_seq, error))
    return FALSE;

  outcome->created = TRUE;
  outcome->rev = call->rev;
  outcome->audience = CONFAB_AUDIENCE_MEMBERS;
  outcome->rows = confab_rows_new ();
  g_ptr_array_add (outcome->rows->messages, make_message_row (call, conversation->last_seq));
  outcome->shared_rows = confab_rows_ref (outcome->rows);
  if (!advance_conversation (call, conversation->last_seq, error))
    return FALSE;

  g_ptr_array_add (outcome->rows->conversations, g_steal_pointer (&conversation));

  return TRUE;
}

static gboolean
raise_read_position (ConfabSqliteCall *call, gint64 seq, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "INSERT INTO read_positions (user_id, conversation_id, last_read_seq, rev)"
      " VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (user_id, conversation_id) DO UPDATE"
      "  SET last_read_seq = excluded.last_read_seq, rev = excluded.rev"
      "  WHERE excluded.last_read_seq > last_read_seq",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->actor_id);
  confab_statement_bind_int (statement, 2, call->command->conversation_id);
  confab_statement_bind_int (statement, 3, seq);
  confab_statement_bind_int (statement, 4, call->rev);
  if (!confab_statement_run (statement, error))
    return FALSE;

  if (confab_database_changes (call->database) > 0)
    {
      call->outcome->rev = call->rev;
      call->outcome->audience = CONFAB_AUDIENCE_ACTOR;
    }

  return TRUE;
}

gboolean
confab_sqlite_read (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_auto (ConfabGathering) gathering = { 0 };
  g_autoptr (ConfabConversationRow) conversation = confab_sqlite_load_joined (
      call->database, command->conversation_id, command->actor_id, error);
  gint64 seq;

  if (conversation == NULL)
    return FALSE;

  call->outcome->id = command->conversation_id;
  seq = MIN (command->seq, conversation->last_seq);
  if (seq > 0 && !raise_read_position (call, seq, error))
    return FALSE;

  confab_gathering_init (&gathering, call->database, command->actor_id);
  if (!confab_gathering_add_read_position (&gathering, command->conversation_id, error))
    return FALSE;

  call->outcome->rows = confab_gathering_end (&gathering);
  call->outcome->shared_rows = confab_rows_ref (call->outcome->rows);

  return TRUE;
}
