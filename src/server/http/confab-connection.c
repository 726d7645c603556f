/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A connection: parses requests, writes answers and frames, and enforces time limits. */

#include "confab-http-private.h"

#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include "confab-limits.h"

/* For a head, and between the pieces of a body. */
#define REQUEST_TIMEOUT_SECONDS 10
/* For a whole body. */
#define BODY_TIMEOUT_SECONDS 30
#define KEEP_ALIVE_SECONDS 60
/* After the last answer, read on for this time and amount while the peer closes. Otherwise the
 * system would reset the connection, and the answer might be lost. */
#define DRAIN_SECONDS 2
#define DRAIN_MAX_BYTES (16 * 1024 * 1024)
/* Buffered input behind a request being answered; fits one read of libwebsockets. */
#define WAITING_MAX_BYTES (64 * 1024)
/* The system buffers at most this much unread output, so that what is counted as unread is
 * accurate. */
#define NOT_SENT_BYTES (128 * 1024)

ConfabConnection *
confab_connection_new (ConfabHttpServer *server, struct lws *wsi, const char *peer)
{
  ConfabConnection *self = g_new0 (ConfabConnection, 1);
  int not_sent = NOT_SENT_BYTES;

  self->server = server;
  self->wsi = wsi;
  self->in = g_byte_array_new ();
  self->parser = confab_http_parser_new ();
  g_strlcpy (self->peer, peer, sizeof self->peer);
  self->proxied = confab_forwarded_is_proxy (server->proxies, peer);
  setsockopt (lws_get_socket_fd (wsi), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &not_sent, sizeof not_sent);
  lws_set_timeout (wsi, PENDING_TIMEOUT_HTTP_CONTENT, REQUEST_TIMEOUT_SECONDS);

  return self;
}

void
confab_connection_free (ConfabConnection *self)
{
  if (self->request != NULL && self->request->head_sent)
    g_printerr ("event=answer-dropped sent=%" G_GSIZE_FORMAT " of=%" G_GSIZE_FORMAT
                " request=%s user=%" G_GINT64_FORMAT "\n",
                self->request->sent, self->request->answer_length, self->request->id,
                self->request->user_id);
  if (self->request != NULL)
    confab_request_detach (g_steal_pointer (&self->request));
  g_clear_pointer (&self->socket, confab_socket_free);
  if (self->address != NULL)
    confab_http_server_return_address (self->server, self->address);
  g_byte_array_unref (self->in);
  g_clear_pointer (&self->parser, confab_http_parser_free);
  g_free (self);
}

gboolean
confab_connection_write (ConfabConnection *self, GString *out)
{
  return lws_write (self->wsi, (guint8 *)out->str + LWS_PRE, out->len - LWS_PRE, LWS_WRITE_RAW)
         >= 0;
}

void
confab_connection_abort (ConfabConnection *self)
{
  lws_wsi_close (self->wsi, LWS_TO_KILL_ASYNC);
}

/* ---- closing ---- */

/* Shut down writing once all output has been sent. */
static void
shut_down_writing (ConfabConnection *self)
{
  SSL *tls = lws_get_ssl (self->wsi);

  if (lws_partial_buffered (self->wsi))
    {
      lws_callback_on_writable (self->wsi);
      return;
    }

  if (tls != NULL)
    SSL_shutdown (tls);
  shutdown (lws_get_socket_fd (self->wsi), SHUT_WR);
}

int
confab_connection_drain (ConfabConnection *self)
{
  self->state = CONFAB_CONNECTION_DRAIN;
  g_byte_array_set_size (self->in, 0);
  lws_set_timeout (self->wsi, PENDING_TIMEOUT_HTTP_CONTENT, DRAIN_SECONDS);
  lws_rx_flow_control (self->wsi, 1);
  shut_down_writing (self);

  return 0;
}

/* ---- requests ---- */

/* Send the answer if there is one. Until then, keep the connection without a timeout and without
 * reading: further input belongs to the next request. */
static int
answer_or_wait (ConfabConnection *self)
{
  ConfabRequest *request = self->request;

  self->state = CONFAB_CONNECTION_ANSWER;
  request->in_callback = FALSE;
  request->receiving = FALSE;
  lws_rx_flow_control (self->wsi, 0);
  if (request->responded)
    return confab_response_flush (request);

  lws_set_timeout (self->wsi, NO_PENDING_TIMEOUT, 0);

  return 0;
}

static int
run (ConfabConnection *self)
{
  ConfabRequest *request = self->request;

  request->receiving = FALSE;
  request->in_callback = TRUE;
  if (!request->responded)
    self->server->handler->run (request, self->server->user_data);

  return answer_or_wait (self);
}

static int
refuse_head (ConfabConnection *self, ConfabProblem problem)
{
  self->request = confab_request_new (self, NULL);
  self->request->in_callback = TRUE;
  self->request->close_after = TRUE;
  confab_request_fail (self->request, problem, NULL, 0);

  return answer_or_wait (self);
}

/* Makes a stream of the connection, or refuses to. Returns FALSE, without an answer, if the path is
 * none of a stream: such a wish is ignored (RFC 9110 §7.8). */
static gboolean
try_upgrade (ConfabConnection *self)
{
  self->socket = confab_socket_accept (self, self->request);
  if (self->socket == NULL)
    {
      self->request->close_after = self->request->responded;
      return self->request->responded;
    }

  confab_request_detach (g_steal_pointer (&self->request));
  g_clear_pointer (&self->parser, confab_http_parser_free);
  self->state = CONFAB_CONNECTION_STREAM;
  lws_rx_flow_control (self->wsi, 1);
  /* The feed pings streams, and ends those that do not answer. */
  lws_set_timeout (self->wsi, NO_PENDING_TIMEOUT, 0);

  return TRUE;
}

/* A client that sends Expect waits for permission to send its body (RFC 9110 §10.1.1). */
static int
begin_body (ConfabConnection *self)
{
  ConfabRequest *request = self->request;
  gboolean expects = confab_head_get (request->head, "expect") != NULL && request->head->minor >= 1;

  if (expects && request->responded)
    {
      request->close_after = TRUE;
      return answer_or_wait (self);
    }

  if (expects)
    {
      GString *out = g_string_set_size (self->server->scratch, LWS_PRE);

      g_string_append (out, "HTTP/1.1 100 Continue\r\n\r\n");
      if (!confab_connection_write (self, out))
        return -1;
    }

  request->receiving = TRUE;
  request->in_callback = FALSE;
  self->state = CONFAB_CONNECTION_BODY;
  lws_rx_flow_control (self->wsi, 1);
  lws_set_timeout (self->wsi, PENDING_TIMEOUT_HTTP_CONTENT, REQUEST_TIMEOUT_SECONDS);

  return 0;
}

/* Requests from a proxy count for the address that each is forwarded for, like connections. */
static void
count_forwarded (ConfabConnection *self, ConfabRequest *request)
{
  if (!self->proxied)
    return;

  request->forwarded_for = confab_http_server_take_address (self->server, request->address);
  if (request->forwarded_for == NULL)
    confab_request_fail (request, CONFAB_PROBLEM_THROTTLED, NULL, 5);
}

static int
begin_request (ConfabConnection *self, ConfabHead *head)
{
  ConfabRequest *request = self->request = confab_request_new (self, head);
  gboolean has_body;

  request->in_callback = TRUE;
  if (!confab_request_check_framing (request, &has_body))
    return answer_or_wait (self);

  count_forwarded (self, request);
  if (confab_head_has_token (head, "upgrade", "websocket") && !has_body && !request->responded
      && try_upgrade (self))
    return self->socket != NULL ? 0 : answer_or_wait (self);
  if (!request->responded)
    self->server->handler->head (request, self->server->user_data);

  return has_body ? begin_body (self) : run (self);
}

static int
take_head (ConfabConnection *self)
{
  ConfabParseState state;
  ConfabHead *head = NULL;
  gsize taken;

  state = confab_http_parser_take_head (self->parser, (const char *)self->in->data, self->in->len,
                                        &taken, &head);
  g_byte_array_remove_range (self->in, 0, (guint)taken);
  if (state == CONFAB_PARSE_PARTIAL)
    {
      if (!self->head_begun)
        lws_set_timeout (self->wsi, PENDING_TIMEOUT_HTTP_CONTENT, REQUEST_TIMEOUT_SECONDS);
      self->head_begun = TRUE;
      lws_rx_flow_control (self->wsi, 1);
      return 0;
    }

  self->head_begun = FALSE;
  if (state == CONFAB_PARSE_TOO_LARGE)
    return refuse_head (self, CONFAB_PROBLEM_HEAD_TOO_LARGE);

  return head != NULL ? begin_request (self, head)
                      : refuse_head (self, CONFAB_PROBLEM_MALFORMED_REQUEST);
}

static int
take_body (ConfabConnection *self)
{
  ConfabRequest *request = self->request;
  gint64 age = (g_get_monotonic_time () - request->started_at) / G_USEC_PER_SEC;
  gboolean complete;
  gsize taken;

  if (!confab_request_take_body (request, self->in->data, self->in->len, &taken, &complete))
    return -1;

  g_byte_array_remove_range (self->in, 0, (guint)taken);
  if (complete)
    return run (self);
  if (age >= BODY_TIMEOUT_SECONDS)
    return -1;
  lws_set_timeout (self->wsi, PENDING_TIMEOUT_HTTP_CONTENT,
                   (int)MIN (REQUEST_TIMEOUT_SECONDS, BODY_TIMEOUT_SECONDS - age));

  return 0;
}

static int
take_frames (ConfabConnection *self)
{
  g_autoptr (GByteArray) data = self->in;

  self->in = g_byte_array_new ();

  return confab_socket_receive (self->socket, data->data, data->len);
}

/* Process the buffered input, one request at a time; the next one waits for its turn on the loop.
 * Read more only when the buffer is not enough to continue. */
static int
proceed (ConfabConnection *self)
{
  int result = 0;

  if (self->state == CONFAB_CONNECTION_HEAD && self->in->len > 0)
    result = take_head (self);
  if (result == 0 && self->state == CONFAB_CONNECTION_BODY && self->in->len > 0)
    result = take_body (self);
  if (result == 0 && self->state == CONFAB_CONNECTION_STREAM && self->in->len > 0)
    result = take_frames (self);

  return result;
}

int
confab_connection_finish_request (ConfabConnection *self, gboolean close)
{
  if (self->request != NULL)
    confab_request_detach (g_steal_pointer (&self->request));
  if (close)
    return confab_connection_drain (self);

  self->state = CONFAB_CONNECTION_HEAD;
  lws_set_timeout (self->wsi, PENDING_TIMEOUT_HTTP_KEEPALIVE_IDLE, KEEP_ALIVE_SECONDS);
  /* Process the buffer first, see proceed(); otherwise it would grow. */
  if (self->in->len > 0)
    lws_callback_on_writable (self->wsi);
  else
    lws_rx_flow_control (self->wsi, 1);

  return 0;
}

int
confab_connection_receive (ConfabConnection *self, const guint8 *data, gsize length)
{
  if (self->state == CONFAB_CONNECTION_DRAIN)
    {
      self->n_drained += length;
      return self->n_drained <= DRAIN_MAX_BYTES ? 0 : -1;
    }
  if (self->in->len + length > WAITING_MAX_BYTES)
    return -1;

  g_byte_array_append (self->in, data, (guint)length);

  return proceed (self);
}

int
confab_connection_writable (ConfabConnection *self)
{
  switch (self->state)
    {
    case CONFAB_CONNECTION_ANSWER:
      return self->request->responded ? confab_response_flush (self->request) : 0;

    case CONFAB_CONNECTION_STREAM:
      return confab_socket_writable (self->socket);

    case CONFAB_CONNECTION_DRAIN:
      shut_down_writing (self);
      return 0;

    case CONFAB_CONNECTION_HEAD:
    case CONFAB_CONNECTION_BODY:
    default:
      return proceed (self);
    }
}
