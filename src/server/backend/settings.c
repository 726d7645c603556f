/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Each user's own settings of conversations, which only that user's devices receive. They outlive
 * leaving a conversation, so that one who is added again is not disturbed anew. */

#include "confab-call.h"

static gboolean
store (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  gint64 mute_for = command->change_settings.mute_for;

  return confab_database_run (
      call->database, error,
      "INSERT INTO conversation_settings (user_id, conversation_id, notify, muted_until, rev)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (user_id, conversation_id) DO UPDATE"
      "  SET notify = excluded.notify, muted_until = excluded.muted_until, rev = excluded.rev",
      sql_int (command->actor_id), sql_int (command->conversation_id),
      sql_text (confab_notify_to_string (command->change_settings.notify)),
      sql_id (mute_for > 0 ? command->at + mute_for : 0), sql_int (call->rev));
}

gboolean
confab_run_change_settings (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_auto (ConfabGathering) gathering = { 0 };
  g_autoptr (ConfabConversationRow) conversation = confab_call_load_joined (call, error);

  if (conversation == NULL || !store (call, error))
    return FALSE;

  call->outcome->rev = call->rev;
  call->outcome->audience = CONFAB_AUDIENCE_ACTOR;
  confab_gathering_init (&gathering, call->database, command->actor_id);

  return confab_gathering_add (&gathering, CONFAB_GATHER_SETTINGS, conversation->id, error)
         && confab_call_answer (call, &gathering, TRUE, error);
}
