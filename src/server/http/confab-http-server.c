/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-http-private.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <sys/resource.h>

#include "confab-limits.h"

/* For a head, and between the pieces of a body. */
#define REQUEST_TIMEOUT_SECONDS 10
/* For a whole body. */
#define BODY_TIMEOUT_SECONDS 30
#define KEEP_ALIVE_SECONDS 60
#define HEAD_MAX_BYTES 8192
/* Descriptors the process needs besides its connections: the database, the log, the loop. */
#define SPARE_DESCRIPTORS 128

typedef struct
{
  void (*func) (gpointer data);
  gpointer data;
} Posted;

/* How many connections one address has. */
typedef struct
{
  char *text;
  guint n_connections;
} Address;

static void
address_free (Address *address)
{
  g_free (address->text);
  g_free (address);
}

/* ---- connections ---- */

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
      inet_ntop (AF_INET6, &((struct sockaddr_in6 *)&storage)->sin6_addr, text, (socklen_t)size);
      confab_request_use_network (text);
    }
}

static gboolean
may_connect (ConfabHttpServer *self, int fd)
{
  char text[INET6_ADDRSTRLEN];
  Address *address;

  if (self->stopping || self->n_connections >= self->max_connections)
    return FALSE;

  format_peer (fd, text, sizeof text);
  address = g_hash_table_lookup (self->addresses, text);

  return address == NULL || address->n_connections < self->max_connections_per_address;
}

static void
connected (ConfabHttpServer *self, struct lws *wsi)
{
  char text[INET6_ADDRSTRLEN];
  Address *address;

  format_peer (lws_get_socket_fd (wsi), text, sizeof text);
  address = g_hash_table_lookup (self->addresses, text);
  if (address == NULL)
    {
      address = g_new0 (Address, 1);
      address->text = g_strdup (text);
      g_hash_table_insert (self->addresses, address->text, address);
    }
  address->n_connections++;
  self->n_connections++;
  lws_set_opaque_user_data (wsi, address);
}

static void
disconnected (ConfabHttpServer *self, struct lws *wsi)
{
  Address *address = lws_get_opaque_user_data (wsi);

  if (address == NULL)
    return;

  lws_set_opaque_user_data (wsi, NULL);
  self->n_connections--;
  if (--address->n_connections == 0)
    g_hash_table_remove (self->addresses, address->text);
}

/* ---- requests ---- */

/* Sends the answer if there is one; until then the connection waits without a timeout, and unread:
 * what comes next on it is the next request's. */
static int
answer_or_wait (ConfabRequest *request)
{
  int result = 0;

  request->in_callback = FALSE;
  if (request->responded)
    result = confab_response_flush (request);
  else
    {
      lws_set_timeout (request->wsi, NO_PENDING_TIMEOUT, 0);
      lws_rx_flow_control (request->wsi, 0);
    }

  return result;
}

static int
run (ConfabHttpServer *self, ConfabRequest *request)
{
  request->receiving = FALSE;
  request->in_callback = TRUE;
  if (!request->responded)
    self->handler->run (request, self->user_data);

  return answer_or_wait (request);
}

static int
begin_request (ConfabHttpServer *self, struct lws *wsi, ConfabHttpSlot *slot)
{
  ConfabRequest *request;
  gboolean has_body;

  if (slot->request != NULL)
    return -1;

  request = confab_request_new (self, wsi);
  slot->request = request;
  request->in_callback = TRUE;
  if (!confab_request_check_framing (request, &has_body))
    return answer_or_wait (request);

  if (!request->responded)
    self->handler->head (request, self->user_data);
  if (!has_body)
    return run (self, request);

  request->receiving = TRUE;
  request->in_callback = FALSE;

  return 0;
}

/* The timer is of the connection: it may have been set for a request that is over. */
static gboolean
is_late (ConfabRequest *request)
{
  return request != NULL && request->receiving
         && g_get_monotonic_time () - request->started_at
                >= BODY_TIMEOUT_SECONDS * (gint64)G_USEC_PER_SEC;
}

static int
complete_body (ConfabHttpServer *self, ConfabRequest *request)
{
  if (request == NULL || (!request->receiving && request->content_length == 0))
    return 0;
  if (!request->receiving)
    return request->responded
               ? -1
               : 0; /* told again, because more has come; it can wait for the answer */

  return run (self, request);
}

static int
take_body (ConfabHttpServer *self, ConfabRequest *request, const void *data, gsize length)
{
  gboolean complete, first, excess;

  if (request == NULL || length == 0)
    return 0;
  if (!request->receiving)
    return request->close_after ? 0 : -1; /* it goes on while it is answered */

  /* libwebsockets hands over what follows the body in the same read, and loses count: nothing may
   * follow. */
  excess = request->content_length > 0 && request->body_seen + length > request->content_length;
  if (excess)
    {
      length = (gsize)(request->content_length - request->body_seen);
      request->close_after = TRUE;
    }
  first = request->body_seen == 0;
  if (!confab_request_take_body (request, data, length, &complete))
    return -1;
  if (complete || excess)
    return complete_body (self, request);
  if (first && request->body_seen != request->content_length)
    lws_set_timer_usecs (request->wsi, BODY_TIMEOUT_SECONDS * LWS_US_PER_SEC);

  return 0;
}

/* Only websockets: what else could be upgraded to is answered with a problem. */
static int
confirm_upgrade (ConfabHttpServer *self, struct lws *wsi)
{
  ConfabRequest *request = confab_request_new (self, wsi);

  request->in_callback = TRUE;
  request->close_after = TRUE;
  if (!self->handler->upgrade (request, self->user_data))
    return confab_response_flush (request);

  confab_request_detach (request);

  return 0;
}

static int
http_callback (struct lws *wsi,
               enum lws_callback_reasons reason,
               void *user,
               void *in,
               size_t length)
{
  ConfabHttpSlot *slot = user;
  ConfabHttpServer *self = wsi != NULL ? lws_context_user (lws_get_context (wsi)) : NULL;

  switch ((int)reason)
    {
    case LWS_CALLBACK_FILTER_NETWORK_CONNECTION:
      return may_connect (self, (int)(lws_intptr_t)in) ? 0 : 1;

    case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED:
      connected (self, wsi);
      return 0;

    case LWS_CALLBACK_WSI_DESTROY:
      disconnected (self, wsi);
      return 0;

    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
      return confirm_upgrade (self, wsi);

    case LWS_CALLBACK_HTTP:
      return begin_request (self, wsi, slot);

    case LWS_CALLBACK_HTTP_BODY:
      return take_body (self, slot->request, in, length);

    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
      return complete_body (self, slot->request);

    case LWS_CALLBACK_HTTP_WRITEABLE:
      if (slot == NULL || slot->request == NULL || !slot->request->responded
          || slot->request->receiving)
        return 0;
      return confab_response_flush (slot->request);

    case LWS_CALLBACK_TIMER:
      return is_late (slot->request) ? -1 : 0;

    case LWS_CALLBACK_CLOSED_HTTP:
    case LWS_CALLBACK_HTTP_DROP_PROTOCOL:
      if (slot != NULL && slot->request != NULL)
        confab_request_detach (g_steal_pointer (&slot->request));
      return 0;

    /* CONNECT and whatever else is not HTTP */
    case LWS_CALLBACK_RAW_ADOPT:
    case LWS_CALLBACK_RAW_RX:
      return -1;

    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
      return -1; /* a websocket without our subprotocol */

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

/* The protocol that is told when another thread has posted something. Its callback comes once for
 * each wake-up; the others ignore the event. */
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
  { "http", http_callback, sizeof (ConfabHttpSlot), 16384, 0, NULL, 65536 },
  { "confab.v1", confab_socket_callback, sizeof (ConfabSocketSlot), 1024, 0, NULL, 65536 },
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

static void
raise_descriptor_limit (guint wanted)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
    return;

  limit.rlim_cur = MIN (wanted, limit.rlim_max);
  setrlimit (RLIMIT_NOFILE, &limit);
}

static void
log_line (int level, const char *line)
{
  g_printerr ("event=transport level=%s message=\"%.*s\"\n", level == LLL_ERR ? "error" : "warning",
              (int)strcspn (line, "\n"), line);
}

/* libwebsockets tries for ever to listen at an address that is not ours, and says of none why it
 * cannot. */
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
  /* Liveness of websockets is the owner's, see confab_socket_ping(). */
  static const lws_retry_bo_t no_validity_checks = { 0 };
  void *loops[] = { self->loop };
  struct lws_context_creation_info info = { 0 };

  if (!try_address (options, error))
    return FALSE;

  info.options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS
                 | LWS_SERVER_OPTION_UV_NO_SIGSEGV_SIGFPE_SPIN | LWS_SERVER_OPTION_VALIDATE_UTF8
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
  info.timeout_secs = REQUEST_TIMEOUT_SECONDS;
  info.keepalive_timeout = KEEP_ALIVE_SECONDS;
  info.max_http_header_data = HEAD_MAX_BYTES;
  info.max_http_header_pool = (unsigned short)MIN (options->max_connections, G_MAXUINT16);
  info.fd_limit_per_thread = options->max_connections + SPARE_DESCRIPTORS;
  info.retry_and_idle_policy = &no_validity_checks;
  info.pt_serv_buf_size = 16384;
  info.port = (int)options->port;
  self->address = g_strdup (options->address);
  if (!g_str_equal (self->address, "0.0.0.0") && !g_str_equal (self->address, "::"))
    info.iface = self->address;
  /* No HTTP/2: with it any peer can end the process by a POST without Content-Length (libwebsockets
   * issue 3669, open at the time of writing). */
  info.alpn = "http/1.1";
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
  self->max_connections_per_address = options->max_connections_per_address;
  self->trusted_proxies = g_strdupv ((char **)options->trusted_proxies);
  self->addresses =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)address_free);
  self->id_prefix = g_random_int ();
  self->scratch = g_string_sized_new (128 * 1024);
  self->posted = g_array_new (FALSE, FALSE, sizeof (Posted));
  self->running = g_array_new (FALSE, FALSE, sizeof (Posted));
  g_mutex_init (&self->lock);
  raise_descriptor_limit (options->max_connections + SPARE_DESCRIPTORS);
  lws_set_log_level (LLL_ERR | LLL_WARN, log_line);

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
  /* On a loop of ours the first call closes what is open; when the loop has let go of that, another
   * frees the rest, and with it self->context becomes NULL. */
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
  g_hash_table_unref (self->addresses);
  g_strfreev (self->trusted_proxies);
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
confab_http_server_get_n_connections (ConfabHttpServer *self)
{
  return self->n_connections;
}

guint
confab_http_server_get_n_requests (ConfabHttpServer *self)
{
  return self->n_requests;
}

void
confab_http_server_stop_accepting (ConfabHttpServer *self)
{
  self->stopping = TRUE;
}
