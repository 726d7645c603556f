/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Requesting the reset of a forgotten password by mail. The answer is sent before the account is
 * looked up, so that neither it nor its time reveals whether there is one. All work follows the
 * answer, and takes as long without an account. */

#include "handlers.h"

#include "confab-letters.h"
#include "confab-limits.h"
#include "confab-reset-secrets.h"
#include "confab-text.h"

/* Per address, and per email with or without an account. */
static const ConfabThrottleRule address_rule = { 20, 60, 900 };
static const ConfabThrottleRule email_rule = { 5, 300, 900 };
#define EMAIL_BUCKET "reset-email "

typedef struct
{
  ConfabApi *api;
  char *email_key;
  char *address;
  gint64 expires_at;
  ConfabUserRow *user; /* (nullable): NULL if there is no such user */
  ConfabResetSecrets *secrets;
  gboolean started;
  const char *failure; /* (nullable): a static string, for the log */
} Asking;

/* Log the result and free the request's state, in all cases. */
static void
asking_end (Asking *self)
{
  if (self->failure != NULL)
    g_printerr ("event=reset-dropped message=\"%s\"\n", self->failure);

  self->api->n_errands--;
  g_free (self->email_key);
  g_free (self->address);
  g_clear_pointer (&self->user, confab_user_row_free);
  g_clear_pointer (&self->secrets, confab_reset_secrets_free);
  g_free (self);
}

/* ---- after the answer ---- */

static void
reset_started (gpointer data)
{
  Asking *self = data;

  if (self->started && self->api->mailer == NULL)
    self->failure = "the server is stopping";
  else if (self->started)
    {
      const ConfabAddressee to = { self->api->config->name, self->user->id, self->user->username,
                                   self->user->email };

      confab_api_mail (self->api,
                       confab_letter_reset (&to, self->secrets->link, self->secrets->code,
                                            CONFAB_RESET_MAIL_SECONDS));
    }
  asking_end (self);
}

/* On the writer thread. */
static void
on_written (ConfabOutcome *outcome, gpointer user_data)
{
  Asking *self = user_data;

  self->started = outcome->created;
  if (outcome->error != NULL)
    self->failure = "the database did not take it";
  confab_http_server_post (self->api->http, reset_started, self);
}

static void
secrets_made (gpointer data)
{
  Asking *self = data;
  ConfabCommand *command;

  if (self->user == NULL || self->secrets == NULL || self->api->closed)
    {
      asking_end (self);
      return;
    }

  command = confab_command_new (confab_run_start_reset);
  command->user_id = self->user->id;
  command->start_reset.email = confab_command_copy (command, self->user->email);
  command->start_reset.token_key = confab_command_copy (command, self->secrets->token_key);
  command->start_reset.code_hash = confab_command_copy (command, self->secrets->code_hash);
  command->start_reset.expires_at = self->expires_at;
  if (!confab_writer_submit (self->api->writer, command, on_written, self))
    {
      self->failure = "the database is overloaded";
      asking_end (self);
    }
}

/* On the hasher's thread. */
static void
make_secrets (gpointer data)
{
  Asking *self = data;

  self->secrets = confab_reset_secrets_new (self->api->origin, NULL);
  if (self->secrets == NULL)
    self->failure = "no memory to hash the code";
  confab_http_server_post (self->api->http, secrets_made, self);
}

static void
person_looked_for (gpointer data)
{
  Asking *self = data;

  /* Hash without an account, too: otherwise the next request could measure the difference in
   * load. */
  if (self->failure != NULL || self->api->closed)
    asking_end (self);
  else if (!confab_hasher_push (self->api->hasher, CONFAB_HASHER_STRANGERS, self->address,
                                make_secrets, self))
    {
      g_autofree char *email = g_strconcat (EMAIL_BUCKET, self->email_key, NULL);

      confab_throttle_return (self->api->throttle, &email_rule, email); /* nothing is sent */
      self->failure = "too many passwords to hash";
      asking_end (self);
    }
}

/* On a reader thread. */
static void
look_for_person (ConfabDatabase *database, gpointer data)
{
  Asking *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabCredentials) credentials =
      confab_backend_find_credentials (database, self->email_key, &error);

  if (credentials != NULL)
    self->user = confab_backend_get_user (database, credentials->user_id, &error);
  if (error != NULL)
    self->failure = "the database could not be read";
  confab_http_server_post (self->api->http, person_looked_for, self);
}

/* Takes ownership of @email_key. */
static void
begin (ConfabApi *api, char *email_key, const char *address, gint64 expires_at)
{
  Asking *self = g_new0 (Asking, 1);

  api->n_errands++;
  self->api = api;
  self->email_key = email_key;
  self->address = g_strdup (address);
  self->expires_at = expires_at;
  if (api->closed || !confab_reader_pool_push (api->readers, look_for_person, self))
    {
      self->failure = "the database is overloaded";
      asking_end (self);
    }
}

/* ---- the answer ---- */

static guint
throttle (ConfabApi *api, ConfabRequest *request, const char *email_key)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *address = g_strconcat ("reset ", confab_request_get_address (request), NULL);
  g_autofree char *email = g_strconcat (EMAIL_BUCKET, email_key, NULL);
  guint wait = confab_throttle_take (api->throttle, &address_rule, address, now);

  return wait > 0 ? wait : confab_throttle_take (api->throttle, &email_rule, email, now);
}

/* Return the email's key. If it is invalid, answer and return NULL. (transfer full) (nullable) */
static char *
parse (ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  g_autofree char *email = NULL;
  GError *error = NULL;
  const char *text;

  if (body == NULL)
    return NULL;
  if (!confab_json_get_string (body, "email", &text, &error))
    {
      confab_request_fail_with (request, error);
      return NULL;
    }
  email = confab_text_email (text, NULL);
  if (email == NULL)
    {
      confab_request_fail (request, CONFAB_PROBLEM_INVALID_EMAIL, "email", 0);
      return NULL;
    }

  return confab_text_key (email);
}

void
confab_handle_ask_for_reset (ConfabApi *api, ConfabRequest *request)
{
  g_autofree char *email_key = parse (request);
  gint64 expires_at = confab_api_now () + CONFAB_RESET_MAIL_SECONDS * G_GINT64_CONSTANT (1000);
  JsonObject *answer;
  guint wait;

  if (email_key == NULL)
    return;
  wait = throttle (api, request, email_key);
  if (wait > 0)
    {
      confab_request_fail (request, CONFAB_PROBLEM_THROTTLED, NULL, wait);
      return;
    }

  answer = json_object_new ();
  json_object_set_int_member (answer, "expires_at", expires_at);
  json_object_set_int_member (answer, "retry_after", CONFAB_RESET_AGAIN_SECONDS);
  confab_api_answer (request, 202, answer);
  /* Without mail, a reset would only invalidate a code issued by an administrator. */
  if (api->mailer != NULL)
    begin (api, g_steal_pointer (&email_key), confab_request_get_address (request), expires_at);
}
