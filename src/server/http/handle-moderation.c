/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Removing messages and members. The commands check the permission of the user. */

#include "handlers.h"

void
confab_handle_remove_message (ConfabApi *api, ConfabRequest *request)
{
  ConfabCommand *command;
  gint64 id, seq;

  if (!confab_api_param_id (request, 0, &id) || !confab_api_param_id (request, 1, &seq))
    return;

  command = confab_command_new (confab_run_remove_message, confab_request_get_user_id (request));
  command->conversation_id = id;
  command->remove_message.seq = seq;
  confab_api_submit (api, request, command, confab_api_answer_rows, NULL, NULL);
}

void
confab_handle_remove_member (ConfabApi *api, ConfabRequest *request)
{
  ConfabCommand *command;
  gint64 id, user_id;

  if (!confab_api_param_id (request, 0, &id) || !confab_api_param_id (request, 1, &user_id))
    return;

  command = confab_command_new (confab_run_remove_member, confab_request_get_user_id (request));
  command->conversation_id = id;
  command->user_id = user_id;
  confab_api_submit (api, request, command, confab_api_answer_rows, NULL, NULL);
}
