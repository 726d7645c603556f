/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Changes of users and roles by administrators. The commands check the permission and the value to
 * be replaced. */

#include "handlers.h"

#include "confab-admin-codec.h"
#include "confab-text.h"

/* Make a command by the caller about the user in the path. If the path is invalid, answer and
 * return NULL. (transfer full) */
static ConfabCommand *
new_command (ConfabRequest *request, ConfabCommandFunc run)
{
  ConfabCommand *command;
  gint64 id;

  if (!confab_api_param_id (request, 0, &id))
    return NULL;

  command = confab_command_new (run, confab_request_get_user_id (request));
  command->session_id = confab_request_get_session_id (request);
  command->user_id = id;

  return command;
}

/* @data: whether to include the undo. The row was read in the transaction of the change, after
 * which the caller may have lost the permission to see it. */
static void
answer_person (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  JsonObject *answer = json_object_new ();

  json_object_set_object_member (answer, "user", confab_codec_encode_person (outcome->person));
  if (GPOINTER_TO_INT (data))
    confab_codec_set_undo (answer, outcome->person);
  confab_api_answer (request, 200, answer);
}

void
confab_handle_change_role (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  g_autoptr (ConfabCommand) command =
      body != NULL ? new_command (request, confab_run_set_role) : NULL;
  GError *error = NULL;

  if (command == NULL)
    return;

  if (!confab_json_get_int (body, "role_id", 1, G_MAXINT64, &command->set_role.role_id, &error)
      || !confab_json_get_int (body, "expected_role_id", 1, G_MAXINT64,
                               &command->set_role.expected_role_id, &error))
    confab_request_fail_with (request, error);
  else
    confab_api_submit (api, request, g_steal_pointer (&command), answer_person,
                       GINT_TO_POINTER (TRUE), NULL);
}

void
confab_handle_undo_role (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  g_autoptr (ConfabCommand) command =
      body != NULL ? new_command (request, confab_run_undo_role) : NULL;
  GError *error = NULL;

  if (command == NULL)
    return;

  if (!confab_json_get_int (body, "audit_id", 1, G_MAXINT64, &command->undo_role.audit_id, &error))
    confab_request_fail_with (request, error);
  else
    confab_api_submit (api, request, g_steal_pointer (&command), answer_person, NULL, NULL);
}

/* A deleted account stays deleted: that state can be neither set nor replaced. */
static gboolean
take_state (JsonObject *body, const char *member, const char **state, GError **error)
{
  const char *text;

  if (!confab_json_get_string (body, member, &text, error))
    return FALSE;
  if (g_str_equal (text, "active"))
    *state = "active";
  else if (g_str_equal (text, "suspended"))
    *state = "suspended";
  else
    {
      g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, member);
      return FALSE;
    }

  return TRUE;
}

void
confab_handle_change_state (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  g_autoptr (ConfabCommand) command =
      body != NULL ? new_command (request, confab_run_set_state) : NULL;
  GError *error = NULL;

  if (command == NULL)
    return;

  if (!take_state (body, "state", &command->set_state.state, &error)
      || !take_state (body, "expected_state", &command->set_state.expected_state, &error))
    confab_request_fail_with (request, error);
  else
    confab_api_submit (api, request, g_steal_pointer (&command), answer_person, NULL, NULL);
}

static void
sessions_ended (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  JsonObject *answer = json_object_new ();

  json_object_set_int_member (answer, "ended", outcome->ended_sessions->len);
  confab_api_answer (request, 200, answer);
}

void
confab_handle_end_sessions_of (ConfabApi *api, ConfabRequest *request)
{
  ConfabCommand *command = new_command (request, confab_run_end_user_sessions);

  if (command != NULL)
    confab_api_submit (api, request, command, sessions_ended, NULL, NULL);
}

/* ---- roles ---- */

/* Read a label, NULL for none. */
static gboolean
take_label (JsonObject *body, ConfabCommand *command, GError **error)
{
  g_autofree char *label = NULL;
  const char *text = NULL;

  if (!json_object_has_member (body, "label"))
    {
      g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, "label");
      return FALSE;
    }
  if (!confab_json_get_string_opt (body, "label", &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  label = confab_text_role_label (text, NULL);
  if (label == NULL)
    {
      g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, "label");
      return FALSE;
    }
  if (*label != '\0')
    command->label_role.label = confab_command_take (command, g_steal_pointer (&label));

  return TRUE;
}

void
confab_handle_label_role (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  g_autoptr (ConfabCommand) command = NULL;
  GError *error = NULL;
  gint64 id;

  if (body == NULL || !confab_api_param_id (request, 0, &id))
    return;

  command = confab_command_new (confab_run_label_role, confab_request_get_user_id (request));
  command->label_role.role_id = id;
  if (!take_label (body, command, &error))
    confab_request_fail_with (request, error);
  else
    confab_api_submit (api, request, g_steal_pointer (&command), confab_api_answer_rows, NULL,
                       NULL);
}
