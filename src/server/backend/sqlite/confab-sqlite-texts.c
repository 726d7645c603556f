/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How much text of each person is stored. */

#include "confab-sqlite-call.h"

#include <string.h>

gboolean
confab_sqlite_add_text (ConfabSqliteCall *call, GError **error)
{
  const ConfabCommand *command = call->command;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      call->database,
      "INSERT INTO stored_texts (user_id, bytes) VALUES (?1, ?2)"
      " ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes RETURNING bytes",
      error);
  gint64 bytes;

  if (statement == NULL)
    return FALSE;

  confab_statement_bind_int (statement, 1, command->actor_id);
  confab_statement_bind_int (statement, 2, (gint64)strlen (command->text));
  if (!confab_statement_step (statement, error))
    return FALSE;

  bytes = confab_statement_get_int (statement, 0);

  return command->max_bytes == 0 || bytes <= command->max_bytes
         || confab_problem_set (error, CONFAB_PROBLEM_STORAGE_FULL);
}

gboolean
confab_sqlite_subtract_text (ConfabSqliteCall *call, gint64 message_id, GError **error)
{
  return confab_sqlite_run_with (call,
                                 "UPDATE stored_texts SET bytes = bytes - m.length FROM"
                                 "  (SELECT sender_id, length (CAST (content AS BLOB)) AS length "
                                 "FROM messages WHERE id = ?1) AS m"
                                 " WHERE user_id = m.sender_id",
                                 message_id, error);
}
