/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* HTTP/1.1 and websockets on a libuv loop. Sockets and TLS are libwebsockets', which only these
 * files use; the data is parsed here, strictly (docs/decisions/010-http-is-read-with-llhttp.md).
 * Everything happens on the thread that calls confab_http_server_run(), except
 * confab_http_server_post(). */

#pragma once

#include <uv.h>

#include "confab-request.h"
#include "confab-socket.h"
#include "confab-tls.h"

G_BEGIN_DECLS

typedef struct _ConfabHttpServer ConfabHttpServer;

/**
 * ConfabHttpOptions:
 * @certificate: (nullable): a PEM file, with @key; %NULL for plain HTTP
 * @max_connections_per_address: by the peer's address; a trusted proxy's requests and streams count
 *   by the address that each is forwarded for
 * @trusted_proxies: (nullable) (element-type GInetAddressMask): proxies whose X-Forwarded-For is
 *   trusted
 */
typedef struct
{
  const char *address;
  guint port;
  const char *certificate;
  const char *key;
  guint max_connections;
  guint max_connections_per_address;
  GPtrArray *trusted_proxies;
} ConfabHttpOptions;

/**
 * ConfabHttpHandler:
 * @head: a request's head has arrived. If it is answered here, its body is discarded
 * @run: a request that @head did not answer is complete
 * @upgrade: returns whether a request may become a websocket. If it must not, it is answered; if it
 *   is not answered either, its path has no websocket, and @head is called
 * @socket_opened: makes the owner's object of an upgraded request, or NULL to refuse it
 * @socket_message: a complete message, at most CONFAB_STREAM_CLIENT_MESSAGE_MAX_BYTES; @text is
 *   FALSE for binary
 * @socket_writable: a frame may be written
 * @socket_alive: a pong arrived
 * @socket_closed: the last call for @data
 */
typedef struct
{
  void (*head) (ConfabRequest *request, gpointer user_data);
  void (*run) (ConfabRequest *request, gpointer user_data);
  gboolean (*upgrade) (ConfabRequest *request, gpointer user_data);
  gpointer (*socket_opened) (ConfabSocket *socket, ConfabRequest *request, gpointer user_data);
  void (*socket_message) (gpointer data, const char *message, gsize length, gboolean text);
  void (*socket_writable) (gpointer data);
  void (*socket_alive) (gpointer data);
  void (*socket_closed) (gpointer data);
} ConfabHttpHandler;

/* Start listening. @loop is borrowed. Returns: (transfer full): NULL with an error in G_IO_ERROR */
ConfabHttpServer *confab_http_server_new (uv_loop_t *loop,
                                          const ConfabHttpOptions *options,
                                          const ConfabHttpHandler *handler,
                                          gpointer user_data,
                                          GError **error);
/* Closes every connection, running the loop until that is done. */
void confab_http_server_free (ConfabHttpServer *self);

/* Return the port listened on: the one that the system chose if 0 was given. */
guint confab_http_server_get_port (ConfabHttpServer *self);
/* Requests that are not yet answered in full, or whose errands go on. */
guint confab_http_server_get_n_requests (ConfabHttpServer *self);

/* Return how many bytes of long answers and bodies were ever released. */
gsize confab_http_server_get_n_bytes_released (ConfabHttpServer *self);

/* Use @certificate (transfer full) for new connections, whichever type clients prefer. Return FALSE
 * if this server speaks plain HTTP, or OpenSSL refuses. */
gboolean confab_http_server_use_certificate (ConfabHttpServer *self,
                                             ConfabCertificate *certificate);

/* From now on, close new connections at once, and every connection after its answer. */
void confab_http_server_stop_accepting (ConfabHttpServer *self);

/* Run @func (data) on the loop thread. Any thread. Functions posted together run together, in
 * order. */
void confab_http_server_post (ConfabHttpServer *self, void (*func) (gpointer data), gpointer data);

G_END_DECLS
