/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Changing the caller's email. A server that sends mail requires a code that it mails to the new
 * address. */

#include "handlers.h"

#include "confab-api-password.h"
#include "confab-code.h"
#include "confab-errand.h"
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
new_email_clear (gpointer data)
{
  NewEmail *self = data;

  g_free (self->email);
  g_free (self->username);
  g_free (self->code);
  g_free (self->code_hash);
}

static void
new_email_unref (gpointer data)
{
  g_rc_box_release_full (data, new_email_clear);
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
  const ConfabAddressee to =
      confab_api_address (api, request, outcome->id, self->username, self->email);
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

/* Without mail, the new address counts at once. */
static void
set_email (ConfabApi *api,
           ConfabRequest *request,
           const ConfabCredentials *credentials,
           const NewEmail *self)
{
  ConfabCommand *command = confab_command_new (confab_run_set_email, credentials->user_id);

  command->set_email.email = confab_command_copy (command, self->email);
  command->set_email.verified_hash = confab_command_copy (command, credentials->password_hash);
  confab_api_submit (api, request, command, confab_api_answer_user, NULL, NULL);
}

static void
start_change (ConfabApi *api,
              ConfabRequest *request,
              const ConfabCredentials *credentials,
              NewEmail *self)
{
  ConfabCommand *command = confab_command_new (confab_run_start_email_change, credentials->user_id);

  self->username = g_strdup (credentials->username);
  self->expires_at = confab_api_now () + CONFAB_EMAIL_CODE_SECONDS * 1000;
  command->start_email_change.email = confab_command_copy (command, self->email);
  command->start_email_change.verified_hash =
      confab_command_copy (command, credentials->password_hash);
  command->start_email_change.code_hash = confab_command_copy (command, self->code_hash);
  command->start_email_change.expires_at = self->expires_at;
  confab_api_submit (api, request, command, change_started, g_rc_box_acquire (self),
                     new_email_unref);
}

static void
password_verified (ConfabApi *api,
                   ConfabRequest *request,
                   const ConfabCredentials *credentials,
                   gpointer data)
{
  NewEmail *self = data;

  if (confab_api_throttled (request, throttle_change (api, credentials->user_id)))
    return;

  if (self->code != NULL)
    start_change (api, request, credentials, self);
  else
    set_email (api, request, credentials, self);
}

void
confab_handle_change_email (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  const char *password;
  NewEmail *self;
  char *email;

  if (body == NULL)
    return;
  email = confab_api_take_text (request, body, "email", confab_text_email);
  if (email == NULL)
    return;
  if (!confab_api_get_string (request, body, "password", &password))
    {
      g_free (email);
      return;
    }

  self = g_rc_box_new0 (NewEmail);
  self->email = email;
  if (api->mailer != NULL)
    self->code = confab_code_new ();
  confab_api_check_password (api, request,
                             &(ConfabPasswordCheck){ .password = password,
                                                     .work = hash_code,
                                                     .done = password_verified,
                                                     .data = self,
                                                     .free_data = new_email_unref });
}

/* ---- confirming ---- */

typedef struct
{
  gint64 user_id;
  char *code;
  ConfabEmailChange *change; /* (nullable): NULL if no change waits */
  gboolean right;
} Confirmation;

static void
confirmation_free (gpointer data)
{
  Confirmation *self = data;

  g_free (self->code);
  g_clear_pointer (&self->change, confab_email_change_free);
  g_free (self);
}

/* Inform the old address, in case another person made the change. */
static void
email_confirmed (ConfabErrand *errand, ConfabOutcome *outcome)
{
  const Confirmation *self = errand->data;
  const ConfabAddressee to = confab_api_address (errand->api, errand->request, outcome->id,
                                                 self->change->username, self->change->old_email);

  confab_api_mail (errand->api, confab_letter_email_changed (&to));
  confab_api_answer_user (errand->api, errand->request, outcome, NULL);
}

static void
attempt_taken (ConfabErrand *errand, ConfabOutcome *outcome)
{
  const Confirmation *self = errand->data;
  ConfabCommand *command;

  if (!self->right)
    {
      confab_request_fail (errand->request, CONFAB_PROBLEM_CODE_INVALID, NULL, 0);
      return;
    }

  command = confab_command_new (confab_run_confirm_email, self->user_id);
  command->confirm_email.code_hash = confab_command_copy (command, self->change->code_hash);
  confab_errand_write (errand, command, email_confirmed);
}

/* The result is looked at only once the attempt is counted, or many at once would count as one. */
static void
code_verified (ConfabErrand *errand)
{
  const Confirmation *self = errand->data;
  ConfabCommand *command = confab_command_new (confab_run_take_email_attempt, self->user_id);

  command->take_email_attempt.code_hash = confab_command_copy (command, self->change->code_hash);
  confab_errand_write (errand, command, attempt_taken);
}

/* On the hasher's thread. */
static void
verify_code (ConfabErrand *errand, GError **error)
{
  Confirmation *self = errand->data;

  self->right = confab_password_verify (self->change->code_hash, self->code);
}

static void
change_found (ConfabErrand *errand)
{
  const Confirmation *self = errand->data;

  if (self->change == NULL)
    confab_request_fail (errand->request, CONFAB_PROBLEM_CODE_INVALID, NULL, 0);
  else
    confab_errand_hash (errand, verify_code, code_verified);
}

/* On a reader thread. */
static void
find_change (ConfabErrand *errand, ConfabDatabase *database, GError **error)
{
  Confirmation *self = errand->data;

  self->change = confab_backend_get_email_change (database, self->user_id, error);
}

void
confab_handle_confirm_email (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  g_autoptr (ConfabErrand) errand = NULL;
  const char *typed;
  Confirmation *self;
  char *code;

  if (body == NULL)
    return;
  if (!confab_api_get_string (request, body, "code", &typed))
    return;
  code = confab_code_normalise (typed);
  if (code == NULL)
    {
      confab_request_fail (request, CONFAB_PROBLEM_CODE_INVALID, NULL, 0);
      return;
    }

  self = g_new0 (Confirmation, 1);
  self->user_id = confab_request_get_user_id (request);
  self->code = code;
  errand = confab_errand_new (api, request, self, confirmation_free);
  confab_errand_read (errand, find_change, change_found);
}
