/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-reset-proof.h"

#include "confab-code.h"
#include "confab-subnet.h"
#include "confab-password.h"
#include "confab-token.h"

/* The limits for one address, and for codes for one reset. */
static const ConfabThrottleRule address_rule = { 30, 20, 900 };
static const ConfabThrottleRule login_rule = { 10, 60, 900 };

static void
proof_free (gpointer data)
{
  ConfabResetProof *self = data;

  g_free (self->token_key);
  g_free (self->login_key);
  g_free (self->code);
  g_free (self->password);
  g_free (self->password_hash);
  g_free (self->network);
  g_free (self->code_bucket);
  g_clear_pointer (&self->reset, confab_reset_row_free);
  g_clear_error (&self->error);
  g_free (self);
}

/* The names of the buckets that count an attempt. */
static char *
address_bucket (ConfabErrand *errand)
{
  return g_strconcat ("reset-proof ", confab_request_get_address (errand->request), NULL);
}

/* Attempts from networks that the user has signed in from have a bucket of their own, so that
 * strangers cannot use it up. */
static char *
make_code_bucket (const ConfabResetProof *self)
{
  if (self->reset == NULL)
    return g_strconcat ("reset-code nobody ", self->login_key, NULL);

  return g_strdup_printf ("reset-code %" G_GINT64_FORMAT " %s", self->reset->user_id,
                          self->known ? self->network : "");
}

gboolean
confab_reset_proof_hash (ConfabErrand *errand, ConfabErrandHash work, ConfabErrandDone done)
{
  const ConfabResetProof *self = errand->data;
  g_autofree char *address = address_bucket (errand);

  if (confab_errand_hash (errand, work, done))
    return TRUE;

  confab_throttle_return (errand->api->throttle, &address_rule, address);
  if (self->code_bucket != NULL)
    confab_throttle_return (errand->api->throttle, &login_rule, self->code_bucket);

  return FALSE;
}

/* ---- comparing the code ---- */

static void
attempt_returned (ConfabErrand *errand, ConfabOutcome *outcome)
{
  const ConfabResetProof *self = errand->data;

  self->proven (errand);
}

/* A correct code does not count as an attempt. Answer only after the count is restored, or the next
 * request could find no attempt left. */
static void
return_attempt (ConfabErrand *errand)
{
  const ConfabResetProof *self = errand->data;
  ConfabCommand *command =
      confab_command_new (confab_run_return_reset_attempt, CONFAB_ACTOR_SERVER);

  command->user_id = self->reset->user_id;
  command->return_reset_attempt.code_hash = confab_command_copy (command, self->reset->code_hash);
  confab_errand_write (errand, command, attempt_returned);
}

/* The comparison and counting the attempt run in parallel, so that counting takes no extra time
 * that would show whether there is a reset. The result of an attempt that was not counted is
 * ignored. */
static void
part_done (ConfabErrand *errand)
{
  ConfabResetProof *self = errand->data;

  if (--self->n_pending > 0)
    return;

  if (self->error != NULL
      && !g_error_matches (self->error, CONFAB_PROBLEM, CONFAB_PROBLEM_RESET_INVALID))
    confab_request_fail_with (errand->request, g_steal_pointer (&self->error));
  else if (!self->counted || !self->right)
    confab_request_fail (errand->request, CONFAB_PROBLEM_RESET_INVALID, NULL, 0);
  else
    {
      confab_throttle_reset (errand->api->throttle, self->code_bucket);
      if (self->known)
        self->proven (errand);
      else
        return_attempt (errand);
    }
}

static void
attempt_counted (ConfabErrand *errand, ConfabOutcome *outcome)
{
  ConfabResetProof *self = errand->data;

  self->counted = TRUE;
  part_done (errand);
}

/* The command is submitted even if there is no reset to count an attempt of, when it changes
 * nothing: the time that the writer takes must not show whether there is a reset. For the same
 * reason, a full queue is answered only after the comparison. */
static void
count_attempt (ConfabErrand *errand)
{
  ConfabResetProof *self = errand->data;
  ConfabCommand *command = confab_command_new (confab_run_take_reset_attempt, CONFAB_ACTOR_SERVER);

  if (self->reset != NULL && !self->known)
    {
      command->user_id = self->reset->user_id;
      command->take_reset_attempt.code_hash = confab_command_copy (command, self->reset->code_hash);
    }
  if (confab_errand_try_write (errand, command, attempt_counted))
    self->n_pending++;
  else
    confab_problem_set (&self->error, CONFAB_PROBLEM_UNAVAILABLE);
}

/* On the hasher's thread. */
static void
compare_code (ConfabErrand *errand, GError **error)
{
  ConfabResetProof *self = errand->data;

  self->right =
      confab_password_verify (self->reset != NULL ? self->reset->code_hash : NULL, self->code);
}

/* A code has few attempts, and its throttle permits many more. From the person's own networks only
 * the throttle counts, or strangers who know the address could end the code by guessing. */
static void
compare (ConfabErrand *errand)
{
  ConfabResetProof *self = errand->data;

  self->code_bucket = make_code_bucket (self);
  if (confab_api_throttled (errand->request,
                            confab_throttle_take (errand->api->throttle, &login_rule,
                                                  self->code_bucket, g_get_monotonic_time ())))
    return;

  /* Without a reset, the comparison fails, and takes as long. */
  if (self->reset != NULL && self->reset->attempts_left == 0 && !self->known)
    g_clear_pointer (&self->reset, confab_reset_row_free);

  if (!confab_reset_proof_hash (errand, compare_code, part_done))
    return;

  self->n_pending = 1;
  self->counted = self->known;
  count_attempt (errand);
}

/* While two steps are pending, the answer waits for both. */
static void
step_failed (ConfabErrand *errand, GError *error)
{
  ConfabResetProof *self = errand->data;

  if (self->n_pending > 0)
    {
      g_clear_error (&self->error);
      self->error = error;
      part_done (errand);
    }
  else if (g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_PASSWORD_TOO_COMMON))
    {
      confab_request_fail (errand->request, CONFAB_PROBLEM_PASSWORD_TOO_COMMON, "password", 0);
      g_error_free (error);
    }
  else
    confab_request_fail_with (errand->request, error);
}

/* ---- looking up ---- */

static void
reset_found (ConfabErrand *errand)
{
  const ConfabResetProof *self = errand->data;

  if (self->token_key == NULL)
    compare (errand);
  else if (self->reset == NULL)
    confab_request_fail (errand->request, CONFAB_PROBLEM_RESET_INVALID, NULL, 0);
  else
    self->proven (errand);
}

/* On a reader thread. */
static void
find_reset (ConfabErrand *errand, ConfabDatabase *database, GError **error)
{
  ConfabResetProof *self = errand->data;

  ConfabAcquaintance known = { 0 };
  GError *local_error = NULL;

  self->reset =
      confab_backend_find_reset (database, self->token_key, self->login_key, &local_error);
  /* Also if there is no reset, so that the time taken does not show whether there is one. */
  if (self->token_key == NULL && local_error == NULL)
    confab_backend_get_acquaintance (database, self->reset != NULL ? self->reset->user_id : 0, NULL,
                                     self->network, &known, &local_error);
  self->known = known.network;
  if (local_error != NULL)
    g_propagate_error (error, local_error);
}

static guint
throttle_address (ConfabErrand *errand)
{
  g_autofree char *address = address_bucket (errand);

  return confab_throttle_take (errand->api->throttle, &address_rule, address,
                               g_get_monotonic_time ());
}

/* Read the token or code; a malformed one is answered like a wrong one. Return FALSE if the request
 * is answered. */
static gboolean
take_proof (ConfabRequest *request, ConfabResetProof *self, JsonObject *body)
{
  const char *token, *login, *code;
  GError *error = NULL;

  if (!confab_json_get_string_opt (body, "token", &token, &error)
      || (token == NULL
          && (!confab_json_get_string (body, "login", &login, &error)
              || !confab_json_get_string (body, "code", &code, &error))))
    {
      confab_request_fail_with (request, error);
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

  confab_request_fail (request, CONFAB_PROBLEM_RESET_INVALID, NULL, 0);

  return FALSE;
}

ConfabErrand *
confab_reset_proof_take (ConfabApi *api, ConfabRequest *request, JsonObject *body)
{
  ConfabResetProof *self = g_new0 (ConfabResetProof, 1);
  g_autoptr (ConfabErrand) errand = confab_errand_new (api, request, self, proof_free);

  self->network = confab_subnet_from_address (confab_request_get_address (request));
  errand->failed = step_failed;

  return take_proof (request, self, body) ? g_steal_pointer (&errand) : NULL;
}

void
confab_reset_proof_check (ConfabErrand *errand, ConfabErrandDone proven)
{
  ConfabResetProof *self = errand->data;

  self->proven = proven;
  if (!confab_api_throttled (errand->request, throttle_address (errand)))
    confab_errand_read (errand, find_reset, reset_found);
}
