/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The websocket protocol (RFC 6455) as a server needs it: the answer to a handshake, frames of a
 * client taken apart, and the head of a server's frame. No extensions. */

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
 * What has been taken in of a frame and of a message. Begins as all zeros, with @max_bytes set:
 * how long a message may be.
 */
typedef struct
{
  gsize max_bytes;
  guint problem;   /* 0, or the code that ended it */
  guint8 head[14]; /* of the frame that is coming */
  guint n_head;
  gboolean in_payload;
  guint64 remaining; /* of the payload */
  guint mask_at;
  guint8 control[CONFAB_WEBSOCKET_CONTROL_MAX_BYTES];
  guint n_control;
  guint message_opcode; /* 0: none has begun */
  GByteArray *message;
} ConfabWebsocket;

/* A whole message, or a control frame. Returns FALSE if nothing more is to be taken. */
typedef gboolean (*ConfabWebsocketFunc) (ConfabWebsocketOpcode opcode,
                                         const guint8 *data,
                                         gsize length,
                                         gpointer user_data);

/**
 * confab_websocket_feed:
 * @data: (array length=length): what came next from the client
 *
 * After a problem nothing more is taken: where the next frame begins is not known.
 *
 * Returns: 0, or the code to close with: 1002 for what no client may send (unmasked frames,
 * reserved bits and opcodes,
 *   lengths that are impossible or not written in their shortest form), 1007 for text that is
 *   not UTF-8, 1009 for a
 *   message that is too long
 */
guint confab_websocket_feed (ConfabWebsocket *self,
                             const guint8 *data,
                             gsize length,
                             ConfabWebsocketFunc func,
                             gpointer user_data);

void confab_websocket_clear (ConfabWebsocket *self);

/* Writes the head of a server's frame of @length bytes to @head, which has
 * CONFAB_WEBSOCKET_HEAD_MAX_BYTES.
 * Returns how many bytes it has. */
guint confab_websocket_write_head (guint8 *head, ConfabWebsocketOpcode opcode, gsize length);

/* Sec-WebSocket-Accept for the client's @key. Returns: (transfer full) (nullable): NULL if @key
 * is none (16 bytes in base64) */
char *confab_websocket_accept (const char *key);

G_END_DECLS
