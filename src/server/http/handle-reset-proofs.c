/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Checking and completing a reset with its link's token or its code. Any fault of either is
 * answered RESET_INVALID, and a code always costs the time of one hash, even if there is no
 * reset. */

#include "handlers.h"

#include <string.h>

#include "confab-code.h"
#include "confab-letters.h"
#include "confab-network.h"
#include "confab-password-strength.h"
#include "confab-password.h"
#include "confab-text.h"
#include "confab-token.h"

/* Per address, and for codes per username or email from all addresses. */
static const ConfabThrottleRule address_rule = { 30, 20, 900 };
static const ConfabThrottleRule login_rule = { 10, 60, 900 };

typedef struct
{
  ConfabApi *api;
  ConfabRequest *request;
  char *token_key; /* (nullable): NULL for a code */
  char *login_key;
  char *code;
  char *password; /* (nullable): NULL for a check */
  char *password_hash;
  ConfabReset *reset; /* (nullable): NULL if the file is missing */
  guint n_pending;    /* comparing, and counting */
  gboolean right;
  gboolean counted; /* counted as an attempt, to be returned if it is right */
  GError *error;
} Proof;

static void
proof_free (Proof *self)
{
  confab_request_unref (self->request);
  g_free (self->token_key);
  g_free (self->login_key);
  g_free (self->code);
  g_free (self->password);
  g_free (self->password_hash);
  g_clear_pointer (&self->reset, confab_reset_free);
  g_clear_error (&self->error);
  g_free (self);
}

static void
refuse (Proof *self, ConfabProblem problem, const char *field, guint retry_after)
{
  confab_request_fail (self->request, problem, field, retry_after);
  proof_free (self);
}

/* ---- the code is right ---- */

static void
answer_check (Proof *self)
{
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "username", self->reset->username);
  json_object_set_int_member (answer, "expires_at", self->reset->expires_at);
  confab_api_answer (self->request, 200, answer);
  proof_free (self);
}

static void
reset_completed (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  const Proof *self = data;
  const ConfabAddressee to = { api->config->name, self->reset->user_id, self->reset->username,
                               self->reset->email };

  g_printerr ("event=password-reset user=%" G_GINT64_FORMAT "\n", self->reset->user_id);
  confab_api_mail (api, confab_letter_password_changed (&to));
  confab_request_respond (request, 204, NULL, 0);
}

static void
complete (gpointer data)
{
  Proof *self = data;
  ConfabCommand *command;

  if (self->password_hash == NULL)
    {
      if (g_error_matches (self->error, CONFAB_PROBLEM, CONFAB_PROBLEM_PASSWORD_TOO_COMMON))
        confab_request_fail (self->request, CONFAB_PROBLEM_PASSWORD_TOO_COMMON, "password", 0);
      else
        confab_request_fail_with (self->request, g_steal_pointer (&self->error));
      proof_free (self);
      return;
    }

  command = confab_command_new (confab_run_complete_reset);
  command->actor_id = CONFAB_ACTOR_SELF; /* no caller is signed in */
  command->user_id = self->reset->user_id;
  command->complete_reset.token_key = confab_command_copy (command, self->reset->token_key);
  command->complete_reset.password_hash = confab_command_copy (command, self->password_hash);
  command->complete_reset.network = confab_command_take (
      command, confab_network_from_address (confab_request_get_address (self->request)));
  confab_api_submit (self->api, self->request, command, reset_completed, self,
                     (GDestroyNotify)proof_free);
}

/* On the hasher's thread. */
static void
hash_password (gpointer data)
{
  Proof *self = data;
  const char *const own_words[] = { self->reset->username, self->reset->email, NULL };

  if (confab_password_check_strength (self->password, own_words, &self->error))
    self->password_hash = confab_password_hash (self->password, &self->error);
  confab_http_server_post (self->api->http, complete, self);
}

/* The buckets in which an attempt counts. */
static char *
address_bucket (const Proof *self)
{
  return g_strconcat ("reset-proof ", confab_request_get_address (self->request), NULL);
}

static char *
email_bucket (const Proof *self)
{
  return g_strconcat ("reset-code ", self->login_key, NULL);
}

/* Queue @func. If the queue is full, answer that, return FALSE, and count no attempt. */
static gboolean
hash (Proof *self, ConfabHashFunc func)
{
  g_autofree char *address = address_bucket (self);

  if (confab_api_hash (self->api, self->request, func, self))
    return TRUE;

  confab_throttle_return (self->api->throttle, &address_rule, address);
  if (self->token_key == NULL)
    {
      g_autofree char *email = email_bucket (self);

      confab_throttle_return (self->api->throttle, &login_rule, email);
    }
  proof_free (self);

  return FALSE;
}

static void
proven (Proof *self)
{
  if (self->password == NULL)
    answer_check (self);
  else
    hash (self, hash_password);
}

static void
attempt_returned (gpointer data)
{
  proven (data);
}

/* On the writer thread. */
static void
on_returned (ConfabOutcome *outcome, gpointer user_data)
{
  Proof *self = user_data;

  confab_http_server_post (self->api->http, attempt_returned, self);
}

/* A right code does not count. Answer only after the attempt was returned, or the next request
 * might have none left. */
static void
return_attempt (Proof *self)
{
  ConfabCommand *command = confab_command_new (confab_run_return_reset_attempt);

  command->user_id = self->reset->user_id;
  command->return_reset_attempt.code_hash = confab_command_copy (command, self->reset->code_hash);
  if (self->api->closed)
    confab_command_free (command);
  if (self->api->closed || !confab_writer_submit (self->api->writer, command, on_returned, self))
    refuse (self, CONFAB_PROBLEM_UNAVAILABLE, NULL, 1);
}

/* ---- comparing the code ---- */

/* Comparing and counting run in parallel, so that counting takes no additional time, which would
 * reveal whether there is a reset. Without being counted, the comparison is not used. */
static void
part_done (Proof *self)
{
  if (--self->n_pending > 0)
    return;

  if (self->error != NULL
      && !g_error_matches (self->error, CONFAB_PROBLEM, CONFAB_PROBLEM_RESET_INVALID))
    {
      confab_request_fail_with (self->request, g_steal_pointer (&self->error));
      proof_free (self);
    }
  else if (!self->counted || !self->right)
    refuse (self, CONFAB_PROBLEM_RESET_INVALID, NULL, 0);
  else
    {
      g_autofree char *email = email_bucket (self);

      confab_throttle_reset (self->api->throttle, email);
      return_attempt (self);
    }
}

static void
attempt_counted (gpointer data)
{
  part_done (data);
}

/* On the writer thread. */
static void
on_counted (ConfabOutcome *outcome, gpointer user_data)
{
  Proof *self = user_data;

  self->counted = outcome->error == NULL;
  if (outcome->error != NULL)
    self->error = g_error_copy (outcome->error);
  confab_http_server_post (self->api->http, attempt_counted, self);
}

static void
count_attempt (Proof *self)
{
  ConfabCommand *command = confab_command_new (confab_run_take_reset_attempt);

  self->n_pending++;
  command->user_id = self->reset->user_id;
  command->take_reset_attempt.code_hash = confab_command_copy (command, self->reset->code_hash);
  if (!confab_writer_submit (self->api->writer, command, on_counted, self))
    {
      confab_problem_set (&self->error, CONFAB_PROBLEM_UNAVAILABLE);
      self->n_pending--;
    }
}

static void
code_compared (gpointer data)
{
  part_done (data);
}

/* On the hasher's thread. */
static void
compare_code (gpointer data)
{
  Proof *self = data;

  self->right =
      confab_password_verify (self->reset != NULL ? self->reset->code_hash : NULL, self->code);
  confab_http_server_post (self->api->http, code_compared, self);
}

static void
compare (Proof *self)
{
  if (!hash (self, compare_code))
    return;

  self->n_pending = 1;
  if (self->reset != NULL)
    count_attempt (self);
}

/* ---- looking up ---- */

static void
reset_found (gpointer data)
{
  Proof *self = data;

  if (self->error != NULL)
    {
      confab_request_fail_with (self->request, g_steal_pointer (&self->error));
      proof_free (self);
    }
  else if (self->token_key == NULL)
    compare (self);
  else if (self->reset == NULL)
    refuse (self, CONFAB_PROBLEM_RESET_INVALID, NULL, 0);
  else
    proven (self);
}

/* On a reader thread. */
static void
find_reset (ConfabDatabase *database, gpointer data)
{
  Proof *self = data;

  self->reset =
      confab_backend_find_reset (database, self->token_key, self->login_key, &self->error);
  confab_http_server_post (self->api->http, reset_found, self);
}

static guint
throttle (Proof *self)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *address = address_bucket (self);
  guint wait = confab_throttle_take (self->api->throttle, &address_rule, address, now);

  if (wait == 0 && self->token_key == NULL)
    {
      g_autofree char *email = email_bucket (self);

      wait = confab_throttle_take (self->api->throttle, &login_rule, email, now);
    }

  return wait;
}

/* A malformed token or code is answered like a wrong one. FALSE if it was answered. */
static gboolean
take_proof (Proof *self, JsonObject *body)
{
  const char *token, *login, *code;
  GError *error = NULL;

  if (!confab_json_get_string_opt (body, "token", &token, &error)
      || (token == NULL
          && (!confab_json_get_string (body, "login", &login, &error)
              || !confab_json_get_string (body, "code", &code, &error))))
    {
      confab_request_fail_with (self->request, error);
      return FALSE;
    }

  if (token != NULL)
    self->token_key = confab_token_key (token);
  else
    {
      self->login_key = confab_api_search_key (login);
      self->code = confab_code_normalise (code);
    }
  if (self->token_key != NULL || self->code != NULL)
    return TRUE;

  confab_request_fail (self->request, CONFAB_PROBLEM_RESET_INVALID, NULL, 0);

  return FALSE;
}

static gboolean
take_password (Proof *self, JsonObject *body)
{
  const char *text;
  GError *error = NULL;

  if (!confab_json_get_string (body, "password", &text, &error))
    {
      confab_request_fail_with (self->request, error);
      return FALSE;
    }
  self->password = confab_text_password (text, &error);
  if (self->password == NULL)
    {
      confab_request_fail (self->request, (ConfabProblem)error->code, "password", 0);
      g_error_free (error);
    }

  return self->password != NULL;
}

static void
handle (ConfabApi *api, ConfabRequest *request, gboolean with_password)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  Proof *self;
  guint wait;

  if (body == NULL)
    return;

  self = g_new0 (Proof, 1);
  self->api = api;
  self->request = confab_request_ref (request);
  if (!take_proof (self, body) || (with_password && !take_password (self, body)))
    {
      proof_free (self);
      return;
    }

  wait = throttle (self);
  if (wait > 0)
    refuse (self, CONFAB_PROBLEM_THROTTLED, NULL, wait);
  else if (api->closed || !confab_reader_pool_push (api->readers, find_reset, self))
    refuse (self, CONFAB_PROBLEM_UNAVAILABLE, NULL, 1);
}

void
confab_handle_check_reset (ConfabApi *api, ConfabRequest *request)
{
  handle (api, request, FALSE);
}

void
confab_handle_complete_reset (ConfabApi *api, ConfabRequest *request)
{
  handle (api, request, TRUE);
}
