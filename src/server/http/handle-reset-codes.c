/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reset codes that an administrator issues and gives to the user, without mail. */

#include "handlers.h"

#include "confab-errand.h"
#include "confab-limits.h"
#include "confab-reset-secrets.h"

typedef struct
{
  gint64 actor_id;
  gint64 user_id;
  gint64 expires_at;
  ConfabResetSecrets *secrets;
} Issue;

static void
issue_free (gpointer data)
{
  Issue *self = data;

  g_clear_pointer (&self->secrets, confab_reset_secrets_free);
  g_free (self);
}

static void
code_issued (ConfabErrand *errand, ConfabOutcome *outcome)
{
  const Issue *self = errand->data;
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "code", self->secrets->code);
  json_object_set_string_member (answer, "link", self->secrets->link);
  json_object_set_int_member (answer, "expires_at", self->expires_at);
  confab_api_answer (errand->request, 201, answer);
}

static void
secrets_made (ConfabErrand *errand)
{
  Issue *self = errand->data;
  ConfabCommand *command;

  self->expires_at = confab_api_now () + CONFAB_RESET_ADMIN_SECONDS * G_GINT64_CONSTANT (1000);
  command = confab_command_new (confab_run_issue_reset_code, self->actor_id);
  command->session_id = confab_request_get_session_id (errand->request);
  command->user_id = self->user_id;
  command->issue_reset_code.token_key = confab_command_copy (command, self->secrets->token_key);
  command->issue_reset_code.code_hash = confab_command_copy (command, self->secrets->code_hash);
  command->issue_reset_code.expires_at = self->expires_at;
  confab_errand_write (errand, command, code_issued);
}

/* On the hasher's thread. */
static void
make_secrets (ConfabErrand *errand, GError **error)
{
  Issue *self = errand->data;

  self->secrets = confab_reset_secrets_new (errand->api->origin, error);
}

static void
person_found (ConfabErrand *errand)
{
  confab_errand_hash (errand, make_secrets, secrets_made);
}

/* On a reader's thread. Hashing is expensive, so that administrators who may not even see the
 * person are refused before; whether they may do this is decided by the command. */
static void
find_person (ConfabErrand *errand, ConfabDatabase *database, GError **error)
{
  const Issue *self = errand->data;
  g_autoptr (ConfabPersonRow) person =
      confab_backend_get_person (database, self->actor_id, self->user_id, error);
}

void
confab_handle_issue_reset_code (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  g_autoptr (ConfabErrand) errand = NULL;
  Issue *self;
  gint64 user_id;

  if (body == NULL || !confab_api_param_id (request, 0, &user_id))
    return;

  self = g_new0 (Issue, 1);
  self->actor_id = confab_request_get_user_id (request);
  self->user_id = user_id;
  errand = confab_errand_new (api, request, self, issue_free);
  confab_errand_read (errand, find_person, person_found);
}
