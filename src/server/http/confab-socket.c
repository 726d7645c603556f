/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-http-private.h"

#include <string.h>

#include "confab-limits.h"

#define CLOSE_TIMEOUT_SECONDS 5

void
confab_socket_want_write (ConfabSocket *self)
{
  lws_callback_on_writable (self->connection->wsi);
}

/* ---- writing ---- */

/* The payload starts here, because the frame's head before it depends on the length of the
 * payload. */
#define PAYLOAD_START (LWS_PRE + CONFAB_WEBSOCKET_HEAD_MAX_BYTES)

GString *
confab_socket_begin_text (ConfabSocket *self)
{
  return g_string_set_size (self->server->scratch, PAYLOAD_START);
}

/* Count what the client does not read at once until it has read it. */
static void
hold (ConfabSocket *self, gsize length)
{
  if (!lws_partial_buffered (self->connection->wsi))
    return;

  if (confab_hold_add (&self->hold, length))
    return;

  g_printerr ("event=stream-dropped reason=no-room user=%" G_GINT64_FORMAT "\n", self->user_id);
  self->failed = TRUE;
}

static void
write_frame (ConfabSocket *self, ConfabWebsocketOpcode opcode)
{
  GString *scratch = self->server->scratch;
  gsize length = scratch->len - PAYLOAD_START;
  guint8 head[CONFAB_WEBSOCKET_HEAD_MAX_BYTES];
  guint n_head = confab_websocket_write_head (head, opcode, length);
  guint8 *start = (guint8 *)scratch->str + PAYLOAD_START - n_head;

  memcpy (start, head, n_head);
  if (lws_write (self->connection->wsi, start, n_head + length, LWS_WRITE_RAW) < 0)
    self->failed = TRUE;
  else
    hold (self, n_head + length);
}

void
confab_socket_end_text (ConfabSocket *self)
{
  write_frame (self, CONFAB_WEBSOCKET_TEXT);
}

static void
write_control (ConfabSocket *self, ConfabWebsocketOpcode opcode, const guint8 *data, gsize length)
{
  GString *scratch = confab_socket_begin_text (self);

  g_string_append_len (scratch, (const char *)data, (gssize)length);
  write_frame (self, opcode);
}

void
confab_socket_ping (ConfabSocket *self)
{
  self->ping_wanted = TRUE;
  confab_socket_want_write (self);
}

void
confab_socket_close (ConfabSocket *self, ConfabCloseCode code)
{
  if (self->close_code != 0)
    return;

  self->close_code = code;
  lws_set_timeout (self->connection->wsi, PENDING_TIMEOUT_CLOSE_SEND, CLOSE_TIMEOUT_SECONDS);
  confab_socket_want_write (self);
}

void
confab_socket_abort (ConfabSocket *self)
{
  confab_connection_abort (self->connection);
}

/* The client's answer to our close frame, or the timeout, ends the connection. */
static int
write_close (ConfabSocket *self)
{
  const guint8 code[] = { (guint8)(self->close_code >> 8), (guint8)(self->close_code & 0xff) };

  self->close_sent = TRUE;
  write_control (self, CONFAB_WEBSOCKET_CLOSE, code, sizeof code);

  return self->close_received ? confab_connection_drain (self->connection) : 0;
}

/* Write one frame each time the socket is writable. */
int
confab_socket_writable (ConfabSocket *self)
{
  confab_hold_release (&self->hold);
  if (self->failed)
    return -1;
  if (self->close_sent)
    return 0;

  if (self->pong_wanted)
    {
      self->pong_wanted = FALSE;
      write_control (self, CONFAB_WEBSOCKET_PONG, self->pong, self->n_pong);
      confab_socket_want_write (self);
    }
  else if (self->ping_wanted)
    {
      self->ping_wanted = FALSE;
      write_control (self, CONFAB_WEBSOCKET_PING, NULL, 0);
      confab_socket_want_write (self);
    }
  else if (self->close_code != 0)
    return write_close (self);
  else
    self->server->handler->socket_writable (self->data);

  return self->failed ? -1 : 0;
}

/* ---- receiving ---- */

static void
take_control (ConfabSocket *self, ConfabWebsocketOpcode opcode, const guint8 *data, gsize length)
{
  if (opcode == CONFAB_WEBSOCKET_PONG)
    {
      self->server->handler->socket_alive (self->data);
      return;
    }

  self->pong_wanted = TRUE;
  self->n_pong = (guint)length;
  memcpy (self->pong, data, length);
  confab_socket_want_write (self);
}

/* Once the server closes the stream, perhaps in the middle of a read, it ignores all frames except
 * the client's close frame, which must be the last. */
static gboolean
take (ConfabWebsocketOpcode opcode, const guint8 *data, gsize length, gpointer user_data)
{
  ConfabSocket *self = user_data;

  if (opcode == CONFAB_WEBSOCKET_CLOSE)
    {
      self->close_received = TRUE;
      confab_socket_close (self, CONFAB_CLOSE_NORMAL);
    }
  else if (self->close_code == 0)
    {
      if (opcode == CONFAB_WEBSOCKET_PING || opcode == CONFAB_WEBSOCKET_PONG)
        take_control (self, opcode, data, length);
      else
        self->server->handler->socket_message (self->data, (const char *)data, length,
                                               opcode == CONFAB_WEBSOCKET_TEXT);
    }

  return !self->close_received;
}

int
confab_socket_receive (ConfabSocket *self, const guint8 *data, gsize length)
{
  gboolean broken = self->websocket.problem != 0;
  gboolean closing = self->close_code != 0;
  guint problem = confab_websocket_feed (&self->websocket, data, length, take, self);

  if (problem != 0 && closing && !broken)
    return -1;
  if (problem != 0 && !broken)
    {
      /* After a malformed frame no close frame can be read: do not wait for one. */
      confab_socket_close (self, problem);
      self->close_received = TRUE;
    }
  if (self->close_received && self->close_sent)
    return confab_connection_drain (self->connection);

  return 0;
}

/* ---- the handshake ---- */

/* Check the handshake (RFC 6455 §4.2.1). Return the value of Sec-WebSocket-Accept, or NULL if the
 * handshake is invalid and answered. */
static char *
check_handshake (ConfabRequest *request)
{
  const ConfabHead *head = request->head;
  char *accept = confab_websocket_accept (confab_head_get (head, "sec-websocket-key"));

  if (g_strcmp0 (confab_head_get (head, "sec-websocket-version"), "13") != 0)
    confab_request_fail (request, CONFAB_PROBLEM_UPGRADE_REQUIRED, NULL, 0);
  else if (accept == NULL || !confab_head_has_token (head, "connection", "upgrade")
           || request->method != CONFAB_METHOD_GET || request->is_head || head->minor == 0)
    confab_request_fail (request, CONFAB_PROBLEM_MALFORMED_REQUEST, NULL, 0);
  else
    return accept;

  g_free (accept);

  return NULL;
}

static void
write_handshake (ConfabSocket *self, const char *accept)
{
  GString *out = g_string_set_size (self->server->scratch, LWS_PRE);

  g_string_append_printf (out,
                          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n"
                          "Sec-WebSocket-Protocol: " CONFAB_SOCKET_PROTOCOL "\r\n\r\n",
                          accept);
  self->failed = !confab_connection_write (self->connection, out);
}

ConfabSocket *
confab_socket_accept (ConfabConnection *connection, ConfabRequest *request)
{
  const ConfabHttpHandler *handler = connection->server->handler;
  g_autofree char *accept = NULL;
  ConfabSocket *self;

  if (!handler->upgrade (request, connection->server->user_data))
    return NULL;
  accept = check_handshake (request);
  if (accept == NULL)
    return NULL;

  self = g_new0 (ConfabSocket, 1);
  self->server = connection->server;
  self->connection = connection;
  self->websocket.max_bytes = CONFAB_STREAM_CLIENT_MESSAGE_MAX_BYTES;
  self->user_id = request->user_id;
  g_strlcpy (self->address, request->address, sizeof self->address);
  self->hold = (ConfabHold){ self->server->flights, self->user_id, self->address, 0 };
  self->forwarded_for = g_steal_pointer (&request->forwarded_for);
  self->data = handler->socket_opened (self, request, connection->server->user_data);
  write_handshake (self, accept);

  return self;
}

void
confab_socket_free (ConfabSocket *self)
{
  self->server->handler->socket_closed (self->data);
  confab_hold_release (&self->hold);
  confab_address_return (self->forwarded_for);
  confab_websocket_clear (&self->websocket);
  g_free (self);
}
