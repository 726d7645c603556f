/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-http-private.h"

#include "confab-limits.h"

#define CLOSE_TIMEOUT_SECONDS 5

gpointer
confab_socket_get_data (ConfabSocket *self)
{
  return self->data;
}

void
confab_socket_want_write (ConfabSocket *self)
{
  if (self->established)
    lws_callback_on_writable (self->wsi);
}

GString *
confab_socket_begin_text (ConfabSocket *self)
{
  return g_string_set_size (self->server->scratch, LWS_PRE);
}

void
confab_socket_end_text (ConfabSocket *self)
{
  GString *text = self->server->scratch;

  if (lws_write (self->wsi, (guint8 *)text->str + LWS_PRE, text->len - LWS_PRE, LWS_WRITE_TEXT) < 0)
    self->failed = TRUE;
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
  lws_set_timeout (self->wsi, PENDING_TIMEOUT_CLOSE_SEND, CLOSE_TIMEOUT_SECONDS);
  confab_socket_want_write (self);
}

void
confab_socket_abort (ConfabSocket *self)
{
  lws_wsi_close (self->wsi, LWS_TO_KILL_ASYNC);
}

/* The upgrade was confirmed already; the session may have ended since. */
static int
open_socket (ConfabHttpServer *server, struct lws *wsi, ConfabSocketSlot *slot)
{
  g_autoptr (ConfabRequest) request = confab_request_new (server, wsi);
  ConfabSocket *self;

  request->in_callback = TRUE;
  self = g_new0 (ConfabSocket, 1);
  self->server = server;
  self->wsi = wsi;
  if (server->handler->upgrade (request, server->user_data))
    self->data = server->handler->socket_opened (self, request, server->user_data);
  request->wsi = NULL;
  if (self->data == NULL)
    {
      g_free (self);
      return 1;
    }

  slot->socket = self;

  return 0;
}

static void
free_socket (ConfabSocketSlot *slot)
{
  ConfabSocket *self = g_steal_pointer (&slot->socket);

  if (self == NULL)
    return;

  self->server->handler->socket_closed (self->data);
  g_clear_pointer (&self->message, g_byte_array_unref);
  g_free (self);
}

/* Written here, because libwebsockets on libuv drops a connection that a callback ends before its
 * own close frame is out. The peer's answer to it, or the timeout, ends the connection. */
static int
write_close (ConfabSocket *self)
{
  guint8 buffer[LWS_PRE + 4];

  self->close_sent = TRUE;
  buffer[LWS_PRE] = 0x88; /* FIN, opcode 8 */
  buffer[LWS_PRE + 1] = 2;
  buffer[LWS_PRE + 2] = (guint8)(self->close_code >> 8);
  buffer[LWS_PRE + 3] = (guint8)(self->close_code & 0xff);

  return lws_write (self->wsi, buffer + LWS_PRE, 4, LWS_WRITE_RAW) < 0 ? -1 : 0;
}

/* Messages come in pieces, by fragment and by buffer; whole ones go on. */
static int
receive (ConfabSocket *self, const void *data, gsize length)
{
  gsize seen = self->message != NULL ? self->message->len : 0;
  gboolean whole =
      lws_is_final_fragment (self->wsi) && lws_remaining_packet_payload (self->wsi) == 0;

  if (self->close_code != 0)
    return 0;
  if (seen + length > CONFAB_STREAM_CLIENT_MESSAGE_MAX_BYTES)
    {
      confab_socket_close (self, CONFAB_CLOSE_TOO_BIG);
      return 0;
    }

  if (whole && seen == 0)
    self->server->handler->socket_message (self->data, data, length,
                                           !lws_frame_is_binary (self->wsi));
  else
    {
      if (self->message == NULL)
        self->message = g_byte_array_new ();
      g_byte_array_append (self->message, data, (guint)length);
      if (whole)
        {
          g_autoptr (GByteArray) message = g_steal_pointer (&self->message);

          self->server->handler->socket_message (self->data, (const char *)message->data,
                                                 message->len, !lws_frame_is_binary (self->wsi));
        }
    }

  return 0;
}

static int
write_next (ConfabSocket *self)
{
  if (self->close_sent)
    return 0;

  if (self->ping_wanted)
    {
      /* libwebsockets does not report a pong that is empty. */
      guint8 buffer[LWS_PRE + 1] = { 0 };

      self->ping_wanted = FALSE;
      if (lws_write (self->wsi, buffer + LWS_PRE, 1, LWS_WRITE_PING) < 0)
        return -1;
      lws_callback_on_writable (self->wsi);
      return 0;
    }

  if (self->close_code != 0)
    return write_close (self);

  self->server->handler->socket_writable (self->data);

  return self->failed ? -1 : 0;
}

int
confab_socket_callback (struct lws *wsi,
                        enum lws_callback_reasons reason,
                        void *user,
                        void *in,
                        size_t length)
{
  ConfabSocketSlot *slot = user;

  switch ((int)reason)
    {
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
      return open_socket (lws_context_user (lws_get_context (wsi)), wsi, slot);

    case LWS_CALLBACK_ESTABLISHED:
      if (slot->socket == NULL)
        return -1;
      slot->socket->established = TRUE;
      /* Liveness is the owner's: it pings. */
      lws_set_timeout (wsi, NO_PENDING_TIMEOUT, 0);
      if (slot->socket->close_code != 0)
        lws_callback_on_writable (wsi);
      return 0;

    case LWS_CALLBACK_RECEIVE:
      return slot->socket != NULL ? receive (slot->socket, in, length) : -1;

    case LWS_CALLBACK_RECEIVE_PONG:
      if (slot->socket != NULL)
        slot->socket->server->handler->socket_alive (slot->socket->data);
      return 0;

    case LWS_CALLBACK_SERVER_WRITEABLE:
      return slot->socket != NULL ? write_next (slot->socket) : -1;

    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
      return slot->socket != NULL && slot->socket->close_sent ? -1 : 0;

    case LWS_CALLBACK_CLOSED:
    case LWS_CALLBACK_CLOSED_HTTP:
    case LWS_CALLBACK_HTTP_DROP_PROTOCOL:
    case LWS_CALLBACK_WS_SERVER_DROP_PROTOCOL:
      if (slot != NULL)
        free_socket (slot);
      return 0;

    default:
      return 0;
    }
}
