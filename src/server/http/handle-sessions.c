/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Signing in and out. */

#include "confab-api.h"

#include <string.h>

#include "confab-limits.h"
#include "confab-password.h"
#include "confab-text.h"
#include "confab-token.h"

/* Wrong passwords: for one account from anywhere, and for one account from one address. */
static const ConfabThrottleRule account_rule = { 10, 60, 900 };
static const ConfabThrottleRule pair_rule = { 5, 60, 900 };
#define MAX_ADDRESS_WAIT_SECONDS 900
/* Longer than any name or address; what is longer is nobody's. */
#define LOGIN_MAX_BYTES 1024

/* ---- a new session ---- */

typedef struct
{
  char *token;
  GBytes *hash;
  gint64 user_id;
} NewSession;

static void
new_session_free (gpointer data)
{
  NewSession *self = data;

  g_free (self->token);
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
  json_object_set_int_member (answer, "session_id", args->session_id);
  json_object_set_object_member (answer, "user", confab_codec_encode_user (row));
  json_object_set_string_member (answer, "epoch", api->epoch);

  return answer;
}

static void
session_added (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  NewSession *self = data;
  const ConfabSessionKey key = { outcome->id, self->user_id, confab_api_now () };

  confab_sessions_add (api->sessions, self->hash, &key);
  confab_request_set_session (request, outcome->id, self->user_id);
  confab_api_read (api, request, 201, read_signed_in,
                   (ConfabReadArgs){ .user_id = self->user_id,
                                     .session_id = outcome->id,
                                     .text = g_steal_pointer (&self->token) });
}

void
confab_api_sign_in (ConfabApi *api,
                    ConfabRequest *request,
                    gint64 user_id,
                    const char *device_name,
                    const char *password_hash)
{
  NewSession *self = g_new0 (NewSession, 1);
  ConfabCommand *command = confab_command_new (CONFAB_COMMAND_ADD_SESSION);

  self->token = confab_token_new ();
  self->hash = confab_token_hash (self->token);
  self->user_id = user_id;
  command->user_id = user_id;
  command->token_hash = g_bytes_ref (self->hash);
  command->text = g_strdup (device_name);
  command->password_hash = g_strdup (password_hash);
  confab_api_submit (api, request, command, session_added, self, new_session_free);
}

/* ---- signing in ---- */

typedef struct
{
  ConfabApi *api;
  ConfabRequest *request;
  char *login_key;
  char *password;
  char *device_name;
  char *account; /* the names of the buckets */
  char *pair;
  ConfabCredentials *credentials; /* (nullable): nobody */
  gboolean right;
  char *new_hash; /* (nullable) */
  GError *error;
} SignIn;

static void
sign_in_free (SignIn *self)
{
  confab_request_unref (self->request);
  g_free (self->login_key);
  g_free (self->password);
  g_free (self->device_name);
  g_free (self->account);
  g_free (self->pair);
  g_clear_pointer (&self->credentials, confab_credentials_free);
  g_free (self->new_hash);
  g_clear_error (&self->error);
  g_free (self);
}

static void
rehash (SignIn *self)
{
  ConfabCommand *command = confab_command_new (CONFAB_COMMAND_REHASH_PASSWORD);

  command->user_id = self->credentials->user_id;
  command->text = g_strdup (self->credentials->password_hash);
  command->password_hash = g_strdup (self->new_hash);
  if (!self->api->closed && confab_writer_submit (self->api->writer, command, NULL, NULL))
    {
      g_free (self->credentials->password_hash);
      self->credentials->password_hash = g_steal_pointer (&self->new_hash);
    }
}

static void
password_verified (gpointer data)
{
  SignIn *self = data;

  if (!self->right)
    confab_request_fail (self->request, CONFAB_PROBLEM_WRONG_CREDENTIALS, NULL, 0);
  else
    {
      confab_throttle_reset (self->api->throttle, self->account);
      confab_throttle_reset (self->api->throttle, self->pair);
      if (self->new_hash != NULL)
        rehash (self);
      confab_api_sign_in (self->api, self->request, self->credentials->user_id, self->device_name,
                          self->credentials->password_hash);
    }
  sign_in_free (self);
}

/* On the hasher's thread. */
static void
verify_password (gpointer data)
{
  SignIn *self = data;
  const char *hash = self->credentials != NULL ? self->credentials->password_hash : NULL;

  self->right = confab_password_verify (hash, self->password);
  if (self->right && confab_password_needs_rehash (hash))
    self->new_hash = confab_password_hash (self->password, NULL);
  confab_http_server_post (self->api->http, password_verified, self);
}

/* An attempt counts before it is made, or many at once would count as none. */
static guint
throttle_account (SignIn *self)
{
  ConfabThrottle *throttle = self->api->throttle;
  gint64 now = g_get_monotonic_time ();
  guint wait;

  if (self->credentials != NULL)
    self->account = g_strdup_printf ("account %" G_GINT64_FORMAT, self->credentials->user_id);
  else
    self->account = g_strconcat ("nobody ", self->login_key, NULL);
  self->pair = g_strconcat (self->account, " ", confab_request_get_address (self->request), NULL);

  wait = MAX (confab_throttle_check (throttle, &account_rule, self->account, now),
              confab_throttle_check (throttle, &pair_rule, self->pair, now));
  if (wait == 0)
    {
      confab_throttle_add (throttle, &account_rule, self->account, now);
      confab_throttle_add (throttle, &pair_rule, self->pair, now);
    }

  return wait;
}

static void
credentials_found (gpointer data)
{
  SignIn *self = data;
  guint wait;

  if (self->error != NULL)
    {
      confab_request_fail_with (self->request, g_steal_pointer (&self->error));
      sign_in_free (self);
      return;
    }

  wait = throttle_account (self);
  if (wait > 0)
    {
      confab_request_fail (self->request, CONFAB_PROBLEM_THROTTLED, NULL, wait);
      sign_in_free (self);
    }
  else if (self->api->closed || !confab_hasher_push (self->api->hasher, verify_password, self))
    {
      confab_request_fail (self->request, CONFAB_PROBLEM_UNAVAILABLE, NULL, 5);
      sign_in_free (self);
    }
}

/* On a reader's thread. */
static void
find_credentials (ConfabBackendReader *reader, gpointer data)
{
  SignIn *self = data;

  self->credentials =
      confab_backend_reader_find_credentials (reader, self->login_key, &self->error);
  confab_http_server_post (self->api->http, credentials_found, self);
}

static guint
throttle_address (ConfabApi *api, ConfabRequest *request)
{
  guint per_minute = api->config->sign_ins_per_minute;
  const ConfabThrottleRule rule = { per_minute, 60.0 / per_minute, MAX_ADDRESS_WAIT_SECONDS };
  g_autofree char *name = g_strconcat ("sign-in ", confab_request_get_address (request), NULL);
  gint64 now = g_get_monotonic_time ();
  guint wait = confab_throttle_check (api->throttle, &rule, name, now);

  if (wait == 0)
    confab_throttle_add (api->throttle, &rule, name, now);

  return wait;
}

/* Returns: (transfer full) (nullable): NULL if it is answered */
static SignIn *
parse_sign_in (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = confab_api_parse (request);
  const char *login, *password, *device_name;
  GError *error = NULL;
  SignIn *self;

  if (body == NULL)
    return NULL;
  if (!confab_json_get_string (body, "login", &login, &error)
      || !confab_json_get_string (body, "password", &password, &error)
      || !confab_json_get_string (body, "device_name", &device_name, &error))
    {
      confab_request_fail_with (request, error);
      return NULL;
    }

  self = g_new0 (SignIn, 1);
  self->api = api;
  self->request = confab_request_ref (request);
  self->login_key = confab_text_key (strlen (login) <= LOGIN_MAX_BYTES ? login : "");
  /* One that breaks the rules is nobody's; it is compared all the same. */
  self->password = confab_text_password (password, NULL);
  if (self->password == NULL)
    self->password = g_strdup ("");
  self->device_name = confab_text_device_name (device_name, NULL);
  if (self->device_name == NULL)
    {
      confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, "device_name", 0);
      g_clear_pointer (&self, sign_in_free);
    }

  return self;
}

void
confab_handle_sign_in (ConfabApi *api, ConfabRequest *request)
{
  SignIn *self = parse_sign_in (api, request);
  guint wait;

  if (self == NULL)
    return;

  wait = throttle_address (api, request);
  if (wait > 0)
    {
      confab_request_fail (request, CONFAB_PROBLEM_THROTTLED, NULL, wait);
      sign_in_free (self);
    }
  else if (!confab_reader_pool_push (api->readers, find_credentials, self))
    {
      confab_request_fail (request, CONFAB_PROBLEM_UNAVAILABLE, NULL, 1);
      sign_in_free (self);
    }
}

/* ---- sessions ---- */

static JsonObject *
read_sessions (ConfabApi *api,
               ConfabBackendReader *reader,
               const ConfabReadArgs *args,
               GError **error)
{
  g_autoptr (GPtrArray) rows = confab_backend_reader_list_sessions (reader, args->user_id, error);
  JsonObject *answer;
  JsonArray *array;

  if (rows == NULL)
    return NULL;

  answer = json_object_new ();
  array = json_array_new ();
  for (guint i = 0; i < rows->len; i++)
    {
      const ConfabSessionRow *row = g_ptr_array_index (rows, i);
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "id", row->id);
      json_object_set_string_member (object, "device_name", row->device_name);
      json_object_set_int_member (object, "created_at", row->created_at);
      json_object_set_int_member (object, "last_seen_at", row->last_seen_at);
      json_object_set_boolean_member (object, "current", row->id == args->session_id);
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (answer, "sessions", array);

  return answer;
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
