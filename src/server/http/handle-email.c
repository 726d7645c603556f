/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Changing the caller's email. A server that sends mail requires a code that it mails to the new
 * address. */

#include "handlers.h"

#include "confab-api-password.h"
#include "confab-code.h"
#include "confab-letters.h"
#include "confab-limits.h"
#include "confab-password.h"
#include "confab-text.h"

/* Limits filling another person's mailbox with codes, and finding out which addresses have
 * accounts. */
static const ConfabThrottleRule change_rule = { 5, 600, 3600 };

/* ---- requesting ---- */

typedef struct
{
  char *email;
  char *username;
  char *code; /* (nullable): NULL without mail */
  char *code_hash;
  gint64 expires_at;
} NewEmail;

static void
new_email_free (gpointer data)
{
  NewEmail *self = data;

  g_free (self->email);
  g_free (self->username);
  g_free (self->code);
  g_free (self->code_hash);
  g_free (self);
}

static gboolean
hash_code (const ConfabCredentials *credentials, gpointer data, GError **error)
{
  NewEmail *self = data;

  if (self->code != NULL)
    self->code_hash = confab_password_hash (self->code, error);

  return self->code == NULL || self->code_hash != NULL;
}

static void
change_started (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  const NewEmail *self = data;
  const ConfabAddressee to = { api->config->name, outcome->id, self->username, self->email };
  JsonObject *answer = json_object_new ();

  confab_api_mail (api, confab_letter_confirm_email (&to, self->code, CONFAB_EMAIL_CODE_SECONDS));
  json_object_set_int_member (answer, "expires_at", self->expires_at);
  confab_api_answer (request, 202, answer);
}

static guint
throttle_change (ConfabApi *api, gint64 user_id)
{
  g_autofree char *name = g_strdup_printf ("email %" G_GINT64_FORMAT, user_id);

  return confab_throttle_take (api->throttle, &change_rule, name, g_get_monotonic_time ());
}

static void
start_change (ConfabApi *api,
              ConfabRequest *request,
              const ConfabCredentials *credentials,
              gpointer data)
{
  NewEmail *given = data;
  NewEmail *self;
  ConfabCommand *command;
  guint wait = throttle_change (api, credentials->user_id);

  if (wait > 0)
    {
      confab_request_fail (request, CONFAB_PROBLEM_THROTTLED, NULL, wait);
      return;
    }

  if (given->code == NULL)
    {
      command = confab_command_new (confab_run_set_email);
      command->actor_id = credentials->user_id;
      command->set_email.email = confab_command_copy (command, given->email);
      command->set_email.verified_hash = confab_command_copy (command, credentials->password_hash);
      confab_api_submit (api, request, command, confab_api_answer_user, NULL, NULL);
      return;
    }

  command = confab_command_new (confab_run_start_email_change);
  command->actor_id = credentials->user_id;
  command->start_email_change.email = confab_command_copy (command, given->email);
  command->start_email_change.verified_hash =
      confab_command_copy (command, credentials->password_hash);

  self = g_new0 (NewEmail, 1);
  self->email = g_steal_pointer (&given->email);
  self->username = g_strdup (credentials->username);
  self->code = g_steal_pointer (&given->code);
  self->expires_at = confab_api_now () + CONFAB_EMAIL_CODE_SECONDS * 1000;
  command->start_email_change.code_hash =
      confab_command_take (command, g_steal_pointer (&given->code_hash));
  command->start_email_change.expires_at = self->expires_at;
  confab_api_submit (api, request, command, change_started, self, new_email_free);
}

void
confab_handle_change_email (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  const char *password;
  NewEmail *self;
  GError *error = NULL;
  char *email;

  if (body == NULL)
    return;
  email = confab_api_take_text (request, body, "email", confab_text_email);
  if (email == NULL)
    return;
  if (!confab_json_get_string (body, "password", &password, &error))
    {
      g_free (email);
      confab_request_fail_with (request, error);
      return;
    }

  self = g_new0 (NewEmail, 1);
  self->email = email;
  if (api->mailer != NULL)
    self->code = confab_code_new ();
  confab_api_check_password (api, request,
                             &(ConfabPasswordCheck){ .password = password,
                                                     .work = hash_code,
                                                     .done = start_change,
                                                     .data = self,
                                                     .free_data = new_email_free });
}

/* ---- confirming ---- */

typedef struct
{
  ConfabApi *api;
  ConfabRequest *request;
  char *code;
  ConfabEmailChange *change; /* (nullable): NULL if no change waits */
  gboolean right;
  GError *error;
} Confirmation;

static void
confirmation_free (Confirmation *self)
{
  confab_request_unref (self->request);
  g_free (self->code);
  g_clear_pointer (&self->change, confab_email_change_free);
  g_clear_error (&self->error);
  g_free (self);
}

/* Inform the old address, in case another person made the change. */
static void
email_confirmed (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  const Confirmation *self = data;
  const ConfabAddressee to = { api->config->name, outcome->id, self->change->username,
                               self->change->old_email };

  confab_api_mail (api, confab_letter_email_changed (&to));
  confab_api_answer_user (api, request, outcome, NULL);
}

/* Takes ownership of what the submission held until the attempt was counted. */
static void
attempt_taken (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  Confirmation **held = data;
  Confirmation *self = g_steal_pointer (held);
  ConfabCommand *command;

  if (!self->right)
    {
      confab_request_fail (request, CONFAB_PROBLEM_CODE_INVALID, NULL, 0);
      confirmation_free (self);
      return;
    }

  command = confab_command_new (confab_run_confirm_email);
  command->actor_id = confab_request_get_user_id (request);
  command->confirm_email.code_hash = confab_command_copy (command, self->change->code_hash);
  confab_api_submit (api, request, command, email_confirmed, self,
                     (GDestroyNotify)confirmation_free);
}

static void
held_free (gpointer data)
{
  Confirmation **held = data;

  g_clear_pointer (held, confirmation_free);
  g_free (held);
}

/* Use the result only once the attempt has been counted, or simultaneous attempts would count as
 * one. */
static void
code_verified (gpointer data)
{
  Confirmation *self = data;
  Confirmation **held = g_new (Confirmation *, 1);
  ConfabCommand *command = confab_command_new (confab_run_take_email_attempt);

  *held = self;
  command->actor_id = confab_request_get_user_id (self->request);
  command->take_email_attempt.code_hash = confab_command_copy (command, self->change->code_hash);
  confab_api_submit (self->api, self->request, command, attempt_taken, held, held_free);
}

/* On the hasher's thread. */
static void
verify_code (gpointer data)
{
  Confirmation *self = data;

  self->right = confab_password_verify (self->change->code_hash, self->code);
  confab_http_server_post (self->api->http, code_verified, self);
}

static void
change_found (gpointer data)
{
  Confirmation *self = data;

  if (self->error != NULL)
    confab_request_fail_with (self->request, g_steal_pointer (&self->error));
  else if (self->change == NULL)
    confab_request_fail (self->request, CONFAB_PROBLEM_CODE_INVALID, NULL, 0);
  else if (confab_api_hash (self->api, self->request, verify_code, self))
    return;

  confirmation_free (self);
}

/* On a reader thread. */
static void
find_change (ConfabDatabase *database, gpointer data)
{
  Confirmation *self = data;

  self->change = confab_backend_get_email_change (
      database, confab_request_get_user_id (self->request), &self->error);
  confab_http_server_post (self->api->http, change_found, self);
}

void
confab_handle_confirm_email (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  const char *typed;
  Confirmation *self;
  GError *error = NULL;
  char *code;

  if (body == NULL)
    return;
  if (!confab_json_get_string (body, "code", &typed, &error))
    {
      confab_request_fail_with (request, error);
      return;
    }
  code = confab_code_normalise (typed);
  if (code == NULL)
    {
      confab_request_fail (request, CONFAB_PROBLEM_CODE_INVALID, NULL, 0);
      return;
    }

  self = g_new0 (Confirmation, 1);
  self->api = api;
  self->request = confab_request_ref (request);
  self->code = code;
  if (api->closed || !confab_reader_pool_push (api->readers, find_change, self))
    {
      confab_request_fail (request, CONFAB_PROBLEM_UNAVAILABLE, NULL, 1);
      confirmation_free (self);
    }
}
