/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-call.h"

#include "confab-limits.h"

/* ---- looking ---- */

GPtrArray *
confab_backend_list_sessions (ConfabDatabase *database, gint64 user_id, GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_session_row_free);
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT id, device_name, created_at, last_seen_at FROM sessions"
      " WHERE user_id = $1 AND last_seen_at >= $2 ORDER BY last_seen_at DESC, id DESC",
      sql_int (user_id), sql_int (confab_backend_now () - CONFAB_SESSION_IDLE_MS));

  while (confab_result_next (result))
    {
      ConfabSessionRow *row = g_new0 (ConfabSessionRow, 1);

      row->id = confab_result_get_int (result, 0);
      row->device_name = confab_result_dup_text (result, 1);
      row->created_at = confab_result_get_int (result, 2);
      row->last_seen_at = confab_result_get_int (result, 3);
      g_ptr_array_add (rows, row);
    }

  return confab_result_end (result, error) ? g_steal_pointer (&rows) : NULL;
}

gboolean
confab_backend_list_all_sessions (ConfabDatabase *database,
                                  ConfabSessionFunc func,
                                  gpointer user_data,
                                  GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT token_hash, id, user_id, last_seen_at, created_at FROM sessions"
      " WHERE last_seen_at >= $1",
      sql_int (confab_backend_now () - CONFAB_SESSION_IDLE_MS));

  while (confab_result_next (result))
    {
      g_autoptr (GBytes) token_hash = confab_result_dup_bytes (result, 0);
      ConfabSessionKey key = {
        .session_id = confab_result_get_int (result, 1),
        .user_id = confab_result_get_int (result, 2),
        .last_seen_at = confab_result_get_int (result, 3),
        .created_at = confab_result_get_int (result, 4),
      };

      func (token_hash, &key, user_data);
    }

  return confab_result_end (result, error);
}

/* ---- beginning ---- */

/* A user who has just registered has no password to verify. */
static gboolean
require_account (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabUserRow) user = NULL;

  if (command->add_session.verified_hash != NULL)
    return confab_call_require_password (call, command->user_id, command->add_session.verified_hash,
                                         error);

  user = confab_backend_load_user (call->database, command->user_id, FALSE, error);

  return user != NULL;
}

/* The password was verified before, so only its owner learns this. */
static gboolean
require_not_suspended (ConfabCall *call, GError **error)
{
  gint64 suspended;

  return confab_database_query_int (call->database, &suspended, error,
                                    "SELECT 1 FROM users WHERE id = $1 AND state = 'suspended'",
                                    sql_int (call->command->user_id))
         && (!suspended || confab_problem_set (error, CONFAB_PROBLEM_ACCOUNT_SUSPENDED));
}

static gboolean
forget_unused (ConfabCall *call, GError **error)
{
  return confab_database_run (
      call->database, error, "DELETE FROM sessions WHERE user_id = $1 AND last_seen_at < $2",
      sql_int (call->command->user_id), sql_int (call->command->at - CONFAB_SESSION_IDLE_MS));
}

static gboolean
insert_session (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  return confab_database_query_int (
      call->database, &call->outcome->id, error,
      "INSERT INTO sessions (user_id, token_hash, device_name, created_at, last_seen_at)"
      " VALUES ($1, $2, $3, $4, $4) RETURNING id",
      sql_int (command->user_id), sql_bytes (command->add_session.token_hash),
      sql_text (command->add_session.device_name), sql_int (command->at));
}

/* Beyond the limit, end the sessions unused for the longest time, but never the new one. */
static gboolean
end_oldest (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  if (command->add_session.max_sessions == 0)
    return TRUE;

  return confab_backend_collect_ids (
      confab_database_query (call->database,
                             "DELETE FROM sessions WHERE user_id = $1 AND id <> $2 AND id NOT IN"
                             " (SELECT id FROM sessions WHERE user_id = $1 AND id <> $2"
                             "   ORDER BY last_seen_at DESC, id DESC LIMIT $3)"
                             " RETURNING id",
                             sql_int (command->user_id), sql_int (call->outcome->id),
                             sql_int (command->add_session.max_sessions - 1)),
      call->outcome->ended_sessions, error);
}

gboolean
confab_run_add_session (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  call->outcome->created = TRUE;

  return require_account (call, error) && require_not_suspended (call, error)
         && forget_unused (call, error) && insert_session (call, error) && end_oldest (call, error)
         && confab_call_know (call, command->user_id, command->add_session.device_hash,
                              command->add_session.network, error)
         && confab_call_answer_with_user (call, command->user_id, error);
}

/* ---- ending ---- */

gboolean
confab_run_end_session (ConfabCall *call, GError **error)
{
  gint64 id = call->command->end_session.session_id;

  call->outcome->id = id;
  if (!confab_database_run (call->database, error,
                            "DELETE FROM sessions WHERE id = $1 AND user_id = $2", sql_int (id),
                            sql_int (call->command->user_id))
      || !confab_call_require_change (call, CONFAB_PROBLEM_NOT_FOUND, error))
    return FALSE;

  g_array_append_val (call->outcome->ended_sessions, id);

  return TRUE;
}

gboolean
confab_call_end_sessions (ConfabCall *call, gint64 user_id, gint64 kept, GError **error)
{
  return confab_backend_collect_ids (
      confab_database_query (call->database,
                             "DELETE FROM sessions WHERE user_id = $1 AND id <> $2 RETURNING id",
                             sql_int (user_id), sql_int (kept)),
      call->outcome->ended_sessions, error);
}

gboolean
confab_run_end_other_sessions (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  call->outcome->id = command->session_id;

  return confab_call_end_sessions (call, command->user_id, command->session_id, error);
}

/* ---- what happens in one ---- */

gboolean
confab_run_touch_session (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  call->outcome->id = command->session_id;

  return confab_database_run (
             call->database, error,
             "UPDATE sessions"
             "   SET last_seen_at = CASE WHEN last_seen_at < $2 THEN $2 ELSE last_seen_at END"
             " WHERE id = $1",
             sql_int (command->session_id), sql_int (command->at))
         && confab_call_require_change (call, CONFAB_PROBLEM_NOT_FOUND, error)
         && confab_call_know (call, command->user_id, NULL, command->touch_session.network, error);
}

gboolean
confab_run_verify_session (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  call->outcome->id = command->session_id;

  return confab_call_require_password (call, command->user_id,
                                       command->verify_session.verified_hash, error)
         && confab_database_run (
             call->database, error,
             "UPDATE sessions SET verified_at = $3 WHERE id = $1 AND user_id = $2",
             sql_int (command->session_id), sql_int (command->user_id), sql_int (command->at))
         && confab_call_require_change (call, CONFAB_PROBLEM_NOT_FOUND, error);
}

gboolean
confab_call_require_verification (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  gint64 verified;

  if (command->actor_id == CONFAB_ACTOR_OPERATOR)
    return TRUE;

  /* Setting the clock back must not extend the validity. */
  return confab_database_query_int (
             call->database, &verified, error,
             "SELECT 1 FROM sessions"
             " WHERE id = $1 AND user_id = $2 AND $3 - verified_at BETWEEN 0 AND $4",
             sql_int (command->session_id), sql_int (command->actor_id), sql_int (command->at),
             sql_int (CONFAB_VERIFICATION_SECONDS * G_GINT64_CONSTANT (1000)))
         && (verified || confab_problem_set (error, CONFAB_PROBLEM_PASSWORD_NEEDED));
}
