/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-websocket.h"

#include <string.h>

#include "confab-socket.h"

#define HANDSHAKE_GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11" /* RFC 6455 §1.3 */
#define KEY_BYTES 16
#define MASK_BYTES 4

void
confab_websocket_clear (ConfabWebsocket *self)
{
  g_clear_pointer (&self->message, g_byte_array_unref);
}

static gboolean
is_control (guint opcode)
{
  return (opcode & 8) != 0;
}

/* ---- the head of a frame ---- */

/* Check the first two bytes, before trusting any length. */
static guint
check_beginning (const ConfabWebsocket *self)
{
  guint opcode = self->head[0] & 0x0f;
  gboolean final = (self->head[0] & 0x80) != 0;
  gboolean masked = (self->head[1] & 0x80) != 0;
  guint length = self->head[1] & 0x7f;

  if ((self->head[0] & 0x70) != 0 || !masked)
    return CONFAB_CLOSE_PROTOCOL_ERROR;

  switch (opcode)
    {
    case CONFAB_WEBSOCKET_CONTINUATION:
      return self->message_opcode != 0 ? 0 : CONFAB_CLOSE_PROTOCOL_ERROR;

    case CONFAB_WEBSOCKET_TEXT:
    case CONFAB_WEBSOCKET_BINARY:
      return self->message_opcode == 0 ? 0 : CONFAB_CLOSE_PROTOCOL_ERROR;

    case CONFAB_WEBSOCKET_CLOSE:
    case CONFAB_WEBSOCKET_PING:
    case CONFAB_WEBSOCKET_PONG:
      return final && length <= CONFAB_WEBSOCKET_CONTROL_MAX_BYTES ? 0
                                                                   : CONFAB_CLOSE_PROTOCOL_ERROR;

    default:
      return CONFAB_CLOSE_PROTOCOL_ERROR;
    }
}

static guint
get_head_length (const ConfabWebsocket *self)
{
  guint length = self->head[1] & 0x7f;

  return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + MASK_BYTES;
}

/* Read the length, which must have the shortest form (RFC 6455 §5.2). */
static gboolean
read_length (const ConfabWebsocket *self, guint64 *length)
{
  guint n = get_head_length (self) - 2 - MASK_BYTES;

  *length = n == 0 ? self->head[1] & 0x7f : 0;
  for (guint i = 0; i < n; i++)
    *length = *length << 8 | self->head[2 + i];

  return n == 0 || (n == 2 && *length >= 126)
         || (n == 8 && *length > G_MAXUINT16 && *length <= G_MAXINT64);
}

/* The head is complete. */
static guint
begin_payload (ConfabWebsocket *self)
{
  guint opcode = self->head[0] & 0x0f;
  gsize seen = self->message != NULL ? self->message->len : 0;
  guint64 length;

  if (!read_length (self, &length))
    return CONFAB_CLOSE_PROTOCOL_ERROR;
  if (!is_control (opcode) && length > self->max_bytes - seen)
    return CONFAB_CLOSE_TOO_BIG;

  self->in_payload = TRUE;
  self->remaining = length;
  self->mask_at = 0;
  self->n_control = 0;
  if (!is_control (opcode) && opcode != CONFAB_WEBSOCKET_CONTINUATION)
    {
      self->message_opcode = opcode;
      self->message = g_byte_array_new ();
    }

  return 0;
}

static guint
take_head_byte (ConfabWebsocket *self, guint8 byte)
{
  self->head[self->n_head++] = byte;
  if (self->n_head == 2)
    return check_beginning (self);
  if (self->n_head > 2 && self->n_head == get_head_length (self))
    return begin_payload (self);

  return 0;
}

/* ---- the payload ---- */

static void
unmask (ConfabWebsocket *self, const guint8 *data, gsize length)
{
  const guint8 *mask = self->head + self->n_head - MASK_BYTES;
  guint8 *to;

  if (is_control (self->head[0] & 0x0f))
    {
      to = self->control + self->n_control;
      self->n_control += (guint)length;
    }
  else
    {
      guint before = self->message->len;

      g_byte_array_set_size (self->message, before + (guint)length);
      to = self->message->data + before;
    }

  for (gsize i = 0; i < length; i++)
    to[i] = data[i] ^ mask[self->mask_at++ % MASK_BYTES];
  self->remaining -= length;
}

/* RFC 6455 §7.4: a close frame is empty, or contains a permitted code and a reason. */
static guint
check_close (const ConfabWebsocket *self)
{
  guint code = self->n_control >= 2 ? (guint)(self->control[0] << 8 | self->control[1]) : 0;

  if (self->n_control == 0)
    return 0;
  if (self->n_control == 1 || code < 1000 || (code >= 1004 && code <= 1006)
      || (code >= 1015 && code < 3000) || code >= 5000)
    return CONFAB_CLOSE_PROTOCOL_ERROR;

  return g_utf8_validate ((const char *)self->control + 2, self->n_control - 2, NULL)
             ? 0
             : CONFAB_CLOSE_INVALID_TEXT;
}

static guint
end_message (ConfabWebsocket *self, ConfabWebsocketFunc func, gpointer user_data, gboolean *go_on)
{
  g_autoptr (GByteArray) message = g_steal_pointer (&self->message);
  guint opcode = self->message_opcode;

  self->message_opcode = 0;
  if (opcode == CONFAB_WEBSOCKET_TEXT && message->len > 0
      && !g_utf8_validate ((const char *)message->data, message->len, NULL))
    return CONFAB_CLOSE_INVALID_TEXT;
  *go_on = func (opcode, message->data, message->len, user_data);

  return 0;
}

/* The frame is complete. */
static guint
end_frame (ConfabWebsocket *self, ConfabWebsocketFunc func, gpointer user_data, gboolean *go_on)
{
  guint opcode = self->head[0] & 0x0f;
  gboolean final = (self->head[0] & 0x80) != 0;
  guint problem = opcode == CONFAB_WEBSOCKET_CLOSE ? check_close (self) : 0;

  self->in_payload = FALSE;
  self->n_head = 0;
  if (problem != 0)
    return problem;
  if (is_control (opcode))
    *go_on = func (opcode, self->control, self->n_control, user_data);
  else if (final)
    return end_message (self, func, user_data, go_on);

  return 0;
}

guint
confab_websocket_feed (ConfabWebsocket *self,
                       const guint8 *data,
                       gsize length,
                       ConfabWebsocketFunc func,
                       gpointer user_data)
{
  const guint8 *end = data + length;
  gboolean go_on = TRUE;

  while (self->problem == 0 && go_on && (data < end || (self->in_payload && self->remaining == 0)))
    {
      if (!self->in_payload)
        {
          self->problem = take_head_byte (self, *data++);
        }
      else if (self->remaining > 0)
        {
          gsize part = (gsize)MIN ((guint64)(end - data), self->remaining);

          unmask (self, data, part);
          data += part;
        }
      else
        {
          self->problem = end_frame (self, func, user_data, &go_on);
        }
    }

  return self->problem;
}

/* ---- the server's side ---- */

guint
confab_websocket_write_head (guint8 *head, ConfabWebsocketOpcode opcode, gsize length)
{
  guint n_bytes = length < 126 ? 0 : length <= G_MAXUINT16 ? 2 : 8;

  head[0] = (guint8)(0x80 | opcode);
  head[1] = (guint8)(n_bytes == 0 ? length : n_bytes == 2 ? 126 : 127);
  for (guint i = 0; i < n_bytes; i++)
    head[2 + i] = (guint8)(length >> (8 * (n_bytes - 1 - i)));

  return 2 + n_bytes;
}

char *
confab_websocket_accept (const char *key)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree guchar *decoded = NULL;
  g_autofree char *again = NULL;
  guint8 digest[20];
  gsize length = 0;

  if (key == NULL)
    return NULL;
  decoded = g_base64_decode (key, &length);
  again = g_base64_encode (decoded, length);
  if (length != KEY_BYTES || !g_str_equal (again, key))
    return NULL;

  g_checksum_update (checksum, (const guchar *)key, -1);
  g_checksum_update (checksum, (const guchar *)HANDSHAKE_GUID, -1);
  length = sizeof digest;
  g_checksum_get_digest (checksum, digest, &length);

  return g_base64_encode (digest, length);
}
