/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reset codes issued by administrators, who hand them over without mail. */

#include "handlers.h"

#include "confab-limits.h"
#include "confab-reset-secrets.h"

typedef struct
{
  ConfabApi *api;
  ConfabRequest *request;
  gint64 user_id;
  gint64 expires_at;
  ConfabResetSecrets *secrets;
  GError *error;
} Issue;

static void
issue_free (Issue *self)
{
  confab_request_unref (self->request);
  g_clear_pointer (&self->secrets, confab_reset_secrets_free);
  g_clear_error (&self->error);
  g_free (self);
}

static void
fail (Issue *self)
{
  confab_request_fail_with (self->request, g_steal_pointer (&self->error));
  issue_free (self);
}

static void
code_issued (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  const Issue *self = data;
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "code", self->secrets->code);
  json_object_set_string_member (answer, "link", self->secrets->link);
  json_object_set_int_member (answer, "expires_at", self->expires_at);
  confab_api_answer (request, 201, answer);
}

static void
secrets_made (gpointer data)
{
  Issue *self = data;
  ConfabCommand *command;

  if (self->error != NULL)
    {
      fail (self);
      return;
    }

  self->expires_at = confab_api_now () + CONFAB_RESET_ADMIN_SECONDS * G_GINT64_CONSTANT (1000);
  command = confab_command_new (confab_run_issue_reset_code);
  command->actor_id = confab_request_get_user_id (self->request);
  command->session_id = confab_request_get_session_id (self->request);
  command->user_id = self->user_id;
  command->issue_reset_code.token_key = confab_command_copy (command, self->secrets->token_key);
  command->issue_reset_code.code_hash = confab_command_copy (command, self->secrets->code_hash);
  command->issue_reset_code.expires_at = self->expires_at;
  confab_api_submit (self->api, self->request, command, code_issued, self,
                     (GDestroyNotify)issue_free);
}

/* On the hasher's thread. */
static void
make_secrets (gpointer data)
{
  Issue *self = data;

  self->secrets = confab_reset_secrets_new (self->api->origin, &self->error);
  confab_http_server_post (self->api->http, secrets_made, self);
}

static void
person_found (gpointer data)
{
  Issue *self = data;

  if (self->error != NULL)
    fail (self);
  else if (!confab_api_hash (self->api, self->request, make_secrets, self))
    issue_free (self);
}

/* On a reader thread. Hashing is expensive, so refuse callers who may not see the user before it;
 * the command checks whether they may issue a code. */
static void
find_person (ConfabDatabase *database, gpointer data)
{
  Issue *self = data;
  g_autoptr (ConfabPersonRow) person = confab_backend_get_person (
      database, confab_request_get_user_id (self->request), self->user_id, &self->error);

  confab_http_server_post (self->api->http, person_found, self);
}

void
confab_handle_issue_reset_code (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  Issue *self;
  gint64 user_id;

  if (body == NULL || !confab_api_param_id (request, 0, &user_id))
    return;

  self = g_new0 (Issue, 1);
  self->api = api;
  self->request = confab_request_ref (request);
  self->user_id = user_id;
  if (api->closed || !confab_reader_pool_push (api->readers, find_person, self))
    {
      confab_problem_set (&self->error, CONFAB_PROBLEM_UNAVAILABLE);
      fail (self);
    }
}
