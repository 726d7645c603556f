/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Creating, renaming, joining and leaving conversations. */

#include "handlers.h"

#include "confab-budget.h"
#include "confab-limits.h"
#include "confab-text.h"

/* Read "title" and check it. NULL and TRUE if it is missing. If it is invalid, answer and return
 * FALSE. */
static gboolean
take_title (ConfabRequest *request, JsonObject *body, ConfabCommand *command, const char **title)
{
  g_autofree char *taken = NULL;
  const char *text;
  GError *error = NULL;

  *title = NULL;
  if (!confab_json_get_string_opt (body, "title", &text, &error))
    {
      confab_request_fail_with (request, error);
      return FALSE;
    }
  if (text == NULL)
    return TRUE;

  taken = confab_text_title (text, &error);
  if (taken == NULL)
    {
      confab_request_fail (request, (ConfabProblem)error->code, "title", 0);
      g_error_free (error);
      return FALSE;
    }
  if (*taken != '\0')
    *title = confab_command_take (command, g_steal_pointer (&taken));

  return TRUE;
}

static void
conversation_created (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  JsonObject *answer = json_object_new ();

  json_object_set_int_member (answer, "conversation_id", outcome->id);
  json_object_set_object_member (answer, "rows", confab_codec_encode_rows (outcome->rows));
  confab_api_answer (request, outcome->created ? 201 : 200, answer);
}

/* Read the members of a new conversation, except its title. */
static gboolean
parse_conversation (JsonObject *body, ConfabCommand *command, GError **error)
{
  const char *client_id, *kind;
  GArray *user_ids;

  if (!confab_json_get_string (body, "client_id", &client_id, error)
      || !confab_json_get_string (body, "kind", &kind, error))
    return FALSE;
  if (!confab_text_is_uuid (client_id))
    {
      g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, "client_id");
      return FALSE;
    }
  if (!confab_conversation_kind_from_string (kind, &command->create_conversation.kind))
    {
      g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, "kind");
      return FALSE;
    }

  user_ids = confab_json_get_ids (body, "user_ids", CONFAB_GROUP_MAX_MEMBERS, error);
  command->create_conversation.client_id = confab_command_copy (command, client_id);
  command->create_conversation.user_ids = confab_command_take_ids (command, user_ids);
  if (user_ids != NULL && command->create_conversation.kind == CONFAB_CONVERSATION_DIRECT
      && user_ids->len != 1)
    {
      g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, "user_ids");
      return FALSE;
    }

  return user_ids != NULL;
}

void
confab_handle_create_conversation (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  g_autoptr (ConfabCommand) command = NULL;
  GError *error = NULL;

  if (body == NULL)
    return;

  command =
      confab_command_new (confab_run_create_conversation, confab_request_get_user_id (request));
  if (!parse_conversation (body, command, &error))
    confab_request_fail_with (request, error);
  else if (take_title (request, body, command, &command->create_conversation.title)
           && confab_budget_spend_also (api, request, CONFAB_BUDGET_CONVERSATIONS,
                                        CONFAB_BUDGET_ADDITIONS,
                                        command->create_conversation.user_ids->len))
    confab_api_submit (api, request, g_steal_pointer (&command), conversation_created, NULL, NULL);
}

void
confab_handle_rename_conversation (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  g_autoptr (ConfabCommand) command = NULL;
  gint64 id;

  if (body == NULL || !confab_api_param_id (request, 0, &id))
    return;
  if (!json_object_has_member (body, "title"))
    {
      confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, "title", 0);
      return;
    }

  command =
      confab_command_new (confab_run_rename_conversation, confab_request_get_user_id (request));
  command->conversation_id = id;
  if (take_title (request, body, command, &command->rename_conversation.title))
    confab_api_submit (api, request, g_steal_pointer (&command), confab_api_answer_rows, NULL,
                       NULL);
}

void
confab_handle_add_members (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  GArray *user_ids;
  ConfabCommand *command;
  GError *error = NULL;
  gint64 id;

  if (body == NULL || !confab_api_param_id (request, 0, &id))
    return;

  user_ids = confab_json_get_ids (body, "user_ids", CONFAB_GROUP_MAX_MEMBERS, &error);
  if (user_ids == NULL)
    {
      confab_request_fail_with (request, error);
      return;
    }

  if (!confab_budget_spend_also (api, request, CONFAB_BUDGET_CONVERSATIONS, CONFAB_BUDGET_ADDITIONS,
                                 user_ids->len))
    {
      g_array_unref (user_ids);
      return;
    }

  command = confab_command_new (confab_run_add_members, confab_request_get_user_id (request));
  command->conversation_id = id;
  command->add_members.user_ids = confab_command_take_ids (command, user_ids);
  confab_api_submit (api, request, command, confab_api_answer_rows, NULL, NULL);
}

void
confab_handle_leave (ConfabApi *api, ConfabRequest *request)
{
  ConfabCommand *command;
  gint64 id;

  if (!confab_api_param_id (request, 0, &id))
    return;

  command = confab_command_new (confab_run_leave, confab_request_get_user_id (request));
  command->conversation_id = id;
  confab_api_submit (api, request, command, confab_api_answer_rows, NULL, NULL);
}
