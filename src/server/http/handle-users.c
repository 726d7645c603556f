/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Registering, oneself, and finding people. */

#include "confab-api.h"

#include "confab-limits.h"
#include "confab-password-strength.h"
#include "confab-password.h"
#include "confab-text.h"

#define MAX_REGISTRATION_WAIT_SECONDS 900

/* ---- registering ---- */

typedef struct
{
  ConfabApi *api;
  ConfabRequest *request;
  char *username;
  char *email;
  char *password;
  char *device_name;
  char *password_hash;
  GError *error;
} Registration;

static void
registration_free (Registration *self)
{
  confab_request_unref (self->request);
  g_free (self->username);
  g_free (self->email);
  g_free (self->password);
  g_free (self->device_name);
  g_free (self->password_hash);
  g_clear_error (&self->error);
  g_free (self);
}

/* Reads @member and puts it through @rule. Answers and returns FALSE if it does not pass. */
static gboolean
take_text (Registration *self,
           JsonObject *body,
           const char *member,
           char *(*rule) (const char *text, GError **error),
           char **value)
{
  const char *text;
  GError *error = NULL;

  if (!confab_json_get_string (body, member, &text, &error))
    {
      confab_request_fail_with (self->request, error);
      return FALSE;
    }

  *value = rule (text, &error);
  if (*value == NULL)
    {
      confab_request_fail (self->request, (ConfabProblem)error->code, member, 0);
      g_error_free (error);
    }

  return *value != NULL;
}

static void
user_added (ConfabApi *api, ConfabRequest *request, ConfabOutcome *outcome, gpointer data)
{
  const char *device_name = data;

  confab_api_sign_in (api, request, outcome->id, device_name, NULL);
}

static void
password_hashed (gpointer data)
{
  Registration *self = data;
  ConfabCommand *command;

  if (self->password_hash == NULL)
    {
      confab_request_fail_with (self->request, g_steal_pointer (&self->error));
      registration_free (self);
      return;
    }

  command = confab_command_new (CONFAB_COMMAND_ADD_USER);
  command->username = g_steal_pointer (&self->username);
  command->email = g_steal_pointer (&self->email);
  command->password_hash = g_steal_pointer (&self->password_hash);
  command->rolename = g_strdup ("user");
  command->actor_id = CONFAB_ACTOR_SELF;
  confab_api_submit (self->api, self->request, command, user_added,
                     g_steal_pointer (&self->device_name), g_free);
  registration_free (self);
}

static void
hash_password (gpointer data)
{
  Registration *self = data;

  const char *const own_words[] = { self->username, self->email, NULL };

  if (confab_password_check_strength (self->password, own_words, &self->error))
    self->password_hash = confab_password_hash (self->password, &self->error);
  confab_http_server_post (self->api->http, password_hashed, self);
}

static guint
throttle_registration (ConfabApi *api, ConfabRequest *request)
{
  guint per_hour = api->config->registrations_per_hour;
  const ConfabThrottleRule rule = { per_hour, 3600.0 / per_hour, MAX_REGISTRATION_WAIT_SECONDS };
  g_autofree char *name = g_strconcat ("register ", confab_request_get_address (request), NULL);
  gint64 now = g_get_monotonic_time ();
  guint wait = confab_throttle_check (api->throttle, &rule, name, now);

  if (wait == 0)
    confab_throttle_add (api->throttle, &rule, name, now);

  return wait;
}

void
confab_handle_register (ConfabApi *api, ConfabRequest *request)
{
  g_autoptr (JsonObject) body = NULL;
  Registration *self;
  guint wait;

  if (!api->config->registration_open)
    {
      confab_request_fail (request, CONFAB_PROBLEM_REGISTRATION_CLOSED, NULL, 0);
      return;
    }
  body = confab_api_parse (request);
  if (body == NULL)
    return;

  self = g_new0 (Registration, 1);
  self->api = api;
  self->request = confab_request_ref (request);
  if (!take_text (self, body, "username", confab_text_username, &self->username)
      || !take_text (self, body, "email", confab_text_email, &self->email)
      || !take_text (self, body, "password", confab_text_password, &self->password)
      || !take_text (self, body, "device_name", confab_text_device_name, &self->device_name))
    {
      registration_free (self);
      return;
    }

  wait = throttle_registration (api, request);
  if (wait > 0)
    {
      confab_request_fail (request, CONFAB_PROBLEM_THROTTLED, NULL, wait);
      registration_free (self);
    }
  else if (api->closed || !confab_hasher_push (api->hasher, hash_password, self))
    {
      confab_request_fail (request, CONFAB_PROBLEM_UNAVAILABLE, NULL, 5);
      registration_free (self);
    }
}

/* ---- people ---- */

static JsonObject *
read_me (ConfabApi *api, ConfabBackendReader *reader, const ConfabReadArgs *args, GError **error)
{
  g_autoptr (ConfabUserRow) row = confab_backend_reader_get_user (reader, args->user_id, error);
  JsonObject *answer;

  if (row == NULL)
    return NULL;

  answer = json_object_new ();
  json_object_set_object_member (answer, "user", confab_codec_encode_user (row));

  return answer;
}

void
confab_handle_me (ConfabApi *api, ConfabRequest *request)
{
  confab_api_read (api, request, 200, read_me,
                   (ConfabReadArgs){ .user_id = confab_request_get_user_id (request) });
}

static JsonObject *
read_people (ConfabApi *api,
             ConfabBackendReader *reader,
             const ConfabReadArgs *args,
             GError **error)
{
  g_autoptr (GPtrArray) people =
      confab_backend_reader_find_people (reader, args->text, args->limit, error);
  JsonObject *answer;
  JsonArray *array;

  if (people == NULL)
    return NULL;

  answer = json_object_new ();
  array = json_array_new ();
  for (guint i = 0; i < people->len; i++)
    json_array_add_object_element (array, confab_codec_encode_user (g_ptr_array_index (people, i)));
  json_object_set_array_member (answer, "users", array);

  return answer;
}

void
confab_handle_find_people (ConfabApi *api, ConfabRequest *request)
{
  const char *query = confab_request_get_query (request, "query");
  gint64 limit;

  if (!confab_api_query_int (request, "limit", 1, CONFAB_PEOPLE_MAX_ROWS, CONFAB_PEOPLE_MAX_ROWS,
                             &limit))
    return;
  if (query == NULL || !g_utf8_validate (query, -1, NULL))
    {
      confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, "query", 0);
      return;
    }

  confab_api_read (api, request, 200, read_people,
                   (ConfabReadArgs){ .limit = (guint)limit, .text = confab_text_key (query) });
}
