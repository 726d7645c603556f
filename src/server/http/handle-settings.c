/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the caller sets for a conversation, on all their devices. */

#include "handlers.h"

#include "confab-limits.h"

/* The client says for how long, not until when, because its clock may be wrong. */
void
confab_handle_change_settings (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  ConfabCommand *command;
  ConfabNotify notify = CONFAB_NOTIFY_ALL;
  const char *name;
  GError *error = NULL;
  gint64 id, mute_for;

  if (body == NULL || !confab_api_param_id (request, 0, &id))
    return;
  if (!confab_json_get_string (body, "notify", &name, &error)
      || !confab_json_get_int_opt (body, "mute_for", 1, CONFAB_MUTE_MAX_SECONDS, 0, &mute_for,
                                   &error))
    {
      confab_request_fail_with (request, error);
      return;
    }

  if (!confab_notify_from_string (name, &notify))
    {
      confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, "notify", 0);
      return;
    }

  command = confab_command_new (confab_run_change_settings, confab_request_get_user_id (request));
  command->conversation_id = id;
  command->change_settings.notify = notify;
  command->change_settings.mute_for = mute_for * 1000;
  confab_api_submit (api, request, command, confab_api_answer_rows, NULL, NULL);
}
