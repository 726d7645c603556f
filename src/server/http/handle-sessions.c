/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Signing in and out. */

#include "confab-api-password.h"

#include <string.h>

#include "confab-admin-codec.h"
#include "confab-attempt-buckets.h"
#include "confab-limits.h"
#include "confab-network.h"
#include "confab-text.h"
#include "confab-token.h"

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
                ConfabBackendReader *reader,
                const ConfabReadArgs *args,
                GError **error)
{
  g_autoptr (ConfabUserRow) row = confab_backend_reader_get_user (reader, args->user_id, error);
  JsonObject *answer;

  if (row == NULL)
    return NULL;

  answer = json_object_new ();
  json_object_set_string_member (answer, "token", args->text);
  json_object_set_string_member (answer, "device_secret", args->after);
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
                                     .text = g_steal_pointer (&self->token),
                                     .after = g_steal_pointer (&self->device_secret) });
}

void
confab_api_sign_in (ConfabApi *api,
                    ConfabRequest *request,
                    gint64 user_id,
                    const ConfabApiDevice *device,
                    const char *password_hash)
{
  NewSession *self = g_new0 (NewSession, 1);
  ConfabCommand *command = confab_command_new (CONFAB_COMMAND_ADD_SESSION);
  GBytes *device_hash = device->secret != NULL ? confab_token_hash (device->secret) : NULL;

  /* One device has one secret for all its accounts here: what it has already, it keeps. */
  self->device_secret = device_hash != NULL ? g_strdup (device->secret) : confab_token_new ();
  if (device_hash == NULL)
    device_hash = confab_token_hash (self->device_secret);

  self->token = confab_token_new ();
  self->hash = confab_token_hash (self->token);
  self->user_id = user_id;
  command->user_id = user_id;
  command->token_hash = g_bytes_ref (self->hash);
  command->text = g_strdup (device->name);
  command->max_sessions = api->config->sessions_per_user;
  command->device_hash = device_hash;
  command->network = confab_network_from_address (confab_request_get_address (request));
  command->password_hash = g_strdup (password_hash);
  confab_api_submit (api, request, command, session_added, self, new_session_free);
}

/* ---- signing in ---- */

void
confab_api_device_free (ConfabApiDevice *self)
{
  g_free (self->name);
  g_free (self->secret);
  g_free (self);
}

static void
signed_in (ConfabApi *api,
           ConfabRequest *request,
           const ConfabCredentials *credentials,
           gpointer data)
{
  confab_api_sign_in (api, request, credentials->user_id, data, credentials->password_hash);
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

void
confab_handle_sign_in (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  const char *login, *password;
  g_autofree char *login_key = NULL;
  GError *error = NULL;
  ConfabApiDevice *device;
  guint wait;

  if (body == NULL)
    return;
  if (!confab_json_get_string (body, "login", &login, &error)
      || !confab_json_get_string (body, "password", &password, &error))
    {
      confab_request_fail_with (request, error);
      return;
    }
  device = confab_api_take_device (request, body);
  if (device == NULL)
    return;

  /* A known device is not to suffer from others at its address; whether it is known, the
   * database must tell. */
  wait = device->secret != NULL
             ? 0
             : confab_attempt_address_wait (api->throttle, confab_request_get_address (request),
                                            api->config->sign_ins_per_minute);
  if (wait > 0)
    {
      confab_request_fail (request, CONFAB_PROBLEM_THROTTLED, NULL, wait);
      confab_api_device_free (device);
      return;
    }

  login_key = confab_api_search_key (login);
  confab_api_check_password (
      api, request,
      &(ConfabPasswordCheck){ .login_key = login_key,
                              .device_secret = device->secret,
                              .password = password,
                              .done = signed_in,
                              .data = device,
                              .free_data = (GDestroyNotify)confab_api_device_free });
}

/* ---- giving the password again ---- */

static void
session_verified (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  JsonObject *answer = json_object_new ();

  json_object_set_int_member (answer, "verified_until",
                              confab_api_now () + CONFAB_VERIFICATION_SECONDS * 1000);
  confab_api_answer (request, 200, answer);
}

static void
verify_session (ConfabApi *api,
                ConfabRequest *request,
                const ConfabCredentials *credentials,
                gpointer data)
{
  ConfabCommand *command = confab_command_new (CONFAB_COMMAND_VERIFY_SESSION);

  command->user_id = credentials->user_id;
  command->session_id = confab_request_get_session_id (request);
  command->password_hash = g_strdup (credentials->password_hash);
  confab_api_submit (api, request, command, session_verified, NULL, NULL);
}

void
confab_handle_verify_session (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  const char *password;
  GError *error = NULL;

  if (body == NULL)
    return;
  if (!confab_json_get_string (body, "password", &password, &error))
    {
      confab_request_fail_with (request, error);
      return;
    }

  confab_api_check_password (
      api, request, &(ConfabPasswordCheck){ .password = password, .done = verify_session });
}

/* ---- sessions ---- */

static JsonObject *
read_sessions (ConfabApi *api,
               ConfabBackendReader *reader,
               const ConfabReadArgs *args,
               GError **error)
{
  g_autoptr (GPtrArray) rows = confab_backend_reader_list_sessions (reader, args->user_id, error);

  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      ConfabSessionRow *row = g_ptr_array_index (rows, i);

      row->current = row->id == args->session_id;
    }

  return confab_codec_encode_sessions (rows);
}

void
confab_handle_list_sessions (ConfabApi *api, ConfabRequest *request)
{
  confab_api_read (api, request, 200, read_sessions,
                   (ConfabReadArgs){ .user_id = confab_request_get_user_id (request),
                                     .session_id = confab_request_get_session_id (request) });
}

/* The sessions themselves are forgotten as soon as the commit is known, see confab-serve.c. */
static void
session_ended (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  confab_request_respond (request, 204, NULL, 0);
}

void
confab_handle_end_session (ConfabApi *api, ConfabRequest *request)
{
  const char *which = confab_request_get_param (request, 0);
  ConfabCommandKind kind = CONFAB_COMMAND_END_SESSION;
  gint64 session_id = confab_request_get_session_id (request);
  ConfabCommand *command;

  if (g_str_equal (which, "others"))
    kind = CONFAB_COMMAND_END_OTHER_SESSIONS;
  else if (!g_str_equal (which, "current") && !confab_api_param_id (request, 0, &session_id))
    return;

  command = confab_command_new (kind);
  command->user_id = confab_request_get_user_id (request);
  command->session_id = session_id;
  confab_api_submit (api, request, command, session_ended, NULL, NULL);
}
