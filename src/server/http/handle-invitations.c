/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Invitations: list, add, end. */

#include "handlers.h"

#include "confab-admin-codec.h"
#include "confab-code.h"
#include "confab-limits.h"

static JsonObject *
read_invitations (ConfabApi *api,
                  ConfabDatabase *database,
                  const ConfabReadArgs *args,
                  GError **error)
{
  g_autoptr (GPtrArray) rows = confab_backend_list_invitations (database, args->user_id, error);

  if (rows == NULL)
    return NULL;

  return confab_codec_encode_invitations (
      rows, confab_registration_to_string (api->config->registration));
}

void
confab_handle_list_invitations (ConfabApi *api, ConfabRequest *request)
{
  confab_api_read (api, request, 200, read_invitations,
                   (ConfabReadArgs){ .user_id = confab_request_get_user_id (request) });
}

/* @data: the code, which no later answer contains. */
static void
invitation_added (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  JsonObject *answer = json_object_new ();
  g_autofree char *server = g_uri_escape_string (api->origin, NULL, FALSE);
  g_autofree char *link =
      g_strdup_printf ("confab://invitation?server=%s&code=%s", server, (const char *)data);

  json_object_set_object_member (answer, "invitation",
                                 confab_codec_encode_invitation (outcome->invitation));
  json_object_set_string_member (answer, "code", data);
  json_object_set_string_member (answer, "link", link);
  confab_api_answer (request, 201, answer);
}

void
confab_handle_invite (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  ConfabCommand *command;
  GError *error = NULL;
  gint64 uses, seconds;
  char *code;

  if (body == NULL)
    return;
  if (!confab_json_get_int (body, "uses", 1, CONFAB_INVITATION_MAX_USES, &uses, &error)
      || !confab_json_get_int (body, "expires_in", CONFAB_INVITATION_MIN_SECONDS,
                               CONFAB_INVITATION_MAX_SECONDS, &seconds, &error))
    {
      confab_request_fail_with (request, error);
      return;
    }

  code = confab_code_new ();
  command = confab_command_new (confab_run_add_invitation, confab_request_get_user_id (request));
  command->add_invitation.code_hash = confab_command_take_bytes (command, confab_code_hash (code));
  command->add_invitation.uses = uses;
  command->at = confab_api_now ();
  command->add_invitation.expires_at = command->at + seconds * 1000;
  confab_api_submit (api, request, command, invitation_added, code, g_free);
}

static void
invitation_ended (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  confab_request_respond (request, 204, NULL, 0);
}

void
confab_handle_end_invitation (ConfabApi *api, ConfabRequest *request)
{
  ConfabCommand *command;
  gint64 id;

  if (!confab_api_param_id (request, 0, &id))
    return;

  command = confab_command_new (confab_run_end_invitation, confab_request_get_user_id (request));
  command->end_invitation.invitation_id = id;
  confab_api_submit (api, request, command, invitation_ended, NULL, NULL);
}
