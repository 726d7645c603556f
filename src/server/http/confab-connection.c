/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One connection: turns bytes into requests and frames, and limits how long each may take. */

#include "confab-http-private.h"

#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include "confab-limits.h"

/* The time for a head, and between two pieces of a body. */
#define REQUEST_TIMEOUT_SECONDS 10
/* The time for a whole body. */
#define BODY_TIMEOUT_SECONDS 30
#define KEEP_ALIVE_SECONDS 60
/* After the last answer the connection is read for this time, up to this size. Without that, the
 * kernel would reset a connection on which data arrives, and the client could lose the answer. */
#define DRAIN_SECONDS 2
#define DRAIN_MAX_BYTES (16 * 1024 * 1024)
/* The maximum that is stored of requests behind the one that is being answered. It must hold one
 * read of libwebsockets. */
#define WAITING_MAX_BYTES (64 * 1024)
/* The maximum of unsent bytes in the kernel's buffer, so that what we count as sent is on its
 * way. */
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
  confab_address_return (self->address);
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

/* Close our side of the connection once everything is sent. */
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

/* Send the answer if there is one. Until then the connection has no timeout and is not read,
 * because further data belongs to the next request. */
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

/* Make the connection a stream, or refuse with an answer. Return FALSE, without an answer, if the
 * path has no stream: then the Upgrade field is ignored (RFC 9110 §7.8). */
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
  /* The feed pings streams and closes those that do not answer. */
  lws_set_timeout (self->wsi, NO_PENDING_TIMEOUT, 0);

  return TRUE;
}

/* A client that sends Expect waits for an answer before it sends the body (RFC 9110 §10.1.1). */
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

/* Count a request that a proxy forwards for the address it is from, as a connection is counted. */
static void
count_forwarded (ConfabConnection *self, ConfabRequest *request)
{
  if (!self->proxied)
    return;

  request->forwarded_for = confab_addresses_take (self->server->addresses, request->address);
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

/* Take one request from the data received; the next one waits for its turn on the loop. More is
 * read only when the data is incomplete. */
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
  /* Data already received goes first, see proceed(). Reading more meanwhile would let it grow. */
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
