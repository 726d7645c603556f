/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the files of the transport share. */

#pragma once

#include <libwebsockets.h>

#include "confab-flights.h"
#include "confab-forwarded.h"
#include "confab-http-parser.h"
#include "confab-http-server.h"
#include "confab-websocket.h"

G_BEGIN_DECLS

typedef struct _ConfabConnection ConfabConnection;

/* How many connections, or requests that a proxy forwards, one address has. */
typedef struct
{
  char *text;
  guint n_connections;
} ConfabAddress;

struct _ConfabHttpServer
{
  struct lws_context *context;
  struct lws_vhost *vhost;
  gpointer ssl_context;               /* (nullable): an SSL_CTX, the vhost's */
  ConfabCertificate *certificate_now; /* (nullable): the one from the start has not been renewed */
  uv_loop_t *loop;
  const ConfabHttpHandler *handler;
  gpointer user_data;
  guint max_connections;
  guint max_connections_per_address;
  GPtrArray *proxies; /* (element-type GInetAddressMask) */
  char *certificate;
  char *key;
  char *address;
  gboolean stopping;
  guint n_connections;
  guint n_requests;
  gint64 refusal_told_at; /* monotonic, us */
  guint n_refused;        /* since then */
  GHashTable *addresses;  /* char * → ConfabAddress */
  ConfabFlights *flights;
  guint32 id_prefix;
  guint32 last_id;
  GString *scratch; /* what is being written, after LWS_PRE bytes */

  GMutex lock; /* guards posted and woken */
  GArray *posted;
  GArray *running;
  gboolean woken;
};

typedef enum
{
  CONFAB_CONNECTION_HEAD,
  CONFAB_CONNECTION_BODY,
  CONFAB_CONNECTION_ANSWER, /* of the request that has come; what follows it waits */
  CONFAB_CONNECTION_STREAM,
  CONFAB_CONNECTION_DRAIN, /* everything is said; what still comes is passed over */
} ConfabConnectionState;

struct _ConfabConnection
{
  ConfabHttpServer *server;
  struct lws *wsi;
  ConfabConnectionState state;
  char peer[INET6_ADDRSTRLEN];
  gboolean proxied;         /* the peer is a proxy: its requests count, by whom they are from */
  ConfabAddress *address;   /* (nullable): whom the connection counts for */
  GByteArray *in;           /* what has come and is not taken yet */
  ConfabHttpParser *parser; /* NULL once it is a stream */
  gboolean head_begun;
  ConfabRequest *request;
  ConfabSocket *socket;
  gsize n_drained;
};

struct _ConfabRequest
{
  guint ref_count;
  ConfabHttpServer *server;
  ConfabConnection *connection; /* NULL once it is gone, or done with this request */
  ConfabHead *head;             /* (nullable): it could not be read */
  ConfabMethod method;          /* 0 for one that nothing here has */
  gboolean is_head;
  gboolean keep_alive;
  gboolean in_callback; /* its handler is running, and the answer is sent afterwards */
  gboolean receiving;   /* the body is not complete */
  gboolean close_after;
  gboolean responded;
  gboolean head_sent;
  char address[INET6_ADDRSTRLEN];
  ConfabAddress *forwarded_for; /* (nullable): counted there */
  char id[20];
  gint64 started_at;
  GByteArray *body;
  guint64 body_seen;
  gconstpointer route;
  const char *template;
  char *params[CONFAB_REQUEST_MAX_PARAMS];
  gint64 session_id;
  gint64 user_id;
  ConfabHold hold;           /* of the body and the answer */
  const char *content_type;  /* (nullable): JSON */
  const char *cache_control; /* (nullable): not to be kept */
  guint status;
  const char *problem; /* its code, for the log */
  guint retry_after;
  guint allowed;
  char *answer;
  gsize answer_length;
  gsize sent;
  gint64 sending_since; /* monotonic, us */
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
  ConfabHold hold;              /* of a frame that the peer has not taken yet */
  guint close_code;
  gboolean close_sent;
  gboolean close_received;
  gboolean ping_wanted;
  gboolean pong_wanted;
  guint8 pong[CONFAB_WEBSOCKET_CONTROL_MAX_BYTES];
  guint n_pong;
  gboolean failed;
};

/* confab-connection.c. Those that return an int return what the callback of libwebsockets is to
 * return. */
ConfabConnection *confab_connection_new (ConfabHttpServer *server,
                                         struct lws *wsi,
                                         const char *peer);
void confab_connection_free (ConfabConnection *self);
int confab_connection_receive (ConfabConnection *self, const guint8 *data, gsize length);
int confab_connection_writable (ConfabConnection *self);
/* An answer is sent: begins the next request, or ends the connection. */
int confab_connection_finish_request (ConfabConnection *self, gboolean close);
int confab_connection_drain (ConfabConnection *self);
/* Ends it at once, from outside of its callbacks. */
void confab_connection_abort (ConfabConnection *self);
/* Writes; what the peer does not take now libwebsockets keeps. FALSE if the connection is
 * broken. */
gboolean confab_connection_write (ConfabConnection *self, GString *out);

/* confab-http-server.c */
/* Counts one more for @text. Returns: (nullable): NULL if it has as many as it may */
ConfabAddress *confab_http_server_take_address (ConfabHttpServer *self, const char *text);
void confab_http_server_return_address (ConfabHttpServer *self, ConfabAddress *address);

/* confab-request.c */
/* @head is (transfer full) (nullable). */
ConfabRequest *confab_request_new (ConfabConnection *connection, ConfabHead *head);
gboolean confab_request_check_framing (ConfabRequest *self, gboolean *has_body);
/* Takes what it can of @data, and says how much in *@taken. FALSE if the connection is to be
 * dropped. @complete: the body has ended, or the answer cannot wait for it */
gboolean confab_request_take_body (ConfabRequest *self,
                                   const guint8 *data,
                                   gsize length,
                                   gsize *taken,
                                   gboolean *complete);
/* Counts @length bytes as in flight. FALSE if there is no room for them: then nothing is
 * counted. */
gboolean confab_request_hold (ConfabRequest *self, gsize length);
void confab_request_detach (ConfabRequest *self);

/* confab-response.c */
int confab_response_flush (ConfabRequest *self);

/* confab-socket.c */
/* Answers the handshake, or refuses it: then the request has its answer and NULL is returned. */
ConfabSocket *confab_socket_accept (ConfabConnection *connection, ConfabRequest *request);
void confab_socket_free (ConfabSocket *self);
int confab_socket_receive (ConfabSocket *self, const guint8 *data, gsize length);
int confab_socket_writable (ConfabSocket *self);

G_END_DECLS
