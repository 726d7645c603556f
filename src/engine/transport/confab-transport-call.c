/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One request and its answer, which must arrive fast enough and be of a bearable size. */

#include "confab-transport-private.h"

#include <string.h>

#include "confab-answer.h"
#include "confab-engine-error.h"
#include "confab-json.h"
#include "confab-limits.h"
#include "confab-worker.h"

/* A byte now and then would reset the session's timeout forever. So there is a limit for the
 * headers, a minimum rate for the body, and a limit for the whole call. */
#define HEADERS_LIMIT_MS (60 * 1000)
#define CALL_LIMIT_MS (5 * 60 * 1000)
#define CHECK_MS (15 * 1000)
#define CHECK_BYTES (15 * 1024) /* 1 KiB/s: the 256 KiB of a large page in four minutes */
#define READ_BYTES (64 * 1024)
#define DECODE_HERE_BYTES (64 * 1024) /* decoding a longer answer takes longer than a frame */

typedef struct
{
  SoupMessage *message;
  GCancellable *sending; /* for libsoup, which cancels it itself when it aborts a session */
  GCancellable *caller;  /* (nullable) */
  gulong cancelled_id;   /* of the caller's cancellable, until the answer arrives */
  ConfabEnvironment *environment;
  guint check;  /* timer that checks the rate */
  gint64 begun; /* ms of the environment's clock */
  gboolean has_headers;
  gboolean too_slow;
  gsize checked_bytes; /* bytes received at the last check */
  GByteArray *received;
  ConfabAnswer answer;
  ConfabTransportDecoder decoder;
  GDestroyNotify answer_free;
  const char *raw_type; /* (nullable): return the body itself, of this type; static */
  guint max_bytes;
  guint retry_after;
  guint retry_after_header;
  gint64 server_time;
} Call;

/* The call has ended, with or without an answer. */
static void
call_settle (Call *call)
{
  g_clear_handle_id (&call->check, g_source_remove);
  if (call->cancelled_id != 0)
    g_cancellable_disconnect (call->caller, call->cancelled_id);
  call->cancelled_id = 0;
}

static void
call_free (gpointer data)
{
  Call *call = data;

  call_settle (call);
  g_clear_object (&call->caller);
  g_clear_pointer (&call->environment, confab_environment_unref);
  g_clear_object (&call->message);
  g_clear_object (&call->sending);
  g_byte_array_unref (call->received);
  confab_answer_clear (&call->answer);
  g_free (call);
}

static void
cancel_call_cb (GCancellable *cancellable, gpointer user_data)
{
  Call *call = user_data;

  confab_transport_cancel_soon (call->sending);
}

/* ---- ends ---- */

static void
return_error (GTask *task, GError *error)
{
  Call *call = g_task_get_task_data (task);

  call_settle (call);
  if (call->too_slow)
    {
      g_task_return_new_error (task, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_UNREACHABLE,
                               "The answer came too slowly");
      g_error_free (error);
      return;
    }
  /* Cancelled by abort_cb() and not by the caller, because the connection was lost. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_task_return_new_error (task, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_UNREACHABLE,
                               "The connection was given up");
      g_error_free (error);
      return;
    }

  g_task_return_error (task, confab_transport_map_error (error));
}

/* Return whether the body is returned as it is. Problems are always JSON. */
static gboolean
is_raw (const Call *call)
{
  return call->raw_type != NULL && call->answer.status == 200
         && g_strcmp0 (call->answer.content_type, call->raw_type) == 0;
}

static void
decode_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Call *call = task_data;
  gpointer value = NULL;
  GError *error = NULL;

  if (is_raw (call))
    {
      g_task_return_pointer (task, g_bytes_ref (call->answer.body), call->answer_free);
      return;
    }

  confab_answer_decode (&call->answer, call->decoder, &value, &call->retry_after, &error);
  call->retry_after = MAX (call->retry_after, call->retry_after_header);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, call->answer_free);
}

static void
finish_call (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  call_settle (call);
  call->answer.body = g_byte_array_free_to_bytes (g_steal_pointer (&call->received));
  call->received = g_byte_array_new ();
  if (g_bytes_get_size (call->answer.body) > DECODE_HERE_BYTES)
    confab_worker_run_task (task, decode_thread);
  else
    decode_thread (task, NULL, call, NULL);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GBytes) bytes = NULL;
  GInputStream *stream = G_INPUT_STREAM (source);
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;

  bytes = g_input_stream_read_bytes_finish (stream, result, &error);
  if (bytes == NULL)
    {
      return_error (task, error);
      return;
    }
  if (g_bytes_get_size (bytes) == 0)
    {
      finish_call (task);
      return;
    }
  if (call->received->len + g_bytes_get_size (bytes) > call->max_bytes)
    {
      return_error (task, g_error_new (CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB,
                                       "The answer is larger than %u bytes", call->max_bytes));
      return;
    }

  g_byte_array_append (call->received, g_bytes_get_data (bytes, NULL),
                       (guint)g_bytes_get_size (bytes));
  g_input_stream_read_bytes_async (stream, READ_BYTES, G_PRIORITY_DEFAULT, call->sending, read_cb,
                                   g_object_ref (task));
}

/* RFC 9110 §6.6.1: when the answer was generated, in whole seconds. */
static gint64
get_date (SoupMessage *message)
{
  const char *text =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) * 1000 : 0;
}

/* RFC 9110 §10.2.3: seconds, or a date. A proxy sends it without a problem in JSON. */
guint
confab_transport_read_retry_after (SoupMessage *message)
{
  const char *text =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &seconds, NULL))
    return (guint)seconds;

  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return 0;

  return (guint)CLAMP (g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC, 0,
                       G_MAXINT);
}

/* libsoup waits for a length that it cannot represent, or for the end of the connection. */
static gboolean
check_length (const Call *call, GError **error)
{
  const char *text = soup_message_headers_get_list (
      soup_message_get_response_headers (call->message), "Content-Length");
  guint64 length;

  if (text == NULL)
    return TRUE;
  if (g_ascii_string_to_unsigned (text, 10, 0, call->max_bytes, &length, NULL))
    return TRUE;
  g_set_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB,
               "The answer cannot have the length “%s”", text);

  return FALSE;
}

static gboolean
check_cb (gpointer user_data)
{
  Call *call = user_data;
  gint64 elapsed = confab_environment_monotonic_ms (call->environment) - call->begun;
  gsize fresh = call->received->len - call->checked_bytes;

  call->checked_bytes = call->received->len;
  if (elapsed < CALL_LIMIT_MS
      && (call->has_headers ? fresh >= CHECK_BYTES : elapsed < HEADERS_LIMIT_MS))
    return G_SOURCE_CONTINUE;

  call->check = 0;
  call->too_slow = TRUE;
  cancel_call_cb (NULL, call);

  return G_SOURCE_REMOVE;
}

static void
start_checking (Call *call)
{
  g_clear_handle_id (&call->check, g_source_remove);
  call->check = confab_environment_timeout_add (call->environment, CHECK_MS, check_cb, call);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GInputStream) stream = NULL;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  const char *content_type;

  stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (stream == NULL)
    {
      return_error (task, error);
      return;
    }

  if (!check_length (call, &error))
    {
      return_error (task, error);
      return;
    }
  call->has_headers = TRUE;
  start_checking (call);
  call->retry_after_header = confab_transport_read_retry_after (call->message);
  call->answer.status = soup_message_get_status (call->message);
  call->server_time = get_date (call->message);
  content_type = soup_message_headers_get_content_type (
      soup_message_get_response_headers (call->message), NULL);
  call->answer.content_type = g_strdup (content_type);
  g_input_stream_read_bytes_async (stream, READ_BYTES, G_PRIORITY_DEFAULT, call->sending, read_cb,
                                   g_object_ref (task));
}

typedef struct
{
  char *text;
  gsize length;
} Secret;

/* Request bodies may contain a password, so clear them. */
static void
secret_free (gpointer data)
{
  Secret *secret = data;

  explicit_bzero (secret->text, secret->length);
  g_free (secret->text);
  g_free (secret);
}

static GBytes *
encode_body (JsonObject *body)
{
  Secret *secret = g_new0 (Secret, 1);

  secret->text = confab_json_object_to_string (body, &secret->length);

  return g_bytes_new_with_free_func (secret->text, secret->length, secret_free, secret);
}

void
confab_transport_call_async (ConfabTransport *self,
                             const char *method,
                             const char *path,
                             JsonObject *body,
                             ConfabTransportDecoder decoder,
                             GDestroyNotify answer_free,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GBytes) bytes = body != NULL ? encode_body (body) : NULL;

  confab_transport_call_bytes_async (self, method, path, bytes, "application/json", decoder,
                                     answer_free, cancellable, callback, user_data);
}

static Call *
call_new (ConfabTransportDecoder decoder, GDestroyNotify answer_free)
{
  Call *call = g_new0 (Call, 1);

  call->received = g_byte_array_new ();
  call->decoder = decoder;
  call->answer_free = answer_free;
  call->max_bytes = CONFAB_ANSWER_MAX_BYTES;

  return call;
}

/* Takes ownership of @task, whose data is a Call. */
static void
begin_call (GTask *task,
            const char *method,
            const char *path,
            GBytes *body,
            const char *content_type)
{
  g_autoptr (GTask) owned = task;
  ConfabTransport *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  call->message = confab_transport_new_message (self, method, path, &error);
  if (call->message == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (body != NULL)
    soup_message_set_request_body_from_bytes (call->message, content_type, body);
  call->sending = g_cancellable_new ();
  if (g_set_object (&call->caller, cancellable))
    call->cancelled_id =
        g_cancellable_connect (cancellable, G_CALLBACK (cancel_call_cb), call, NULL);
  call->environment = confab_environment_ref (self->environment);
  call->begun = confab_environment_monotonic_ms (self->environment);
  start_checking (call);
  soup_session_send_async (self->session, call->message, G_PRIORITY_DEFAULT, call->sending, sent_cb,
                           g_steal_pointer (&owned));
}

void
confab_transport_call_bytes_async (ConfabTransport *self,
                                   const char *method,
                                   const char *path,
                                   GBytes *body,
                                   const char *content_type,
                                   ConfabTransportDecoder decoder,
                                   GDestroyNotify answer_free,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CONFAB_IS_TRANSPORT (self));
  g_return_if_fail (path != NULL && path[0] == '/');

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_transport_call_async);
  g_task_set_task_data (task, call_new (decoder, answer_free), call_free);
  begin_call (task, method, path, body, content_type);
}

void
confab_transport_fetch_async (ConfabTransport *self,
                              const char *path,
                              const char *content_type,
                              guint max_bytes,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;
  Call *call;

  g_return_if_fail (CONFAB_IS_TRANSPORT (self));
  g_return_if_fail (path != NULL && path[0] == '/');

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_transport_fetch_async);
  call = call_new (NULL, (GDestroyNotify)g_bytes_unref);
  call->raw_type = content_type;
  call->max_bytes = max_bytes;
  g_task_set_task_data (task, call, call_free);
  begin_call (task, "GET", path, NULL, NULL);
}

GBytes *
confab_transport_fetch_finish (ConfabTransport *self, GAsyncResult *result, GError **error)
{
  gpointer bytes = NULL;

  if (!confab_transport_call_finish (self, result, &bytes, error))
    return NULL;
  /* An unexpected success: without a decoder there is no value. */
  if (bytes == NULL)
    g_set_error_literal (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB,
                         "The answer is of another type");

  return bytes;
}

gboolean
confab_transport_call_finish (ConfabTransport *self,
                              GAsyncResult *result,
                              gpointer *answer,
                              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GDestroyNotify answer_free;
  gpointer value;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  answer_free = ((Call *)g_task_get_task_data (G_TASK (result)))->answer_free;
  value = g_task_propagate_pointer (G_TASK (result), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (answer != NULL)
    *answer = value;
  else if (value != NULL && answer_free != NULL)
    answer_free (value);

  return TRUE;
}

guint
confab_transport_get_retry_after (GAsyncResult *result)
{
  Call *call = g_task_get_task_data (G_TASK (result));

  return call->retry_after;
}

gint64
confab_transport_get_server_time (GAsyncResult *result)
{
  Call *call = g_task_get_task_data (G_TASK (result));

  return call->server_time;
}
