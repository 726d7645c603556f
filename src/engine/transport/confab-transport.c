/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-transport"

#include "confab-transport.h"

#include <string.h>

#include "confab-address.h"
#include "confab-answer.h"
#include "confab-engine-error.h"
#include "confab-json.h"
#include "confab-limits.h"
#include "confab-worker.h"

#define TIMEOUT_S 30 /* without any byte received */
/* A byte now and then would reset that timeout forever. So there is a limit for the headers, a
 * minimum rate for the body, and a limit for the whole call. */
#define HEADERS_LIMIT_MS (60 * 1000)
#define CALL_LIMIT_MS (5 * 60 * 1000)
#define CHECK_MS (15 * 1000)
#define CHECK_BYTES (15 * 1024) /* 1 KiB/s: the 256 KiB of a large page in four minutes */
#define IDLE_TIMEOUT_S 60
#define MAX_CONNECTIONS 8
#define READ_BYTES (64 * 1024)
#define DECODE_HERE_BYTES (64 * 1024) /* decoding a longer answer takes longer than a frame */

struct _ConfabTransport
{
  GObject parent_instance;
  SoupSession *session;
  ConfabEnvironment *environment;
  char *origin;
  char *token;
};

G_DEFINE_FINAL_TYPE (ConfabTransport, confab_transport, G_TYPE_OBJECT)

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

/* ---- errors ---- */

GError *
confab_transport_map_error (GError *error)
{
  ConfabEngineError code = CONFAB_ENGINE_ERROR_UNREACHABLE;
  GError *mapped;

  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || error->domain == CONFAB_ENGINE_ERROR || error->domain == CONFAB_PROBLEM)
    return error;

  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    code = CONFAB_ENGINE_ERROR_BAD_CERTIFICATE;
  else if (error->domain == SOUP_SESSION_ERROR
           || (error->domain == G_TLS_ERROR && error->code != G_TLS_ERROR_EOF))
    code = CONFAB_ENGINE_ERROR_NOT_CONFAB;
  mapped = g_error_new_literal (CONFAB_ENGINE_ERROR, (int)code, error->message);
  g_error_free (error);

  return mapped;
}

gboolean
confab_transport_error_is_transient (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain == CONFAB_PROBLEM)
    return error->code == CONFAB_PROBLEM_THROTTLED || error->code == CONFAB_PROBLEM_UNAVAILABLE
           || error->code == CONFAB_PROBLEM_STORAGE_FULL || error->code == CONFAB_PROBLEM_INTERNAL
           || error->code == CONFAB_PROBLEM_NOT_SIGNED_IN;

  return TRUE;
}

/* ---- cancelling ---- */

/* libsoup before 3.6.6 frees a message twice if it is cancelled while the callback for its answer's
 * headers is pending. So cancel libsoup's operations in an idle callback that runs after those. */
#define AFTER_LIBSOUP (G_PRIORITY_DEFAULT + 1)

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

void
confab_transport_cancel_soon (GCancellable *operation)
{
  g_return_if_fail (G_IS_CANCELLABLE (operation));

  g_idle_add_full (AFTER_LIBSOUP, cancel_cb, g_object_ref (operation), g_object_unref);
}

static void
cancel_call_cb (GCancellable *cancellable, gpointer user_data)
{
  Call *call = user_data;

  confab_transport_cancel_soon (call->sending);
}

static gboolean
abort_cb (gpointer user_data)
{
  soup_session_abort (user_data);

  return G_SOURCE_REMOVE;
}

/* ---- one call ---- */

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

SoupMessage *
confab_transport_new_message (ConfabTransport *self,
                              const char *method,
                              const char *path,
                              GError **error)
{
  g_autofree char *origin = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *authorization = NULL;
  SoupMessage *message;

  g_return_val_if_fail (CONFAB_IS_TRANSPORT (self), NULL);

  /* Check stored origins, too, because the user can edit their file. */
  origin = confab_address_normalize (self->origin, NULL, error);
  if (origin == NULL)
    return NULL;

  uri = g_strconcat (origin, path, NULL);
  message = soup_message_new (method, uri);
  if (message == NULL)
    {
      g_set_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_BAD_ADDRESS,
                   "“%s” is not a server address", self->origin);
      return NULL;
    }
  /* The token must not follow a redirect to another server, and the protocol has no redirects. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  if (self->token != NULL)
    {
      authorization = g_strconcat ("Bearer ", self->token, NULL);
      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                    authorization);
    }

  return message;
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

/* ---- the object ---- */

/* Plain HTTP is only used within this computer (see confab_address_normalize()), and token and
 * password must not pass through a proxy unencrypted. With TLS, a proxy sees neither. */
static void
go_straight (SoupSession *session)
{
  g_autoptr (GProxyResolver) direct = g_simple_proxy_resolver_new ("direct://", NULL);

  soup_session_set_proxy_resolver (session, direct);
}

static SoupSession *
create_session (ConfabTransport *self)
{
  SoupSession *session = soup_session_new_with_options (
      "timeout", TIMEOUT_S, "idle-timeout", IDLE_TIMEOUT_S, "max-conns", MAX_CONNECTIONS,
      "max-conns-per-host", MAX_CONNECTIONS, "user-agent", "Confab/" CONFAB_VERSION,
      /* The server writes mails in this language. */
      "accept-language-auto", TRUE, NULL);

  /* Servers do not compress, and a decompression bomb would only be detected after unpacking. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  if (self->environment->tls_database != NULL)
    soup_session_set_tls_database (session, self->environment->tls_database);
  if (!g_str_has_prefix (self->origin, "https://"))
    go_straight (session);

  return session;
}

static void
confab_transport_finalize (GObject *object)
{
  ConfabTransport *self = CONFAB_TRANSPORT (object);

  soup_session_abort (self->session); /* no call is running, or it would hold a reference */
  g_clear_object (&self->session);
  g_clear_pointer (&self->environment, confab_environment_unref);
  g_clear_pointer (&self->origin, g_free);
  confab_transport_set_token (self, NULL);

  G_OBJECT_CLASS (confab_transport_parent_class)->finalize (object);
}

static void
confab_transport_class_init (ConfabTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_transport_finalize;
}

static void
confab_transport_init (ConfabTransport *self)
{
}

ConfabTransport *
confab_transport_new (ConfabEnvironment *environment, const char *origin)
{
  ConfabTransport *self;

  g_return_val_if_fail (environment != NULL && origin != NULL, NULL);

  self = g_object_new (CONFAB_TYPE_TRANSPORT, NULL);
  self->origin = g_strdup (origin);
  self->environment = confab_environment_ref (environment);
  self->session = create_session (self);

  return self;
}

const char *
confab_transport_get_origin (ConfabTransport *self)
{
  g_return_val_if_fail (CONFAB_IS_TRANSPORT (self), NULL);

  return self->origin;
}

void
confab_transport_set_token (ConfabTransport *self, const char *token)
{
  char *copy = g_strdup (token);

  g_return_if_fail (CONFAB_IS_TRANSPORT (self));

  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  self->token = copy;
}

const char *
confab_transport_get_token (ConfabTransport *self)
{
  g_return_val_if_fail (CONFAB_IS_TRANSPORT (self), NULL);

  return self->token;
}

void
confab_transport_forget_connections (ConfabTransport *self)
{
  g_return_if_fail (CONFAB_IS_TRANSPORT (self));

  /* Calls made from now on must not be aborted, so use a new session. */
  g_idle_add_full (AFTER_LIBSOUP, abort_cb, g_steal_pointer (&self->session), g_object_unref);
  self->session = create_session (self);
}

SoupSession *
confab_transport_get_session (ConfabTransport *self)
{
  g_return_val_if_fail (CONFAB_IS_TRANSPORT (self), NULL);

  return self->session;
}
