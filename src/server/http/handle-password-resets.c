/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Requesting a reset of a forgotten password by mail. The request is answered before the server
 * looks for the user, so that neither the answer nor its time shows whether there is one. The work
 * comes afterwards, and is as much for an unknown email. */

#include "handlers.h"

#include "confab-errand.h"
#include "confab-letters.h"
#include "confab-limits.h"
#include "confab-reset-secrets.h"
#include "confab-text.h"

/* The limits for one address, and for one email, known or unknown. */
static const ConfabThrottleRule address_rule = { 20, 60, 900 };
static const ConfabThrottleRule email_rule = { 5, 300, 900 };
#define EMAIL_BUCKET "reset-email "

typedef struct
{
  char *email_key;
  gint64 asked_at;     /* ms */
  ConfabUserRow *user; /* (nullable): nobody has the email */
  ConfabResetSecrets *secrets;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_free (self->email_key);
  g_clear_pointer (&self->user, confab_user_row_free);
  g_clear_pointer (&self->secrets, confab_reset_secrets_free);
  g_free (self);
}

static gint64
get_expiry (gint64 asked_at)
{
  return asked_at + CONFAB_RESET_MAIL_SECONDS * G_GINT64_CONSTANT (1000);
}

/* ---- after the answer ---- */

static void
tell_dropped (const char *reason)
{
  g_printerr ("event=reset-dropped message=\"%s\"\n", reason);
}

static void
step_failed (ConfabErrand *errand, GError *error)
{
  tell_dropped (error->message);
  g_error_free (error);
}

static void
reset_started (ConfabErrand *errand, ConfabOutcome *outcome)
{
  const Asking *self = errand->data;
  const ConfabAddressee to = confab_api_address (errand->api, errand->request, self->user->id,
                                                 self->user->username, self->user->email);

  if (!outcome->created)
    return;

  if (errand->api->mailer == NULL)
    tell_dropped ("the server is stopping");
  confab_api_mail (errand->api, confab_letter_reset (&to, self->secrets->link, self->secrets->code,
                                                     CONFAB_RESET_MAIL_SECONDS));
}

static void
secrets_made (ConfabErrand *errand)
{
  const Asking *self = errand->data;
  ConfabCommand *command;

  if (self->user == NULL)
    return;

  command = confab_command_new (confab_run_start_reset, CONFAB_ACTOR_SERVER);
  /* From when clients count the time until they may ask again, however busy the server is. */
  command->at = self->asked_at;
  command->user_id = self->user->id;
  command->start_reset.email = confab_command_copy (command, self->user->email);
  command->start_reset.token_key = confab_command_copy (command, self->secrets->token_key);
  command->start_reset.code_hash = confab_command_copy (command, self->secrets->code_hash);
  command->start_reset.expires_at = get_expiry (self->asked_at);
  if (!confab_errand_write (errand, command, reset_started))
    tell_dropped ("the database is overloaded");
}

/* On the hasher's thread. */
static void
make_secrets (ConfabErrand *errand, GError **error)
{
  Asking *self = errand->data;

  self->secrets = confab_reset_secrets_new (errand->api->origin, error);
}

/* Secrets are made for an unknown email, too: the next request must not find the machine less
 * busy. */
static void
person_looked_for (ConfabErrand *errand)
{
  const Asking *self = errand->data;
  g_autofree char *email = NULL;

  if (confab_errand_hash_as (errand, CONFAB_HASHER_STRANGERS,
                             confab_request_get_address (errand->request), make_secrets,
                             secrets_made))
    return;

  email = g_strconcat (EMAIL_BUCKET, self->email_key, NULL);
  confab_throttle_return (errand->api->throttle, &email_rule, email); /* nothing is sent */
  tell_dropped ("too many passwords to hash");
}

/* On a reader thread. */
static void
look_for_person (ConfabErrand *errand, ConfabDatabase *database, GError **error)
{
  Asking *self = errand->data;
  g_autoptr (ConfabCredentials) credentials =
      confab_backend_find_credentials (database, self->email_key, error);

  if (credentials != NULL)
    self->user = confab_backend_get_user (database, credentials->user_id, error);
}

/* Takes ownership of @email_key. */
static void
begin (ConfabApi *api, ConfabRequest *request, char *email_key, gint64 asked_at)
{
  Asking *self = g_new0 (Asking, 1);
  g_autoptr (ConfabErrand) errand = confab_errand_new (api, request, self, asking_free);

  errand->failed = step_failed;
  self->email_key = email_key;
  self->asked_at = asked_at;
  if (!confab_errand_read (errand, look_for_person, person_looked_for))
    tell_dropped ("the database is overloaded");
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
  const char *text;

  if (body == NULL)
    return NULL;
  if (!confab_api_get_string (request, body, "email", &text))
    return NULL;
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
  gint64 asked_at = confab_api_now ();
  JsonObject *answer;

  if (email_key == NULL || confab_api_throttled (request, throttle (api, request, email_key)))
    return;

  answer = json_object_new ();
  json_object_set_int_member (answer, "expires_at", get_expiry (asked_at));
  json_object_set_int_member (answer, "retry_after", CONFAB_RESET_AGAIN_SECONDS);
  confab_api_answer (request, 202, answer);
  /* Without mail nothing would be received, but a code from an administrator would become invalid.
   */
  if (api->mailer != NULL)
    begin (api, request, g_steal_pointer (&email_key), asked_at);
}
