/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the files of the transport share. */

#pragma once

#include <libwebsockets.h>

#include "confab-chunked.h"
#include "confab-http-server.h"

G_BEGIN_DECLS

struct _ConfabHttpServer
{
  struct lws_context      *context;
  struct lws_vhost        *vhost;
  uv_loop_t               *loop;
  const ConfabHttpHandler *handler;
  gpointer                 user_data;
  guint                    max_connections;
  guint                    max_connections_per_address;
  char                   **trusted_proxies;
  char                    *certificate;
  char                    *key;
  char                    *address;
  gboolean                 stopping;
  guint                    n_connections;
  guint                    n_requests;
  GHashTable              *addresses; /* char * → Address */
  guint32                  id_prefix;
  guint32                  last_id;
  GString                 *scratch; /* what is being written, after LWS_PRE bytes */

  GMutex  lock; /* guards posted and woken */
  GArray *posted;
  GArray *running;
  gboolean woken;
};

struct _ConfabRequest
{
  guint             ref_count;
  ConfabHttpServer *server;
  struct lws       *wsi; /* NULL once the connection is gone */
  ConfabMethod      method;
  gboolean          is_head;
  gboolean          keep_alive;
  gboolean          in_callback; /* inside a callback of libwebsockets, which sends the answer itself */
  gboolean          receiving;   /* the body is not complete */
  gboolean          close_after;
  gboolean          responded;
  gboolean          head_sent;
  char             *path;
  char            **query; /* name=value */
  char             *headers[CONFAB_N_HEADERS];
  char              address[INET6_ADDRSTRLEN];
  char              id[20];
  gint64            started_at;
  GByteArray       *body;
  ConfabChunked    *chunked; /* (nullable): how the body is coded */
  guint64           content_length; /* 0 if it was not said */
  guint64           body_seen;
  gconstpointer     route;
  const char       *template;
  char             *params[CONFAB_REQUEST_MAX_PARAMS];
  gint64            session_id;
  gint64            user_id;
  const char       *content_type;  /* (nullable): JSON */
  const char       *cache_control; /* (nullable): not to be kept */
  guint             status;
  const char       *problem; /* its code, for the log */
  guint             retry_after;
  guint             allowed;
  char             *answer;
  gsize             answer_length;
  gsize             sent;
};

struct _ConfabSocket
{
  ConfabHttpServer *server;
  struct lws       *wsi;
  gpointer          data;
  GByteArray       *message; /* the part of a message that is in */
  guint             close_code;
  gboolean          established;
  gboolean          close_sent;
  gboolean          ping_wanted;
  gboolean          failed;
};

/* What libwebsockets keeps for each connection. */
typedef struct
{
  ConfabRequest *request;
} ConfabHttpSlot;

typedef struct
{
  ConfabSocket *socket;
} ConfabSocketSlot;

/* confab-request.c */
/* Turns an address into whom it counts for, in place: @text has INET6_ADDRSTRLEN bytes. */
void           confab_request_use_network (char *text);
ConfabRequest *confab_request_new (ConfabHttpServer *server, struct lws *wsi);
gboolean       confab_request_check_framing (ConfabRequest *self, gboolean *has_body);
/* FALSE if the connection is to be dropped. @complete: a chunked body has ended, or the answer cannot wait for it */
gboolean       confab_request_take_body (ConfabRequest *self, const void *data, gsize length, gboolean *complete);
void           confab_request_detach (ConfabRequest *self);

/* confab-response.c: each returns what the callback of libwebsockets is to return */
int confab_response_flush (ConfabRequest *self);

/* confab-socket.c */
int confab_socket_callback (struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length);

G_END_DECLS
