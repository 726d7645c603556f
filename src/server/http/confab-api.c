/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-api.h"

#include <string.h>

#include "confab-errand.h"
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
confab_api_throttled (ConfabRequest *request, guint wait)
{
  if (wait > 0)
    confab_request_fail (request, CONFAB_PROBLEM_THROTTLED, NULL, wait);

  return wait > 0;
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

gboolean
confab_api_get_string (ConfabRequest *request,
                       JsonObject *body,
                       const char *member,
                       const char **value)
{
  GError *error = NULL;

  if (confab_json_get_string (body, member, value, &error))
    return TRUE;

  confab_request_fail_with (request, error);

  return FALSE;
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

  if (!confab_api_get_string (request, body, member, &text))
    return NULL;

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

static void
answer_rows (ConfabRequest *request, guint status, const ConfabOutcome *outcome)
{
  JsonObject *answer = json_object_new ();

  json_object_set_object_member (answer, "rows", confab_codec_encode_rows (outcome->rows));
  confab_api_answer (request, status, answer);
}

void
confab_api_answer_rows (ConfabApi *api,
                        ConfabRequest *request,
                        ConfabOutcome *outcome,
                        gpointer data)
{
  answer_rows (request, 200, outcome);
}

void
confab_api_answer_created_rows (ConfabApi *api,
                                ConfabRequest *request,
                                ConfabOutcome *outcome,
                                gpointer data)
{
  answer_rows (request, outcome->created ? 201 : 200, outcome);
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

ConfabAddressee
confab_api_address (ConfabApi *api,
                    ConfabRequest *request,
                    gint64 user_id,
                    const char *username,
                    const char *email)
{
  const char *accepted = confab_request_get_header (request, CONFAB_HEADER_ACCEPT_LANGUAGE);

  return (ConfabAddressee){ .server_name = api->config->name,
                            .user_id = user_id,
                            .username = username,
                            .email = email,
                            .language = confab_letter_language (accepted) };
}

void
confab_api_mail (ConfabApi *api, ConfabMail *mail)
{
  if (api->mailer != NULL)
    confab_mailer_send (api->mailer, mail);
  else
    confab_mail_free (mail);
}

/* ---- writing ---- */

typedef struct
{
  ConfabApiDone done;
  gpointer data;
  GDestroyNotify free_data;
} Submission;

static void
submission_free (gpointer data)
{
  Submission *self = data;

  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self);
}

static void
written (ConfabErrand *errand, ConfabOutcome *outcome)
{
  const Submission *self = errand->data;

  self->done (errand->api, errand->request, outcome, self->data);
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
  g_autoptr (ConfabErrand) errand = confab_errand_new (api, request, self, submission_free);

  self->done = done;
  self->data = data;
  self->free_data = free_data;
  confab_errand_write (errand, command, written);
}

/* ---- reading ---- */

static void
read_args_clear (ConfabReadArgs *self)
{
  g_free (self->cursor);
  g_free (self->search_key);
  g_free (self->search_text);
  g_free (self->after);
  g_free (self->username_key);
  g_free (self->username_look);
  g_free (self->hash);
  g_free (self->token);
  g_free (self->device_secret);
}

typedef struct
{
  guint status;
  ConfabApiRead read; /* one of the two is set */
  ConfabApiReadBytes read_bytes;
  ConfabReadArgs args;
  char *answer;
  gsize length;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  read_args_clear (&self->args);
  g_free (self->answer);
  g_free (self);
}

/* The answer's text is made on the reader's thread, too. */
static void
run_reading (ConfabErrand *errand, ConfabDatabase *database, GError **error)
{
  Reading *self = errand->data;
  g_autoptr (JsonObject) object = NULL;
  GBytes *bytes = NULL;

  if (self->read != NULL)
    object = self->read (errand->api, database, &self->args, error);
  else
    bytes = self->read_bytes (errand->api, database, &self->args, error);
  if (object != NULL)
    self->answer = confab_json_object_to_string (object, &self->length);
  if (bytes != NULL)
    self->answer = g_bytes_unref_to_data (bytes, &self->length);
}

static void
have_read (ConfabErrand *errand)
{
  Reading *self = errand->data;

  confab_request_respond (errand->request, self->status, g_steal_pointer (&self->answer),
                          self->length);
}

/* Takes @reading. */
static void
read_and_answer (ConfabApi *api, ConfabRequest *request, const Reading *reading)
{
  g_autoptr (ConfabErrand) errand =
      confab_errand_new (api, request, g_memdup2 (reading, sizeof *reading), reading_free);

  if (confab_request_check_room (request))
    confab_errand_read (errand, run_reading, have_read);
}

void
confab_api_read (ConfabApi *api,
                 ConfabRequest *request,
                 guint status,
                 ConfabApiRead read,
                 ConfabReadArgs args)
{
  read_and_answer (api, request, &(Reading){ .status = status, .read = read, .args = args });
}

void
confab_api_read_bytes (ConfabApi *api,
                       ConfabRequest *request,
                       ConfabApiReadBytes read,
                       ConfabReadArgs args)
{
  read_and_answer (api, request, &(Reading){ .status = 200, .read_bytes = read, .args = args });
}
