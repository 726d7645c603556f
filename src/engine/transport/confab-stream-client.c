/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-stream"

#include "confab-stream-client.h"

#include "confab-engine-error.h"
#include "confab-limits.h"
#include "confab-stream-guard.h"
#include "confab-worker.h"

#define KEEPALIVE_S 30
#define PONG_TIMEOUT_S 20
#define OPEN_TIMEOUT_S 15
#define QUEUE_MAX_FRAMES 64
#define DECODE_HERE_BYTES (64 * 1024)
#define STATUS_TOO_MANY_REQUESTS 429 /* RFC 6585; libsoup has no name for it */

struct _ConfabStreamClient
{
  GObject parent_instance;
  SoupWebsocketConnection *connection;
  ConfabStreamGuard *guard; /* (nullable) */
  GQueue frames;            /* GBytes, undecoded */
  GTask *waiting;           /* waits for the next frame */
  GError *end;              /* why the stream ended */
  guint retry_after;
};

G_DEFINE_FINAL_TYPE (ConfabStreamClient, confab_stream_client, G_TYPE_OBJECT)

/* ---- frames ---- */

/* "ready" and unknown frames have no page. */
typedef struct
{
  ConfabPage *page;
  gboolean ready;
  GError *problem; /* from the server's last frame */
  guint retry_after;
} Frame;

static void
frame_free (gpointer data)
{
  Frame *frame = data;

  g_clear_pointer (&frame->page, confab_page_free);
  g_clear_error (&frame->problem);
  g_free (frame);
}

static Frame *
decode_problem (JsonObject *object)
{
  ConfabProblemDetails details = { 0 };
  Frame *frame = g_new0 (Frame, 1);

  if (!confab_codec_decode_problem (object, &details))
    details.problem = CONFAB_PROBLEM_INTERNAL;
  g_free (details.field);
  confab_problem_set (&frame->problem, details.problem);
  frame->retry_after = details.retry_after;

  return frame;
}

static Frame *
decode_frame (GBytes *bytes, GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  const char *type;
  const char *data;
  gsize length;
  Frame *frame;

  data = g_bytes_get_data (bytes, &length);
  object = confab_json_parse_answer (data, length, CONFAB_ANSWER_MAX_BYTES, error);
  if (object == NULL || !confab_json_get_string (object, "type", &type, error))
    return NULL;
  if (g_str_equal (type, "error"))
    return decode_problem (object);

  frame = g_new0 (Frame, 1);
  frame->ready = g_str_equal (type, "ready");
  if (g_str_equal (type, "rows"))
    {
      frame->page = confab_codec_decode_page (object, error);
      if (frame->page != NULL && frame->page->from == NULL)
        g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, "from");
      if (frame->page == NULL || frame->page->from == NULL)
        g_clear_pointer (&frame, frame_free);
    }

  return frame;
}

static void
decode_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  Frame *frame = decode_frame (task_data, &error);

  if (frame != NULL)
    g_task_return_pointer (task, frame, frame_free);
  else
    g_task_return_error (task, error);
}

/* Complete the waiting task with the next frame, or the end. */
static void
serve (ConfabStreamClient *self)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (self->waiting == NULL || (g_queue_is_empty (&self->frames) && self->end == NULL))
    return;

  task = g_steal_pointer (&self->waiting);
  bytes = g_queue_pop_head (&self->frames);
  if (bytes == NULL)
    {
      g_task_return_error (task, g_error_copy (self->end));
      return;
    }
  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify)g_bytes_unref);
  if (g_bytes_get_size (bytes) > DECODE_HERE_BYTES)
    confab_worker_run_task (task, decode_thread);
  else
    decode_thread (task, NULL, bytes, NULL);
}

void
confab_stream_client_next_async (ConfabStreamClient *self,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (CONFAB_IS_STREAM_CLIENT (self));
  g_return_if_fail (self->waiting == NULL);

  self->waiting = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->waiting, confab_stream_client_next_async);
  serve (self);
}

gboolean
confab_stream_client_next_finish (ConfabStreamClient *self,
                                  GAsyncResult *result,
                                  ConfabPage **page,
                                  gboolean *ready,
                                  GError **error)
{
  Frame *frame;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  frame = g_task_propagate_pointer (G_TASK (result), error);
  if (frame == NULL)
    return FALSE;
  if (frame->problem != NULL)
    {
      self->retry_after = frame->retry_after;
      g_propagate_error (error, g_steal_pointer (&frame->problem));
      frame_free (frame);
      return FALSE;
    }
  *page = g_steal_pointer (&frame->page);
  *ready = frame->ready;
  frame_free (frame);

  return TRUE;
}

guint
confab_stream_client_get_retry_after (ConfabStreamClient *self)
{
  g_return_val_if_fail (CONFAB_IS_STREAM_CLIENT (self), 0);

  return self->retry_after;
}

/* ---- the connection ---- */

static void
end (ConfabStreamClient *self, GError *error)
{
  g_autoptr (ConfabStreamClient) keep = g_object_ref (self);

  if (self->end == NULL)
    self->end = error;
  else
    g_error_free (error);
  serve (self);
}

/* Keep the connection until the server has answered the closing handshake or libsoup gives up. */
static void
say_goodbye (ConfabStreamClient *self)
{
  if (soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return;
  g_signal_handlers_disconnect_by_data (self->connection, self);
  g_signal_connect (g_object_ref (self->connection), "closed", G_CALLBACK (g_object_unref), NULL);
  soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

static void
message_cb (ConfabStreamClient *self,
            int type,
            GBytes *message,
            SoupWebsocketConnection *connection)
{
  g_assert (CONFAB_IS_STREAM_CLIENT (self));

  if (g_queue_get_length (&self->frames) < QUEUE_MAX_FRAMES)
    {
      g_queue_push_tail (&self->frames, g_bytes_ref (message));
      serve (self);
      return;
    }

  /* libsoup cannot stop reading, so drop the frames; the server will send their rows again. */
  g_queue_clear_full (&self->frames, (GDestroyNotify)g_bytes_unref);
  say_goodbye (self);
  end (self, g_error_new_literal (CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_UNREACHABLE,
                                  "The frames come faster than they can be kept"));
}

static void
closed_cb (ConfabStreamClient *self, SoupWebsocketConnection *connection)
{
  GError *error = NULL;

  g_assert (CONFAB_IS_STREAM_CLIENT (self));

  if (soup_websocket_connection_get_close_code (connection)
      == SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION)
    confab_problem_set (&error, CONFAB_PROBLEM_NOT_SIGNED_IN);
  else
    error =
        g_error_new (CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_UNREACHABLE, "The stream ended (%d)",
                     soup_websocket_connection_get_close_code (connection));
  end (self, error);
}

/* Close at once, without the closing handshake. */
static void
drop (SoupWebsocketConnection *connection)
{
  g_io_stream_close_async (soup_websocket_connection_get_io_stream (connection), G_PRIORITY_DEFAULT,
                           NULL, NULL, NULL);
}

void
confab_stream_client_close (ConfabStreamClient *self)
{
  g_return_if_fail (CONFAB_IS_STREAM_CLIENT (self));

  say_goodbye (self);
  end (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The stream was closed"));
}

static void
confab_stream_client_dispose (GObject *object)
{
  ConfabStreamClient *self = CONFAB_STREAM_CLIENT (object);

  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->guard, confab_stream_guard_free);
  g_queue_clear_full (&self->frames, (GDestroyNotify)g_bytes_unref);
  g_clear_error (&self->end);

  G_OBJECT_CLASS (confab_stream_client_parent_class)->dispose (object);
}

static void
confab_stream_client_class_init (ConfabStreamClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_stream_client_dispose;
}

static void
confab_stream_client_init (ConfabStreamClient *self)
{
  g_queue_init (&self->frames);
}

/* ---- opening ---- */

typedef struct
{
  SoupMessage *message;
  GSocket *socket;       /* (nullable): of the connection */
  GCancellable *attempt; /* cancelled by the caller's cancellable or by the timer */
  GCancellable *outer;
  gulong cancelled_id;
  guint timer;
  gboolean timed_out;
  char *cursor;
} Open;

static void
open_free (gpointer data)
{
  Open *op = data;

  if (op->message != NULL)
    g_signal_handlers_disconnect_by_data (op->message, op);
  g_clear_object (&op->message);
  g_clear_object (&op->socket);
  g_clear_object (&op->attempt);
  g_clear_object (&op->outer);
  g_clear_handle_id (&op->timer, g_source_remove);
  g_free (op->cursor);
  g_free (op);
}

static gboolean
open_timeout_cb (gpointer user_data)
{
  Open *op = user_data;

  op->timer = 0;
  op->timed_out = TRUE;
  confab_transport_cancel_soon (op->attempt);

  return G_SOURCE_REMOVE;
}

/* A proxy that blocks websockets may answer in many ways. */
static GError *
map_open_error (Open *op, GError *error)
{
  guint status = soup_message_get_status (op->message);
  GError *mapped = NULL;

  if (op->timed_out)
    {
      g_error_free (error);
      return g_error_new_literal (CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB,
                                  "The websocket did not open in time");
    }
  if (error->domain != SOUP_WEBSOCKET_ERROR)
    return confab_transport_map_error (error);

  if (status == SOUP_STATUS_UNAUTHORIZED)
    confab_problem_set (&mapped, CONFAB_PROBLEM_NOT_SIGNED_IN);
  else if (status == STATUS_TOO_MANY_REQUESTS)
    confab_problem_set (&mapped, CONFAB_PROBLEM_THROTTLED);
  else if (status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    confab_problem_set (&mapped, CONFAB_PROBLEM_UNAVAILABLE);
  else
    mapped =
        g_error_new_literal (CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB, error->message);
  g_error_free (error);

  return mapped;
}

static void
say_hello (SoupWebsocketConnection *connection, const char *cursor)
{
  g_autoptr (JsonObject) hello = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (hello, "type", "hello");
  json_object_set_string_member (hello, "cursor", cursor);
  text = confab_json_object_to_string (hello, NULL);
  soup_websocket_connection_send_text (connection, text);
}

static void
set_limits (SoupWebsocketConnection *connection)
{
  soup_websocket_connection_set_max_incoming_payload_size (connection, CONFAB_ANSWER_MAX_BYTES);
  soup_websocket_connection_set_keepalive_interval (connection, KEEPALIVE_S);
  soup_websocket_connection_set_keepalive_pong_timeout (connection, PONG_TIMEOUT_S);
  /* The limit above is per fragment; libsoup 3.8 has one for whole messages. */
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (connection), "max-total-message-size")
      != NULL)
    g_object_set (connection, "max-total-message-size", (guint64)CONFAB_ANSWER_MAX_BYTES, NULL);
}

/* A websocket always has a connection of its own. */
static void
network_event_cb (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer user_data)
{
  Open *op = user_data;

  if (event == G_SOCKET_CLIENT_CONNECTED && G_IS_SOCKET_CONNECTION (connection))
    g_set_object (&op->socket, g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection)));
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (ConfabStreamClient) self = NULL;
  Open *op = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_handle_id (&op->timer, g_source_remove);
  /* g_cancellable_disconnect() would deadlock inside the handler of ::cancelled. */
  g_clear_signal_handler (&op->cancelled_id, op->outer);

  self = g_object_new (CONFAB_TYPE_STREAM_CLIENT, NULL);
  self->connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  if (self->connection == NULL)
    {
      g_task_return_error (task, map_open_error (op, error));
      return;
    }
  if (g_strcmp0 (soup_websocket_connection_get_protocol (self->connection), "confab.v1") != 0)
    {
      drop (self->connection);
      g_task_return_new_error (task, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB,
                               "The websocket speaks another protocol");
      return;
    }

  set_limits (self->connection);
  if (op->socket != NULL)
    self->guard = confab_stream_guard_new (op->socket);
  g_signal_connect_object (self->connection, "message", G_CALLBACK (message_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->connection, "closed", G_CALLBACK (closed_cb), self,
                           G_CONNECT_SWAPPED);
  say_hello (self->connection, op->cursor);

  g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
}

void
confab_stream_client_open_async (ConfabTransport *transport,
                                 const char *cursor,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  static char *protocols[] = { (char *)"confab.v1", NULL };
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Open *op;

  g_return_if_fail (CONFAB_IS_TRANSPORT (transport));
  g_return_if_fail (cursor != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_stream_client_open_async);
  op = g_new0 (Open, 1);
  op->cursor = g_strdup (cursor);
  op->attempt = g_cancellable_new ();
  g_task_set_task_data (task, op, open_free);

  op->message = confab_transport_new_message (transport, "GET", "/v1/stream", &error);
  if (op->message == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_set_object (&op->outer, cancellable))
    op->cancelled_id = g_signal_connect_object (cancellable, "cancelled",
                                                G_CALLBACK (confab_transport_cancel_soon),
                                                op->attempt, G_CONNECT_SWAPPED);
  g_signal_connect (op->message, "network-event", G_CALLBACK (network_event_cb), op);
  op->timer = g_timeout_add_seconds (OPEN_TIMEOUT_S, open_timeout_cb, op);
  soup_session_websocket_connect_async (confab_transport_get_session (transport), op->message, NULL,
                                        protocols, G_PRIORITY_DEFAULT, op->attempt, connected_cb,
                                        g_object_ref (task));
}

ConfabStreamClient *
confab_stream_client_open_finish (GAsyncResult *result, guint *retry_after, GError **error)
{
  Open *op;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  op = g_task_get_task_data (G_TASK (result));
  *retry_after = op->message != NULL ? confab_transport_read_retry_after (op->message) : 0;

  return g_task_propagate_pointer (G_TASK (result), error);
}
