/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Codes that let somebody register. Their own rows are no part of what is synchronised. */

#include "confab-sqlite-administration.h"
#include "confab-sqlite-call.h"

static gboolean
insert_invitation (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "INSERT INTO invitations (code_hash, creator_id, created_at, expires_at, uses, uses_left)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
      error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_bytes (statement, 1, g_bytes_get_data (command->token_hash, NULL),
                               g_bytes_get_size (command->token_hash));
  confab_statement_bind_id (statement, 2, command->actor_id);
  confab_statement_bind_int (statement, 3, command->at);
  confab_statement_bind_int (statement, 4, command->expires_at);
  confab_statement_bind_int (statement, 5, command->uses);

  return confab_statement_run (statement, error);
}

gboolean
confab_sqlite_add_invitation (ConfabSqliteCall *call, GError **error)
{
  g_autofree char *uses = g_strdup_printf ("%" G_GINT64_FORMAT, call->command->uses);
  g_autoptr (GPtrArray) rows = NULL;

  if (!confab_sqlite_require_permission (call, CONFAB_PERMISSION_INVITE, error)
      || !insert_invitation (call, error))
    return FALSE;

  call->outcome->created = TRUE;
  call->outcome->id = confab_database_last_insert_id (call->database);
  rows =
      confab_sqlite_list_invitations (call->database, call->outcome->id, call->command->at, error);
  if (rows == NULL)
    return FALSE;

  if (rows->len == 0)
    return confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  call->outcome->invitation = g_ptr_array_steal_index (rows, 0);

  return confab_sqlite_audit (call, "invitation-created", 0, NULL, uses, error);
}

/* From now on it has expired. */
gboolean
confab_sqlite_end_invitation (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "UPDATE invitations SET expires_at = ?2 WHERE id = ?1 AND uses_left > 0 AND expires_at > ?2"
      " RETURNING uses_left",
      error);
  g_autofree char *left = NULL;

  if (statement == NULL
      || !confab_sqlite_require_permission (call, CONFAB_PERMISSION_INVITE, error))
    return FALSE;

  confab_statement_bind_int (statement, 1, command->id);
  confab_statement_bind_int (statement, 2, command->at);
  if (!confab_statement_step (statement, error))
    return *error != NULL ? FALSE : confab_problem_set (error, CONFAB_PROBLEM_NOT_FOUND);

  left = g_strdup_printf ("%" G_GINT64_FORMAT, confab_statement_get_int (statement, 0));
  call->outcome->id = command->id;

  return confab_sqlite_audit (call, "invitation-ended", 0, left, NULL, error);
}

gboolean
confab_sqlite_use_invitation (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement =
      confab_database_prepare (call->database,
                               "UPDATE invitations SET uses_left = uses_left - 1"
                               " WHERE code_hash = ?1 AND uses_left > 0 AND expires_at > ?2",
                               error);

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_bytes (statement, 1, g_bytes_get_data (command->token_hash, NULL),
                               g_bytes_get_size (command->token_hash));
  confab_statement_bind_int (statement, 2, command->at);
  if (!confab_statement_run (statement, error))
    return FALSE;

  return confab_database_changes (call->database) > 0
         || confab_problem_set (error, CONFAB_PROBLEM_INVITATION_INVALID);
}
