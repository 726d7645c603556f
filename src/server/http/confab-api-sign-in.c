/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-api-sign-in.h"

#include "confab-subnet.h"
#include "confab-text.h"
#include "confab-token.h"

/* ---- the device ---- */

void
confab_api_device_free (ConfabApiDevice *self)
{
  g_free (self->name);
  g_free (self->secret);
  g_free (self);
}

ConfabApiDevice *
confab_api_take_device (ConfabRequest *request, JsonObject *body)
{
  ConfabApiDevice *self = g_new0 (ConfabApiDevice, 1);
  const char *secret;
  GError *error = NULL;

  self->name = confab_api_take_text (request, body, "device_name", confab_text_device_name);
  if (self->name == NULL)
    {
      confab_api_device_free (self);
      return NULL;
    }
  if (!confab_json_get_string_opt (body, "device_secret", &secret, &error))
    {
      confab_request_fail_with (request, error);
      confab_api_device_free (self);
      return NULL;
    }
  self->secret = g_strdup (secret);

  return self;
}

/* ---- a new session ---- */

typedef struct
{
  char *token;
  GBytes *hash;
  char *device_secret;
  gint64 user_id;
} NewSession;

static void
new_session_free (gpointer data)
{
  NewSession *self = data;

  g_free (self->token);
  g_free (self->device_secret);
  g_bytes_unref (self->hash);
  g_free (self);
}

static JsonObject *
read_signed_in (ConfabApi *api,
                ConfabDatabase *database,
                const ConfabReadArgs *args,
                GError **error)
{
  g_autoptr (ConfabUserRow) row = confab_backend_get_user (database, args->user_id, error);
  JsonObject *answer;

  if (row == NULL)
    return NULL;

  answer = json_object_new ();
  json_object_set_string_member (answer, "token", args->token);
  json_object_set_string_member (answer, "device_secret", args->device_secret);
  json_object_set_int_member (answer, "session_id", args->session_id);
  json_object_set_object_member (answer, "user", confab_codec_encode_user (row));
  json_object_set_string_member (answer, "epoch", api->epoch);

  return answer;
}

static void
session_added (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  NewSession *self = data;
  const gint64 now = confab_api_now ();
  const ConfabSessionKey key = { outcome->id, self->user_id, now, now };

  confab_sessions_add (api->sessions, self->hash, &key);
  confab_request_set_session (request, outcome->id, self->user_id);
  confab_api_read (api, request, 201, read_signed_in,
                   (ConfabReadArgs){ .user_id = self->user_id,
                                     .session_id = outcome->id,
                                     .token = g_steal_pointer (&self->token),
                                     .device_secret = g_steal_pointer (&self->device_secret) });
}

void
confab_api_sign_in (ConfabApi *api,
                    ConfabRequest *request,
                    gint64 user_id,
                    const ConfabApiDevice *device,
                    const char *password_hash)
{
  NewSession *self = g_new0 (NewSession, 1);
  ConfabCommand *command = confab_command_new (confab_run_add_session, CONFAB_ACTOR_SERVER);
  GBytes *device_hash = device->secret != NULL ? confab_token_hash (device->secret) : NULL;

  /* A device has one secret for all its accounts on this server, so keep an existing one. */
  self->device_secret = device_hash != NULL ? g_strdup (device->secret) : confab_token_new ();
  if (device_hash == NULL)
    device_hash = confab_token_hash (self->device_secret);

  self->token = confab_token_new ();
  self->hash = confab_token_hash (self->token);
  self->user_id = user_id;
  command->user_id = user_id;
  command->add_session.token_hash = confab_command_take_bytes (command, g_bytes_ref (self->hash));
  command->add_session.device_name = confab_command_copy (command, device->name);
  command->add_session.max_sessions = api->config->sessions_per_user;
  command->add_session.device_hash = confab_command_take_bytes (command, device_hash);
  command->add_session.network = confab_command_take (
      command, confab_subnet_from_address (confab_request_get_address (request)));
  command->add_session.verified_hash = confab_command_copy (command, password_hash);
  confab_api_submit (api, request, command, session_added, self, new_session_free);
}
