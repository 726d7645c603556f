/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-api.h"

#include <string.h>

#include "confab-limits.h"
#include "confab-text.h"

/* Longer than any spelling of a name or address. */
#define SEARCH_MAX_BYTES 1024

gint64
confab_api_now (void)
{
  return g_get_real_time () / 1000;
}

/* ---- for handlers ---- */

JsonObject *
confab_api_parse (ConfabRequest *request)
{
  gsize length;
  const char *body = confab_request_get_body (request, &length);
  GError *error = NULL;
  JsonObject *object = confab_json_parse_request (body, length, CONFAB_REQUEST_MAX_BYTES, &error);

  if (object == NULL)
    confab_request_fail_with (request, error);

  return object;
}

gboolean
confab_api_query_int (ConfabRequest *request,
                      const char *name,
                      gint64 min,
                      gint64 max,
                      gint64 fallback,
                      gint64 *value)
{
  const char *text = confab_request_get_query (request, name);

  *value = fallback;
  if (text == NULL || g_ascii_string_to_signed (text, 10, min, max, value, NULL))
    return TRUE;

  confab_request_fail (request, CONFAB_PROBLEM_INVALID_FIELD, name, 0);

  return FALSE;
}

char *
confab_api_search_key (const char *text)
{
  return confab_text_key (strlen (text) <= SEARCH_MAX_BYTES ? text : "\uFFFF");
}

char *
confab_api_take_text (ConfabRequest *request,
                      JsonObject *body,
                      const char *member,
                      char *(*rule) (const char *text, GError **error))
{
  const char *text;
  GError *error = NULL;
  char *value;

  if (!confab_json_get_string (body, member, &text, &error))
    {
      confab_request_fail_with (request, error);
      return NULL;
    }

  value = rule (text, &error);
  if (value == NULL)
    {
      confab_request_fail (request, (ConfabProblem)error->code, member, 0);
      g_error_free (error);
    }

  return value;
}

gboolean
confab_api_param_id (ConfabRequest *request, guint index, gint64 *id)
{
  const char *text = confab_request_get_param (request, index);

  if (g_ascii_isdigit (text[0]) && g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    return TRUE;

  confab_request_fail (request, CONFAB_PROBLEM_NOT_FOUND, NULL, 0);

  return FALSE;
}

void
confab_api_answer (ConfabRequest *request, guint status, JsonObject *object)
{
  gsize length;
  char *json = confab_json_object_to_string (object, &length);

  json_object_unref (object);
  confab_request_respond (request, status, json, length);
}

void
confab_api_answer_rows (ConfabApi *api,
                        ConfabRequest *request,
                        ConfabOutcome *outcome,
                        gpointer data)
{
  JsonObject *answer = json_object_new ();

  json_object_set_object_member (answer, "rows", confab_codec_encode_rows (outcome->rows));
  confab_api_answer (request, GPOINTER_TO_UINT (data) != 0 && outcome->created ? 201 : 200, answer);
}

void
confab_api_answer_user (ConfabApi *api,
                        ConfabRequest *request,
                        ConfabOutcome *outcome,
                        gpointer data)
{
  JsonObject *answer = json_object_new ();

  json_object_set_object_member (
      answer, "user", confab_codec_encode_user (g_ptr_array_index (outcome->rows->users, 0)));
  confab_api_answer (request, 200, answer);
}

void
confab_api_mail (ConfabApi *api, ConfabMail *mail)
{
  if (api->mailer != NULL)
    confab_mailer_send (api->mailer, mail);
  else
    confab_mail_free (mail);
}

gboolean
confab_api_hash (ConfabApi *api, ConfabRequest *request, ConfabHashFunc func, gpointer data)
{
  const gint64 session_id = confab_request_get_session_id (request);
  g_autofree char *session =
      session_id != 0 ? g_strdup_printf ("session %" G_GINT64_FORMAT, session_id) : NULL;
  const char *asker = session != NULL ? session : confab_request_get_address (request);

  if (!api->closed
      && confab_hasher_push (api->hasher,
                             session != NULL ? CONFAB_HASHER_KNOWN : CONFAB_HASHER_STRANGERS, asker,
                             func, data))
    return TRUE;

  confab_request_fail (request, CONFAB_PROBLEM_UNAVAILABLE, NULL, CONFAB_API_BUSY_SECONDS);

  return FALSE;
}

/* ---- writing ---- */

typedef struct
{
  ConfabApi *api;
  ConfabRequest *request;
  ConfabOutcome *outcome;
  ConfabApiDone done;
  gpointer data;
  GDestroyNotify free_data;
} Submission;

static void
submission_free (Submission *self)
{
  if (self->free_data != NULL)
    self->free_data (self->data);
  confab_request_unref (self->request);
  g_clear_pointer (&self->outcome, confab_outcome_unref);
  g_free (self);
}

static void
finish_submission (gpointer data)
{
  Submission *self = data;

  if (self->outcome->error != NULL)
    confab_request_fail_with (self->request, g_error_copy (self->outcome->error));
  else
    self->done (self->api, self->request, self->outcome, self->data);
  submission_free (self);
}

/* On the writer thread. */
static void
on_written (ConfabOutcome *outcome, gpointer user_data)
{
  Submission *self = user_data;

  self->outcome = confab_outcome_ref (outcome);
  confab_http_server_post (self->api->http, finish_submission, self);
}

void
confab_api_submit (ConfabApi *api,
                   ConfabRequest *request,
                   ConfabCommand *command,
                   ConfabApiDone done,
                   gpointer data,
                   GDestroyNotify free_data)
{
  Submission *self = g_new0 (Submission, 1);

  self->api = api;
  self->request = confab_request_ref (request);
  self->done = done;
  self->data = data;
  self->free_data = free_data;
  command->address = confab_command_copy (command, confab_request_get_address (request));
  if (api->closed)
    confab_command_free (command);
  if (api->closed || !confab_writer_submit (api->writer, command, on_written, self))
    {
      confab_request_fail (request, CONFAB_PROBLEM_UNAVAILABLE, NULL, 1);
      submission_free (self);
    }
}

/* ---- reading ---- */

typedef struct
{
  ConfabApi *api;
  ConfabRequest *request;
  guint status;
  ConfabApiRead read; /* one of the two is set */
  ConfabApiReadBytes read_bytes;
  ConfabReadArgs args;
  char *answer;
  gsize length;
  GError *error;
} Reading;

static void
reading_free (Reading *self)
{
  confab_request_unref (self->request);
  g_free (self->args.text);
  g_free (self->args.after);
  g_free (self);
}

static void
finish_reading (gpointer data)
{
  Reading *self = data;

  if (self->error != NULL)
    confab_request_fail_with (self->request, g_steal_pointer (&self->error));
  else
    confab_request_respond (self->request, self->status, g_steal_pointer (&self->answer),
                            self->length);
  reading_free (self);
}

/* On a reader thread, where the JSON text is made, too. */
static void
run_reading (ConfabDatabase *database, gpointer data)
{
  Reading *self = data;
  g_autoptr (JsonObject) object = NULL;
  GBytes *bytes = NULL;

  if (self->read != NULL)
    object = self->read (self->api, database, &self->args, &self->error);
  else
    bytes = self->read_bytes (self->api, database, &self->args, &self->error);
  if (object != NULL)
    self->answer = confab_json_object_to_string (object, &self->length);
  if (bytes != NULL)
    self->answer = g_bytes_unref_to_data (bytes, &self->length);
  confab_http_server_post (self->api->http, finish_reading, self);
}

static Reading *
reading_new (ConfabApi *api, ConfabRequest *request, guint status, ConfabReadArgs args)
{
  Reading *self = g_new0 (Reading, 1);

  self->api = api;
  self->request = confab_request_ref (request);
  self->status = status;
  self->args = args;

  return self;
}

static void
push_reading (Reading *self)
{
  if (!confab_request_check_room (self->request))
    reading_free (self);
  else if (self->api->closed || !confab_reader_pool_push (self->api->readers, run_reading, self))
    {
      confab_request_fail (self->request, CONFAB_PROBLEM_UNAVAILABLE, NULL, 1);
      reading_free (self);
    }
}

void
confab_api_read (ConfabApi *api,
                 ConfabRequest *request,
                 guint status,
                 ConfabApiRead read,
                 ConfabReadArgs args)
{
  Reading *self = reading_new (api, request, status, args);

  self->read = read;
  push_reading (self);
}

void
confab_api_read_bytes (ConfabApi *api,
                       ConfabRequest *request,
                       ConfabApiReadBytes read,
                       ConfabReadArgs args)
{
  Reading *self = reading_new (api, request, 200, args);

  self->read_bytes = read;
  push_reading (self);
}
