/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a moderator may do in the conversations they are in. Whoever is not in one does not learn
 * that it is there; whoever is, but may not, is told so. */

#include "confab-sqlite-call.h"

/* The conversation, if the actor is in it and has @permission. */
static ConfabConversationRow *
load_moderated (ConfabSqliteCall *call, ConfabPermission permission, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabConversationRow) conversation = confab_sqlite_load_joined (
      call->database, command->conversation_id, command->actor_id, error);

  if (conversation == NULL || !confab_sqlite_require_permission (call, permission, error))
    return NULL;

  call->outcome->id = conversation->id;

  return g_steal_pointer (&conversation);
}

/* ---- messages ---- */

typedef struct
{
  gint64 id;
  gint64 sender_id;
  gboolean removed;
} Target;

static gboolean
find_message (ConfabSqliteCall *call, Target *target, GError **error)
{
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (call->database,
                               "SELECT id, sender_id, removed_at IS NOT NULL FROM messages"
                               " WHERE conversation_id = ?1 AND seq = ?2",
                               error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->conversation_id);
  confab_statement_bind_int (statement, 2, call->command->seq);
  if (!confab_statement_step (statement, error))
    return *error != NULL ? FALSE : confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  target->id = confab_statement_get_int (statement, 0);
  target->sender_id = confab_statement_get_int (statement, 1);
  target->removed = confab_statement_get_int (statement, 2) != 0;

  return TRUE;
}

static gboolean
bury (ConfabSqliteCall *call, gint64 message_id, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database, "UPDATE messages SET content = '', removed_at = ?2, rev = ?3 WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, message_id);
  confab_statement_bind_int (statement, 2, call->command->at);
  confab_statement_bind_int (statement, 3, call->rev);

  return confab_statement_run (statement, error);
}

static gboolean
remove_standing (ConfabSqliteCall *call, const Target *target, GError **error)
{
  call->outcome->rev = call->rev;
  call->outcome->audience = CONFAB_AUDIENCE_MEMBERS;

  return confab_sqlite_subtract_text (call, target->id, error) && bury (call, target->id, error)
         && confab_sqlite_raise_head (call, call->command->conversation_id, error)
         && confab_sqlite_audit (call, "message-removed", target->sender_id, NULL, NULL, error);
}

gboolean
confab_sqlite_remove_message (ConfabSqliteCall *call, GError **error)
{
  g_auto (ConfabGathering) gathering = { 0 };
  g_autoptr (ConfabConversationRow) conversation =
      load_moderated (call, CONFAB_PERMISSION_REMOVE_MESSAGES, error);
  Target target = { 0 };

  if (conversation == NULL || !find_message (call, &target, error)
      || (!target.removed && !remove_standing (call, &target, error)))
    return FALSE;

  /* Nobody's in particular: it is shared. */
  confab_gathering_init (&gathering, call->database, 0);
  if (!confab_gathering_add_message (&gathering, target.id, error))
    return FALSE;

  call->outcome->rows = confab_gathering_end (&gathering);
  call->outcome->shared_rows = confab_rows_ref (call->outcome->rows);

  return TRUE;
}

/* ---- members ---- */

/* Whether the person is in; NOT_FOUND if they never were. */
static gboolean
check_member (ConfabSqliteCall *call, gboolean *is_in, GError **error)
{
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "SELECT left_at IS NULL FROM conversation_users WHERE conversation_id = ?1 AND user_id = ?2",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, call->command->conversation_id);
  confab_statement_bind_int (statement, 2, call->command->user_id);
  if (!confab_statement_step (statement, error))
    return *error != NULL ? FALSE : confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  *is_in = confab_statement_get_int (statement, 0) != 0;

  return TRUE;
}

gboolean
confab_sqlite_remove_member (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabConversationRow) conversation =
      load_moderated (call, CONFAB_PERMISSION_REMOVE_MEMBERS, error);
  gboolean is_in = FALSE;

  if (conversation == NULL)
    return FALSE;

  if (conversation->kind == CONFAB_CONVERSATION_DIRECT)
    return confab_problem_set (error, CONFAB_PROBLEM_DIRECT_CONVERSATION);

  if (!check_member (call, &is_in, error))
    return FALSE;

  return (!is_in
          || (confab_sqlite_end_membership (call, command->user_id, error)
              && confab_sqlite_audit (call, "member-removed", command->user_id, NULL,
                                      conversation->title, error)))
         && confab_sqlite_answer_with_membership (call, command->user_id, error);
}
