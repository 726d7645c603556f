/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sending messages, read positions, history. */

#include "handlers.h"

#include <string.h>

#include "confab-budget.h"
#include "confab-limits.h"
#include "confab-text.h"

void
confab_handle_send (ConfabApi *api, ConfabRequest *request)
{
  const char *client_id = confab_request_get_param (request, 1);
  g_autoptr (JsonObject) body = confab_api_parse (request);
  g_autofree char *content = NULL;
  const char *text;
  ConfabCommand *command;
  GError *error = NULL;
  gint64 id;

  if (body == NULL || !confab_api_param_id (request, 0, &id))
    return;
  if (!confab_text_is_uuid (client_id))
    {
      confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, "client_id", 0);
      return;
    }
  if (!confab_api_get_string (request, body, "content", &text))
    return;
  content = confab_text_message (text, &error);
  if (content == NULL)
    {
      confab_request_fail (request, (ConfabProblem)error->code, "content", 0);
      g_error_free (error);
      return;
    }

  if (!confab_budget_spend_also (api, request, CONFAB_BUDGET_MESSAGES, CONFAB_BUDGET_TEXT,
                                 (guint)(strlen (content) / 1024 + 1)))
    return;

  command = confab_command_new (confab_run_send, confab_request_get_user_id (request));
  command->conversation_id = id;
  command->send.client_id = confab_command_copy (command, client_id);
  command->send.max_bytes = (gint64)api->config->text_per_person * 1024 * 1024;
  command->send.content = confab_command_take (command, g_steal_pointer (&content));
  confab_api_submit (api, request, command, confab_api_answer_created_rows, NULL, NULL);
}

void
confab_handle_read (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  ConfabCommand *command;
  GError *error = NULL;
  gint64 id, seq;

  if (body == NULL || !confab_api_param_id (request, 0, &id))
    return;
  if (!confab_json_get_int (body, "last_read_seq", 0, G_MAXINT64, &seq, &error))
    {
      confab_request_fail_with (request, error);
      return;
    }

  command = confab_command_new (confab_run_read, confab_request_get_user_id (request));
  command->conversation_id = id;
  command->read.seq = seq;
  confab_api_submit (api, request, command, confab_api_answer_rows, NULL, NULL);
}

static JsonObject *
read_history (ConfabApi *api, ConfabDatabase *database, const ConfabReadArgs *args, GError **error)
{
  g_autoptr (ConfabRows) rows = confab_backend_history (
      database, args->user_id, args->conversation_id, args->before, args->limit, error);
  JsonObject *answer;

  if (rows == NULL)
    return NULL;

  answer = json_object_new ();
  json_object_set_object_member (answer, "rows", confab_codec_encode_rows (rows));

  return answer;
}

void
confab_handle_history (ConfabApi *api, ConfabRequest *request)
{
  gint64 id, before, limit;

  if (!confab_api_param_id (request, 0, &id)
      || !confab_api_query_int (request, "before_seq", 1, G_MAXINT64, G_MAXINT64, &before)
      || !confab_api_query_int (request, "limit", 1, CONFAB_HISTORY_MAX_ROWS,
                                CONFAB_HISTORY_DEFAULT_ROWS, &limit))
    return;

  confab_api_read (api, request, 200, read_history,
                   (ConfabReadArgs){ .user_id = confab_request_get_user_id (request),
                                     .conversation_id = id,
                                     .before = before,
                                     .limit = (guint)limit });
}
