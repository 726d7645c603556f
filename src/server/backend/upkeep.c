/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Deletes what has expired, of every subject. The server runs it now and then. */

#include "confab-call.h"

/* Use the table of resets, which is short, instead of scanning all users. */
gboolean
confab_run_forget_expired (ConfabCall *call, GError **error)
{
  const ConfabCommand *command = call->command;

  return confab_database_run (
             call->database, error,
             "UPDATE users SET reset_password_token = NULL, reset_password_token_expires = NULL"
             " WHERE reset_password_token_expires <= $1"
             "   AND id IN (SELECT user_id FROM password_resets)",
             sql_int (command->at))
         && confab_database_run (
             call->database, error,
             "DELETE FROM password_resets WHERE EXISTS"
             " (SELECT 1 FROM users WHERE id = user_id AND reset_password_token IS NULL)")
         && confab_database_run (call->database, error,
                                 "DELETE FROM email_changes WHERE expires_at <= $1",
                                 sql_int (command->at))
         && confab_call_forget_unused_known (call, error)
         && confab_database_run (call->database, error,
                                 "DELETE FROM sessions WHERE created_at <= $1",
                                 sql_int (command->forget_expired.sessions_before));
}
