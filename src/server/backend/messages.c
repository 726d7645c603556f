/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sending, reading and removing messages; and the total length of each user's stored texts. */

#include "confab-call.h"

#include <string.h>

#include "confab-limits.h"

/* ---- looking ---- */

ConfabRows *
confab_backend_history (ConfabDatabase *database,
                        gint64 user_id,
                        gint64 conversation_id,
                        gint64 before_seq,
                        guint limit,
                        GError **error)
{
  g_autoptr (ConfabConversationRow) conversation =
      confab_backend_load_joined (database, conversation_id, user_id, error);
  g_auto (ConfabGathering) gathering = { 0 };

  if (conversation == NULL)
    return NULL;

  confab_gathering_init (&gathering, database, user_id);

  return confab_gathering_add_history (&gathering, conversation_id, before_seq,
                                       MIN (limit, CONFAB_HISTORY_MAX_ROWS), error)
             ? confab_gathering_end (&gathering, error)
             : NULL;
}

/* ---- sending ---- */

/* Find a message that the client has stored under this id before. A removed one counts as the same
 * whatever its text was: repeating a send never restores it. */
static gboolean
find_stored (ConfabCall *call, gint64 *id, gboolean *same, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabResult) result =
      confab_database_query (call->database,
                             "SELECT id, content = $4 OR removed_at IS NOT NULL FROM messages"
                             " WHERE conversation_id = $1 AND sender_id = $2 AND client_id = $3",
                             sql_int (command->conversation_id), sql_int (command->actor_id),
                             sql_text (command->send.client_id), sql_text (command->send.content));

  if (confab_result_next (result))
    {
      *id = confab_result_get_int (result, 0);
      *same = confab_result_get_int (result, 1) != 0;
    }

  return confab_result_end (result, error);
}

/* Count the text as stored by its sender. STORAGE_FULL if the total exceeds the limit. */
static gboolean
add_text (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  gint64 bytes;

  return confab_database_query_int (
             call->database, &bytes, error,
             "INSERT INTO stored_texts (user_id, bytes) VALUES ($1, $2) ON CONFLICT (user_id)"
             " DO UPDATE SET bytes = stored_texts.bytes + excluded.bytes RETURNING bytes",
             sql_int (command->actor_id), sql_int ((gint64)strlen (command->send.content)))
         && (command->send.max_bytes == 0 || bytes <= command->send.max_bytes
             || confab_problem_set (error, CONFAB_PROBLEM_STORAGE_FULL));
}

/* Store the message and answer with it, without reading it back, because sends are the most
 * frequent commands. */
static gboolean
insert_message (ConfabCall *call, gint64 seq, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabMessageRow) row = g_new0 (ConfabMessageRow, 1);

  row->client_id = g_strdup (command->send.client_id);
  row->conversation_id = command->conversation_id;
  row->sender_id = command->actor_id;
  row->seq = seq;
  row->content = g_strdup (command->send.content);
  row->sent_at = command->at;
  row->rev = call->rev;

  if (!confab_database_query_int (
          call->database, &row->id, error,
          "INSERT INTO messages (sender_id, conversation_id, content, sent_at, seq, client_id, rev)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
          sql_int (row->sender_id), sql_int (row->conversation_id), sql_text (row->content),
          sql_int (row->sent_at), sql_int (row->seq), sql_text (row->client_id),
          sql_int (row->rev)))
    return FALSE;

  call->outcome->rows = confab_rows_new ();
  g_ptr_array_add (call->outcome->rows->messages, g_steal_pointer (&row));
  call->outcome->shared_rows = confab_rows_ref (call->outcome->rows);

  return TRUE;
}

static gboolean
advance_conversation (ConfabCall *call, const ConfabConversationRow *conversation, GError **error)
{
  return confab_database_run (
      call->database, error,
      "UPDATE conversations SET last_seq = $2, rev = $3, head_rev = $3 WHERE id = $1",
      sql_int (conversation->id), sql_int (conversation->last_seq), sql_int (conversation->rev));
}

static gboolean
answer_with_stored (ConfabCall *call, gint64 message_id, gboolean joined, GError **error)
{
  const ConfabCommand *command = call->command;
  g_auto (ConfabGathering) gathering = { 0 };

  confab_gathering_init (&gathering, call->database, command->actor_id);

  return (!joined
          || confab_gathering_add (&gathering, CONFAB_GATHER_CONVERSATIONS,
                                   command->conversation_id, error))
         && confab_gathering_add (&gathering, CONFAB_GATHER_MESSAGES, message_id, error)
         && confab_call_answer (call, &gathering, FALSE, error);
}

/* In a direct conversation, check that the other user is not deleted. */
static gboolean
check_recipient (ConfabCall *call, const ConfabConversationRow *conversation, GError **error)
{
  gint64 deleted = 0;

  return conversation->kind != CONFAB_CONVERSATION_DIRECT
         || (confab_database_query_int (
                 call->database, &deleted, error,
                 "SELECT 1 FROM conversation_users AS m JOIN users AS u ON u.id = m.user_id"
                 " WHERE m.conversation_id = $1 AND m.user_id <> $2 AND u.state = 'deleted'",
                 sql_int (conversation->id), sql_int (call->command->actor_id))
             && (!deleted || confab_problem_set (error, CONFAB_PROBLEM_RECIPIENT_DELETED)));
}

static gboolean
store_message (ConfabCall *call, ConfabConversationRow *conversation, GError **error)
{
  ConfabOutcome *outcome = call->outcome;

  outcome->created = TRUE;
  outcome->rev = call->rev;
  outcome->audience = CONFAB_AUDIENCE_MEMBERS;
  conversation->last_seq++;
  conversation->rev = call->rev;

  return check_recipient (call, conversation, error) && add_text (call, error)
         && insert_message (call, conversation->last_seq, error)
         && advance_conversation (call, conversation, error);
}

gboolean
confab_run_send (ConfabCall *call, GError **error)
{
  g_autoptr (ConfabConversationRow) conversation = NULL;
  g_autoptr (GError) unjoined = NULL;
  gint64 stored_id = 0;
  gboolean same = FALSE;

  if (!find_stored (call, &stored_id, &same, error))
    return FALSE;

  /* The answer may have been lost, and the sender removed since: a repeated send still succeeds. */
  conversation = confab_call_load_joined (call, &unjoined);
  if (conversation == NULL
      && (!same || !g_error_matches (unjoined, CONFAB_PROBLEM, CONFAB_PROBLEM_NOT_FOUND)))
    {
      g_propagate_error (error, g_steal_pointer (&unjoined));
      return FALSE;
    }

  if (stored_id != 0 && !same)
    return confab_problem_set (error, CONFAB_PROBLEM_CLIENT_ID_REUSED);
  if (stored_id != 0)
    return answer_with_stored (call, stored_id, conversation != NULL, error);
  if (!store_message (call, conversation, error))
    return FALSE;

  g_ptr_array_add (call->outcome->rows->conversations, g_steal_pointer (&conversation));

  return TRUE;
}

/* ---- reading ---- */

static gboolean
raise_read_position (ConfabCall *call, gint64 seq, GError **error)
{
  if (!confab_database_run (
          call->database, error,
          "INSERT INTO read_positions (user_id, conversation_id, last_read_seq, rev)"
          " VALUES ($1, $2, $3, $4)"
          " ON CONFLICT (user_id, conversation_id) DO UPDATE"
          "  SET last_read_seq = excluded.last_read_seq, rev = excluded.rev"
          "  WHERE excluded.last_read_seq > read_positions.last_read_seq",
          sql_int (call->command->actor_id), sql_int (call->command->conversation_id),
          sql_int (seq), sql_int (call->rev)))
    return FALSE;

  if (confab_database_changes (call->database) > 0)
    {
      call->outcome->rev = call->rev;
      call->outcome->audience = CONFAB_AUDIENCE_ACTOR;
    }

  return TRUE;
}

gboolean
confab_run_read (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_auto (ConfabGathering) gathering = { 0 };
  g_autoptr (ConfabConversationRow) conversation = confab_call_load_joined (call, error);
  gint64 seq;

  if (conversation == NULL)
    return FALSE;

  seq = MIN (command->read.seq, conversation->last_seq);
  if (seq > 0 && !raise_read_position (call, seq, error))
    return FALSE;

  confab_gathering_init (&gathering, call->database, command->actor_id);

  return confab_gathering_add (&gathering, CONFAB_GATHER_READ_POSITIONS, conversation->id, error)
         && confab_call_answer (call, &gathering, TRUE, error);
}

/* ---- removing ---- */

typedef struct
{
  gint64 id;
  gint64 sender_id;
  gint64 length; /* bytes of its text */
  gboolean removed;
} Target;

static gboolean
find_message (ConfabCall *call, Target *target, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      call->database,
      "SELECT id, sender_id, content, removed_at IS NOT NULL FROM messages"
      " WHERE conversation_id = $1 AND seq = $2",
      sql_int (call->command->conversation_id), sql_int (call->command->remove_message.seq));

  if (!confab_backend_require_row (result, CONFAB_PROBLEM_NOT_FOUND, error))
    return FALSE;

  target->id = confab_result_get_int (result, 0);
  target->sender_id = confab_result_get_int (result, 1);
  target->length = (gint64)strlen (confab_result_get_text (result, 2));
  target->removed = confab_result_get_int (result, 3) != 0;

  return TRUE;
}

static gboolean
remove_standing (ConfabCall *call, const Target *target, GError **error)
{
  const ConfabCommand *command = call->command;

  call->outcome->rev = call->rev;
  call->outcome->audience = CONFAB_AUDIENCE_MEMBERS;

  return confab_database_run (call->database, error,
                              "UPDATE stored_texts SET bytes = bytes - $2 WHERE user_id = $1",
                              sql_int (target->sender_id), sql_int (target->length))
         && confab_database_run (
             call->database, error,
             "UPDATE messages SET content = '', removed_at = $2, rev = $3 WHERE id = $1",
             sql_int (target->id), sql_int (command->at), sql_int (call->rev))
         && confab_call_raise_head (call, command->conversation_id, error)
         && confab_call_audit (call, "message-removed", target->sender_id, NULL, NULL, error);
}

gboolean
confab_run_remove_message (ConfabCall *call, GError **error)
{
  g_auto (ConfabGathering) gathering = { 0 };
  g_autoptr (ConfabConversationRow) conversation =
      confab_call_load_moderated (call, CONFAB_PERMISSION_REMOVE_MESSAGES, error);
  Target target = { 0 };

  if (conversation == NULL || !find_message (call, &target, error)
      || (!target.removed && !remove_standing (call, &target, error)))
    return FALSE;

  /* For no viewer in particular, because the row is shared. */
  confab_gathering_init (&gathering, call->database, 0);

  return confab_gathering_add (&gathering, CONFAB_GATHER_MESSAGES, target.id, error)
         && confab_call_answer (call, &gathering, TRUE, error);
}
