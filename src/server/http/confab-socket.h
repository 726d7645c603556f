/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A websocket: text frames in and out, written only when the peer can take them. Loop thread
 * only. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The subprotocol (RFC 6455 §1.9) of all websockets. */
#define CONFAB_SOCKET_PROTOCOL "confab.v1"

typedef struct _ConfabSocket ConfabSocket;

/* RFC 6455 §7.4.1 */
typedef enum
{
  CONFAB_CLOSE_NORMAL = 1000,
  CONFAB_CLOSE_GOING_AWAY = 1001,
  CONFAB_CLOSE_PROTOCOL_ERROR = 1002,
  CONFAB_CLOSE_NOT_UNDERSTOOD = 1003,
  CONFAB_CLOSE_INVALID_TEXT = 1007,
  CONFAB_CLOSE_POLICY = 1008,
  CONFAB_CLOSE_TOO_BIG = 1009,
} ConfabCloseCode;

/* Request a call of socket_writable() when a frame can be written. */
void confab_socket_want_write (ConfabSocket *self);

/* Append a frame to the string returned by confab_socket_begin_text(), then send it with
 * confab_socket_end_text(). Only in socket_writable(), one frame per call. */
GString *confab_socket_begin_text (ConfabSocket *self);
void confab_socket_end_text (ConfabSocket *self);

/* Send a ping as soon as the peer can take it. */
void confab_socket_ping (ConfabSocket *self);

/* Close with @code, after the frame being written. */
void confab_socket_close (ConfabSocket *self, ConfabCloseCode code);
/* Drop the connection at once, for a peer that neither reads nor answers. */
void confab_socket_abort (ConfabSocket *self);

G_END_DECLS
