/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-http-private.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/resource.h>

#include "confab-tls.h"
#include "confab-transport-log.h"

/* The time for a TLS handshake. */
#define HANDSHAKE_SECONDS 10
/* The file descriptors for the database, the log and the loop. */
#define SPARE_DESCRIPTORS 64
/* The size of a read from a connection. */
#define READ_BYTES 16384
/* The size of a write to the kernel; libwebsockets keeps the rest. */
#define WRITE_BYTES 65536
/* Refused connections are logged at most once in this time. */
#define TELL_AGAIN_SECONDS 60

/* The maximum of memory for unread answers and incomplete bodies. */
static const ConfabFlightLimits flight_limits = {
  .per_user = 8 * 1024 * 1024,
  .per_address = 64 * 1024 * 1024,
  .in_all = 256 * 1024 * 1024,
};

typedef struct
{
  void (*func) (gpointer data);
  gpointer data;
} Posted;

/* ---- connections ---- */

/* Write the peer's address to @text; an IPv4 address that is mapped into IPv6 as IPv4. */
static void
format_peer (int fd, char *text, gsize size)
{
  struct sockaddr_storage storage = { 0 };
  socklen_t length = sizeof storage;

  g_strlcpy (text, "unknown", size);
  if (getpeername (fd, (struct sockaddr *)&storage, &length) != 0)
    return;

  if (storage.ss_family == AF_INET)
    inet_ntop (AF_INET, &((struct sockaddr_in *)&storage)->sin_addr, text, (socklen_t)size);
  else if (storage.ss_family == AF_INET6)
    {
      const struct in6_addr *address = &((struct sockaddr_in6 *)&storage)->sin6_addr;

      if (IN6_IS_ADDR_V4MAPPED (address))
        inet_ntop (AF_INET, &address->s6_addr[12], text, (socklen_t)size);
      else
        inet_ntop (AF_INET6, address, text, (socklen_t)size);
    }
}

/* Log refused connections, at most one line a minute. */
static void
tell_refusal (ConfabHttpServer *self)
{
  gint64 now = g_get_monotonic_time ();

  self->n_refused++;
  if (self->refusal_told_at != 0
      && now - self->refusal_told_at < TELL_AGAIN_SECONDS * G_USEC_PER_SEC)
    return;

  g_printerr ("event=connections-refused count=%u open=%u limit=%u\n", self->n_refused,
              self->n_connections, self->max_connections);
  self->refusal_told_at = now;
  self->n_refused = 0;
}

static gboolean
may_connect (ConfabHttpServer *self, int fd)
{
  char text[INET6_ADDRSTRLEN];

  if (self->stopping)
    return FALSE;
  if (self->n_connections >= self->max_connections)
    {
      tell_refusal (self);
      return FALSE;
    }

  format_peer (fd, text, sizeof text);
  if (confab_forwarded_is_proxy (self->proxies, text))
    return TRUE;

  confab_forwarded_use_network (text);

  return confab_addresses_has_room (self->addresses, text);
}

/* A proxy's connections are not counted for an address, but its requests are, see
 * count_forwarded(). */
static void
connected (ConfabHttpServer *self, struct lws *wsi)
{
  char text[INET6_ADDRSTRLEN];
  ConfabConnection *connection;

  format_peer (lws_get_socket_fd (wsi), text, sizeof text);
  connection = confab_connection_new (self, wsi, text);
  if (!connection->proxied)
    {
      confab_forwarded_use_network (text);
      connection->address = confab_addresses_take (self->addresses, text);
    }
  self->n_connections++;
  lws_set_opaque_user_data (wsi, connection);
}

static void
disconnected (ConfabHttpServer *self, struct lws *wsi)
{
  ConfabConnection *connection = lws_get_opaque_user_data (wsi);

  if (connection == NULL)
    return;

  lws_set_opaque_user_data (wsi, NULL);
  self->n_connections--;
  confab_connection_free (connection);
}

static int
connection_callback (struct lws *wsi,
                     enum lws_callback_reasons reason,
                     void *user,
                     void *in,
                     size_t length)
{
  ConfabHttpServer *self = wsi != NULL ? lws_context_user (lws_get_context (wsi)) : NULL;
  ConfabConnection *connection;

  switch ((int)reason)
    {
    case LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS:
      confab_tls_harden (user);
      confab_tls_use_current (user, &self->certificate_now);
      self->ssl_context = user;
      return 0;

    case LWS_CALLBACK_FILTER_NETWORK_CONNECTION:
      return may_connect (self, (int)(lws_intptr_t)in) ? 0 : 1;

    case LWS_CALLBACK_RAW_ADOPT:
      connected (self, wsi);
      return 0;

    case LWS_CALLBACK_RAW_CLOSE:
    case LWS_CALLBACK_WSI_DESTROY:
      disconnected (self, wsi);
      return 0;

    case LWS_CALLBACK_RAW_RX:
      connection = lws_get_opaque_user_data (wsi);
      return connection != NULL ? confab_connection_receive (connection, in, length) : -1;

    case LWS_CALLBACK_RAW_WRITEABLE:
      connection = lws_get_opaque_user_data (wsi);
      return connection != NULL ? confab_connection_writable (connection) : -1;

    default:
      return 0;
    }
}

/* ---- the loop ---- */

static void
run_posted (ConfabHttpServer *self)
{
  GArray *batch;

  g_mutex_lock (&self->lock);
  batch = self->posted;
  self->posted = self->running;
  self->running = batch;
  self->woken = FALSE;
  g_mutex_unlock (&self->lock);

  for (guint i = 0; i < batch->len; i++)
    {
      Posted posted = g_array_index (batch, Posted, i);

      posted.func (posted.data);
    }
  g_array_set_size (batch, 0);
}

/* The callback of a protocol without connections, which runs what other threads have posted.
 * libwebsockets sends the event to all protocols; the other one ignores it. */
static int
loop_callback (struct lws *wsi,
               enum lws_callback_reasons reason,
               void *user,
               void *in,
               size_t length)
{
  if (reason == LWS_CALLBACK_EVENT_WAIT_CANCELLED)
    run_posted (lws_context_user (lws_get_context (wsi)));

  return 0;
}

static const struct lws_protocols protocols[] = {
  { "connection", connection_callback, 0, READ_BYTES, 0, NULL, WRITE_BYTES },
  { "confab-loop", loop_callback, 0, 0, 0, NULL, 0 },
  LWS_PROTOCOL_LIST_TERM
};

void
confab_http_server_post (ConfabHttpServer *self, void (*func) (gpointer data), gpointer data)
{
  Posted posted = { func, data };
  gboolean wake;

  g_mutex_lock (&self->lock);
  g_array_append_val (self->posted, posted);
  wake = !self->woken;
  self->woken = TRUE;
  g_mutex_unlock (&self->lock);

  if (wake)
    lws_cancel_service (self->context);
}

/* ---- starting and stopping ---- */

/* Limit connections to the available file descriptors. At our limit a new connection is accepted
 * and closed; without a descriptor for that, the loop would be woken for it again and again. */
static void
fit_descriptor_limit (ConfabHttpServer *self)
{
  struct rlimit limit;
  rlim_t wanted = self->max_connections + SPARE_DESCRIPTORS;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
    return;

  limit.rlim_cur = MIN (wanted, limit.rlim_max);
  setrlimit (RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= wanted)
    return;

  g_printerr (
      "event=warning message=\"RLIMIT_NOFILE is %lu, too low for connections=%u\" limit=%u\n",
      (gulong)limit.rlim_cur, self->max_connections,
      (guint)(limit.rlim_cur - MIN (limit.rlim_cur / 2, SPARE_DESCRIPTORS)));
  self->max_connections = (guint)(limit.rlim_cur - MIN (limit.rlim_cur / 2, SPARE_DESCRIPTORS));
}

/* Check that we can listen at the address. libwebsockets would retry forever at an address that
 * this machine does not have, and never reports why it fails. */
static gboolean
try_address (const ConfabHttpOptions *options, GError **error)
{
  g_autoptr (GSocketAddress) address =
      g_inet_socket_address_new_from_string (options->address, options->port);
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address),
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  return socket != NULL && g_socket_bind (socket, address, TRUE, error);
}

static gboolean
listen_at (ConfabHttpServer *self, const ConfabHttpOptions *options, GError **error)
{
  /* confab-connection.c and confab_socket_ping() check whether clients are alive. */
  static const lws_retry_bo_t no_validity_checks = { 0 };
  void *loops[] = { self->loop };
  struct lws_context_creation_info info = { 0 };

  if (!try_address (options, error))
    return FALSE;

  info.options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS
                 | LWS_SERVER_OPTION_UV_NO_SIGSEGV_SIGFPE_SPIN
                 | LWS_SERVER_OPTION_ADOPT_APPLY_LISTEN_ACCEPT_CONFIG
                 | LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND
                 | LWS_SERVER_OPTION_SKIP_SERVER_CANONICAL_NAME
                 | LWS_SERVER_OPTION_NO_LWS_SYSTEM_STATES;
  if (options->certificate != NULL)
    info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
  if (strchr (options->address, ':') == NULL)
    info.options |= LWS_SERVER_OPTION_DISABLE_IPV6;
  info.foreign_loops = loops;
  info.pcontext = &self->context;
  info.user = self;
  info.protocols = protocols;
  /* libwebsockets does only sockets and TLS: confab-http-parser.c and confab-websocket.c parse the
   * data. */
  info.listen_accept_role = "raw-skt";
  info.listen_accept_protocol = protocols[0].name;
  info.timeout_secs = HANDSHAKE_SECONDS;
  info.fd_limit_per_thread = self->max_connections + SPARE_DESCRIPTORS;
  info.retry_and_idle_policy = &no_validity_checks;
  info.pt_serv_buf_size = READ_BYTES;
  info.port = (int)options->port;
  self->address = g_strdup (options->address);
  if (!g_str_equal (self->address, "0.0.0.0") && !g_str_equal (self->address, "::"))
    info.iface = self->address;
  info.alpn = "http/1.1";
  info.ssl_cipher_list = CONFAB_TLS_CIPHERS;
  info.ssl_cert_filepath = self->certificate = g_strdup (options->certificate);
  info.ssl_private_key_filepath = self->key = g_strdup (options->key);

  self->context = lws_create_context (&info);
  if (self->context != NULL)
    self->vhost = lws_create_vhost (self->context, &info);
  if (self->vhost == NULL)
    {
      if (options->certificate != NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                     "cannot use the certificate %s with the key %s; the line above says why",
                     options->certificate, options->key);
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot listen at %s port %u",
                     options->address, options->port);
      return FALSE;
    }

  return TRUE;
}

ConfabHttpServer *
confab_http_server_new (uv_loop_t *loop,
                        const ConfabHttpOptions *options,
                        const ConfabHttpHandler *handler,
                        gpointer user_data,
                        GError **error)
{
  ConfabHttpServer *self = g_new0 (ConfabHttpServer, 1);

  self->loop = loop;
  self->handler = handler;
  self->user_data = user_data;
  self->max_connections = options->max_connections;
  self->proxies = options->trusted_proxies != NULL ? g_ptr_array_ref (options->trusted_proxies)
                                                   : g_ptr_array_new ();
  self->addresses = confab_addresses_new (options->max_connections_per_address);
  self->flights = confab_flights_new (&flight_limits);
  self->id_prefix = g_random_int ();
  self->scratch = g_string_sized_new (128 * 1024);
  self->posted = g_array_new (FALSE, FALSE, sizeof (Posted));
  self->running = g_array_new (FALSE, FALSE, sizeof (Posted));
  g_mutex_init (&self->lock);
  fit_descriptor_limit (self);
  confab_transport_log_start ();

  if (!listen_at (self, options, error))
    {
      confab_http_server_free (self);
      return NULL;
    }

  return self;
}

void
confab_http_server_free (ConfabHttpServer *self)
{
  /* On a foreign loop the first call closes what is open. Once the loop has released that, another
   * call frees the rest and sets self->context to NULL. */
  while (self->context != NULL)
    {
      lws_context_destroy (self->context);
      for (guint i = 0; i < 100 && uv_run (self->loop, UV_RUN_NOWAIT) != 0; i++)
        g_usleep (1000);
    }

  run_posted (self);
  g_array_unref (self->posted);
  g_array_unref (self->running);
  g_mutex_clear (&self->lock);
  g_string_free (self->scratch, TRUE);
  confab_addresses_free (self->addresses);
  confab_flights_free (self->flights);
  g_ptr_array_unref (self->proxies);
  g_clear_pointer (&self->certificate_now, confab_certificate_free);
  g_free (self->certificate);
  g_free (self->key);
  g_free (self->address);
  g_free (self);
}

guint
confab_http_server_get_port (ConfabHttpServer *self)
{
  return (guint)lws_get_vhost_listen_port (self->vhost);
}

guint
confab_http_server_get_n_requests (ConfabHttpServer *self)
{
  return self->n_requests;
}

gsize
confab_http_server_get_n_bytes_released (ConfabHttpServer *self)
{
  return confab_flights_get_released (self->flights);
}

gboolean
confab_http_server_use_certificate (ConfabHttpServer *self, ConfabCertificate *certificate)
{
  g_autoptr (ConfabCertificate) owned = certificate;

  if (self->ssl_context == NULL || !confab_certificate_suits (owned, self->ssl_context))
    return FALSE;

  g_clear_pointer (&self->certificate_now, confab_certificate_free);
  self->certificate_now = g_steal_pointer (&owned);

  return TRUE;
}

void
confab_http_server_stop_accepting (ConfabHttpServer *self)
{
  self->stopping = TRUE;
}
