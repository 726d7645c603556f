/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Signing in and out. */

#include "handlers.h"

#include <string.h>

#include "confab-admin-codec.h"
#include "confab-api-password.h"
#include "confab-attempt-buckets.h"
#include "confab-limits.h"
#include "confab-api-sign-in.h"

/* ---- signing in ---- */

static void
signed_in (ConfabApi *api,
           ConfabRequest *request,
           const ConfabCredentials *credentials,
           gpointer data)
{
  confab_api_sign_in (api, request, credentials->user_id, data, credentials->password_hash);
}

void
confab_handle_sign_in (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  const char *login, *password;
  g_autofree char *login_key = NULL;
  ConfabApiDevice *device;
  guint wait;

  if (body == NULL)
    return;
  if (!confab_api_get_string (request, body, "login", &login)
      || !confab_api_get_string (request, body, "password", &password))
    return;
  device = confab_api_take_device (request, body);
  if (device == NULL)
    return;

  /* A known device is exempt from the limit of its address; whether it is known, the database
   * tells. */
  wait = device->secret != NULL
             ? 0
             : confab_attempt_address_wait (api->throttle, confab_request_get_address (request),
                                            api->config->sign_ins_per_minute);
  if (confab_api_throttled (request, wait))
    {
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

/* ---- confirming the password ---- */

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
  ConfabCommand *command = confab_command_new (confab_run_verify_session, CONFAB_ACTOR_SERVER);

  command->user_id = credentials->user_id;
  command->session_id = confab_request_get_session_id (request);
  command->verify_session.verified_hash = confab_command_copy (command, credentials->password_hash);
  confab_api_submit (api, request, command, session_verified, NULL, NULL);
}

void
confab_handle_verify_session (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  const char *password;

  if (body == NULL)
    return;
  if (!confab_api_get_string (request, body, "password", &password))
    return;

  confab_api_check_password (
      api, request, &(ConfabPasswordCheck){ .password = password, .done = verify_session });
}

/* ---- sessions ---- */

static JsonObject *
read_sessions (ConfabApi *api, ConfabDatabase *database, const ConfabReadArgs *args, GError **error)
{
  g_autoptr (GPtrArray) rows = confab_backend_list_sessions (database, args->user_id, error);

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

/* The sessions in memory are removed when the commit is reported, see confab-serve.c. */
static void
session_ended (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  confab_request_respond (request, 204, NULL, 0);
}

void
confab_handle_end_session (ConfabApi *api, ConfabRequest *request)
{
  const char *which = confab_request_get_param (request, 0);
  gboolean others = g_str_equal (which, "others");
  gint64 session_id = confab_request_get_session_id (request);
  ConfabCommand *command;

  if (!others && !g_str_equal (which, "current") && !confab_api_param_id (request, 0, &session_id))
    return;

  command = confab_command_new (others ? confab_run_end_other_sessions : confab_run_end_session,
                                CONFAB_ACTOR_SERVER);
  command->user_id = confab_request_get_user_id (request);
  if (others)
    command->session_id = session_id;
  else
    command->end_session.session_id = session_id;
  confab_api_submit (api, request, command, session_ended, NULL, NULL);
}
