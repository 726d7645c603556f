/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Declarations that the files of the transport share. confab-http-server.c accepts connections, and
 * four files call each other, because what they describe does: a connection (confab-connection.c)
 * has a request (confab-request.c) or a websocket (confab-socket.c); a request is answered
 * (confab-response.c) on its connection, which then goes on. */

#pragma once

#include <libwebsockets.h>

#include "confab-addresses.h"
#include "confab-flights.h"
#include "confab-forwarded.h"
#include "confab-http-parser.h"
#include "confab-http-server.h"
#include "confab-websocket.h"

G_BEGIN_DECLS

typedef struct _ConfabConnection ConfabConnection;

struct _ConfabHttpServer
{
  struct lws_context *context;
  struct lws_vhost *vhost;
  gpointer ssl_context;               /* (nullable): an SSL_CTX, the vhost's */
  ConfabCertificate *certificate_now; /* (nullable): NULL until one is renewed */
  uv_loop_t *loop;
  const ConfabHttpHandler *handler;
  gpointer user_data;
  guint max_connections;
  GPtrArray *proxies; /* (element-type GInetAddressMask) */
  char *certificate;
  char *key;
  char *address;
  gboolean stopping;
  guint n_connections;
  guint n_requests;
  gint64 refusal_told_at; /* monotonic, µs */
  guint n_refused;        /* since then */
  ConfabAddresses *addresses;
  ConfabFlights *flights;
  guint32 id_prefix;
  guint32 last_id;
  GString *scratch; /* the data to write, after LWS_PRE bytes */

  GMutex lock; /* guards posted and woken */
  GArray *posted;
  GArray *running;
  gboolean woken;
};

typedef enum
{
  CONFAB_CONNECTION_HEAD,
  CONFAB_CONNECTION_BODY,
  CONFAB_CONNECTION_ANSWER, /* a request is being answered; further data waits */
  CONFAB_CONNECTION_STREAM,
  CONFAB_CONNECTION_DRAIN, /* the last answer is sent; further data is ignored */
} ConfabConnectionPhase;

struct _ConfabConnection
{
  ConfabHttpServer *server;
  struct lws *wsi;
  ConfabConnectionPhase state;
  char peer[INET6_ADDRSTRLEN];
  gboolean proxied;         /* the peer is a proxy: requests are counted, not the connection */
  ConfabAddress *address;   /* (nullable): the address that the connection is counted for */
  GByteArray *in;           /* received data that is not parsed yet */
  ConfabHttpParser *parser; /* NULL for a stream */
  gboolean head_begun;
  ConfabRequest *request;
  ConfabSocket *socket;
  gsize n_drained;
};

struct _ConfabRequest
{
  guint ref_count;
  ConfabHttpServer *server;
  ConfabConnection *connection; /* NULL once it is closed, or finished with this request */
  ConfabHead *head;             /* (nullable): NULL if it is malformed */
  ConfabMethod method;          /* 0 for an unknown method */
  gboolean is_head;
  gboolean keep_alive;
  gboolean in_callback; /* the handler runs; the answer is sent afterwards */
  gboolean receiving;   /* the body is incomplete */
  gboolean close_after;
  gboolean responded;
  gboolean head_sent;
  char address[INET6_ADDRSTRLEN];
  ConfabAddress *forwarded_for; /* (nullable): the request is counted there */
  char id[20];
  gint64 started_at;
  GByteArray *body;
  guint64 body_seen;
  gconstpointer route;
  const char *template;
  char *params[CONFAB_REQUEST_MAX_PARAMS];
  gint64 session_id;
  gint64 user_id;
  ConfabHold hold;           /* for the body and the answer */
  const char *content_type;  /* (nullable): JSON */
  const char *cache_control; /* (nullable): no-store */
  guint status;
  const char *problem; /* its code, for the log */
  guint retry_after;
  guint allowed;
  char *answer;
  gsize answer_length;
  gsize sent;
  gint64 sending_since; /* monotonic, µs */
};

struct _ConfabSocket
{
  ConfabHttpServer *server;
  ConfabConnection *connection;
  gpointer data;
  ConfabWebsocket websocket;
  gint64 user_id;
  char address[INET6_ADDRSTRLEN];
  ConfabAddress *forwarded_for; /* (nullable) */
  ConfabHold hold;              /* for the part of a frame that the peer has not read */
  guint close_code;
  gboolean close_sent;
  gboolean close_received;
  gboolean ping_wanted;
  gboolean pong_wanted;
  guint8 pong[CONFAB_WEBSOCKET_CONTROL_MAX_BYTES];
  guint n_pong;
  gboolean failed;
};

/* confab-connection.c. Functions that return an int return the result for libwebsockets'
 * callback. */
ConfabConnection *confab_connection_new (ConfabHttpServer *server,
                                         struct lws *wsi,
                                         const char *peer);
void confab_connection_free (ConfabConnection *self);
int confab_connection_receive (ConfabConnection *self, const guint8 *data, gsize length);
int confab_connection_writable (ConfabConnection *self);
/* Begins the next request after an answer is sent, or ends the connection. */
int confab_connection_finish_request (ConfabConnection *self, gboolean close);
int confab_connection_drain (ConfabConnection *self);
/* Ends the connection at once. Not to be called in its callbacks. */
void confab_connection_abort (ConfabConnection *self);
/* Write; libwebsockets buffers what the peer does not read now. FALSE if the connection is
 * broken. */
gboolean confab_connection_write (ConfabConnection *self, GString *out);

/* confab-request.c */
/* @head is (transfer full) (nullable). */
ConfabRequest *confab_request_new (ConfabConnection *connection, ConfabHead *head);
gboolean confab_request_check_framing (ConfabRequest *self, gboolean *has_body);
/* Consume as much of @data as possible, and return in *@taken how much. FALSE to drop the
 * connection. @complete: the body has ended, or the answer cannot wait for its end */
gboolean confab_request_take_body (ConfabRequest *self,
                                   const guint8 *data,
                                   gsize length,
                                   gsize *taken,
                                   gboolean *complete);
/* Count @length bytes as in flight. Return FALSE, without counting, if there is no room. */
gboolean confab_request_hold (ConfabRequest *self, gsize length);
void confab_request_detach (ConfabRequest *self);

/* confab-response.c */
int confab_response_flush (ConfabRequest *self);

/* confab-socket.c */
/* Accepts a websocket. Returns NULL if it is refused, then the request is answered, or if the path
 * has none. */
ConfabSocket *confab_socket_accept (ConfabConnection *connection, ConfabRequest *request);
void confab_socket_free (ConfabSocket *self);
int confab_socket_receive (ConfabSocket *self, const guint8 *data, gsize length);
int confab_socket_writable (ConfabSocket *self);

G_END_DECLS
