/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Checking and completing a reset, with the token from its link or with its code. */

#include "handlers.h"

#include "confab-letters.h"
#include "confab-password-strength.h"
#include "confab-password.h"
#include "confab-reset-proof.h"
#include "confab-text.h"

/* ---- checking ---- */

static void
answer_check (ConfabErrand *errand)
{
  const ConfabResetProof *self = errand->data;
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "username", self->reset->username);
  json_object_set_int_member (answer, "expires_at", self->reset->expires_at);
  confab_api_answer (errand->request, 200, answer);
}

void
confab_handle_check_reset (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  g_autoptr (ConfabErrand) errand = NULL;

  if (body == NULL)
    return;

  errand = confab_reset_proof_take (api, request, body);
  if (errand != NULL)
    confab_reset_proof_check (errand, answer_check);
}

/* ---- completing ---- */

static void
reset_completed (ConfabErrand *errand, ConfabOutcome *outcome)
{
  const ConfabResetProof *self = errand->data;
  const ConfabAddressee to = confab_api_address (errand->api, errand->request, self->reset->user_id,
                                                 self->reset->username, self->reset->email);

  g_printerr ("event=password-reset user=%" G_GINT64_FORMAT "\n", self->reset->user_id);
  confab_api_mail (errand->api, confab_letter_password_changed (&to));
  confab_request_respond (errand->request, 204, NULL, 0);
}

static void
complete (ConfabErrand *errand)
{
  const ConfabResetProof *self = errand->data;
  ConfabCommand *command = confab_command_new (confab_run_complete_reset, CONFAB_ACTOR_SELF);

  command->user_id = self->reset->user_id;
  command->complete_reset.token_key = confab_command_copy (command, self->reset->token_key);
  command->complete_reset.password_hash = confab_command_copy (command, self->password_hash);
  command->complete_reset.network = confab_command_copy (command, self->network);
  confab_errand_write (errand, command, reset_completed);
}

/* On the hasher's thread. */
static void
hash_password (ConfabErrand *errand, GError **error)
{
  ConfabResetProof *self = errand->data;
  const char *const own_words[] = { self->reset->username, self->reset->email, NULL };

  if (confab_password_check_strength (self->password, own_words, error))
    self->password_hash = confab_password_hash (self->password, error);
}

static void
set_password (ConfabErrand *errand)
{
  confab_reset_proof_hash (errand, hash_password, complete);
}

static gboolean
take_password (ConfabRequest *request, ConfabResetProof *self, JsonObject *body)
{
  const char *text;
  GError *error = NULL;

  if (!confab_api_get_string (request, body, "password", &text))
    return FALSE;
  self->password = confab_text_password (text, &error);
  if (self->password == NULL)
    {
      confab_request_fail (request, (ConfabProblem)error->code, "password", 0);
      g_error_free (error);
    }

  return self->password != NULL;
}

void
confab_handle_complete_reset (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  g_autoptr (ConfabErrand) errand = NULL;

  if (body == NULL)
    return;

  errand = confab_reset_proof_take (api, request, body);
  if (errand != NULL && take_password (request, errand->data, body))
    confab_reset_proof_check (errand, set_password);
}
