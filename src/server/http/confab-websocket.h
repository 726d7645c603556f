/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The server's side of the websocket protocol (RFC 6455): the answer to a handshake, parsing a
 * client's frames, and the head of a server's frame. No extensions. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CONFAB_WEBSOCKET_CONTINUATION = 0,
  CONFAB_WEBSOCKET_TEXT = 1,
  CONFAB_WEBSOCKET_BINARY = 2,
  CONFAB_WEBSOCKET_CLOSE = 8,
  CONFAB_WEBSOCKET_PING = 9,
  CONFAB_WEBSOCKET_PONG = 10,
} ConfabWebsocketOpcode;

#define CONFAB_WEBSOCKET_CONTROL_MAX_BYTES 125
#define CONFAB_WEBSOCKET_HEAD_MAX_BYTES 10

/**
 * ConfabWebsocket:
 *
 * The state of parsing a frame and a message. Initialise with zeros and set @max_bytes, the maximum
 * length of a message.
 */
typedef struct
{
  gsize max_bytes;
  guint problem;   /* 0, or the code that ended it */
  guint8 head[14]; /* of the frame being parsed */
  guint n_head;
  gboolean in_payload;
  guint64 remaining; /* of the payload */
  guint mask_at;
  guint8 control[CONFAB_WEBSOCKET_CONTROL_MAX_BYTES];
  guint n_control;
  guint message_opcode; /* 0: between messages */
  GByteArray *message;
} ConfabWebsocket;

/* Called with a complete message, or a control frame. Return FALSE to stop parsing. */
typedef gboolean (*ConfabWebsocketFunc) (ConfabWebsocketOpcode opcode,
                                         const guint8 *data,
                                         gsize length,
                                         gpointer user_data);

/**
 * confab_websocket_feed:
 * @data: (array length=length): the next bytes from the client
 *
 * After a problem nothing more is parsed, because the start of the next frame is unknown.
 *
 * Returns: 0, or the code to close with: 1002 for frames that clients must not send (unmasked,
 * reserved bits and opcodes, lengths that are impossible or not in their shortest form), 1007 for
 * text that is not UTF-8, 1009 for a message that is too long
 */
guint confab_websocket_feed (ConfabWebsocket *self,
                             const guint8 *data,
                             gsize length,
                             ConfabWebsocketFunc func,
                             gpointer user_data);

void confab_websocket_clear (ConfabWebsocket *self);

/* Write the head of a server's frame of @length bytes to @head, which has
 * CONFAB_WEBSOCKET_HEAD_MAX_BYTES. Return its length. */
guint confab_websocket_write_head (guint8 *head, ConfabWebsocketOpcode opcode, gsize length);

/* Return Sec-WebSocket-Accept for the client's @key, or NULL if @key is invalid (not 16 bytes in
 * base64). (transfer full) (nullable) */
char *confab_websocket_accept (const char *key);

G_END_DECLS
