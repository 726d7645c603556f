/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-http-private.h"

#include <arpa/inet.h>
#include <string.h>

#include "confab-limits.h"

#define HEADER_MAX_BYTES 2048
/* How much of a body that nobody wants is read before the connection is dropped. */
#define DISCARD_MAX_BYTES (16 * 1024 * 1024)

static const enum lws_token_indexes header_tokens[CONFAB_N_HEADERS] = {
  [CONFAB_HEADER_AUTHORIZATION] = WSI_TOKEN_HTTP_AUTHORIZATION,
  [CONFAB_HEADER_CONTENT_TYPE] = WSI_TOKEN_HTTP_CONTENT_TYPE,
  [CONFAB_HEADER_FORWARDED_FOR] = WSI_TOKEN_X_FORWARDED_FOR,
  [CONFAB_HEADER_HOST] = WSI_TOKEN_HOST,
  [CONFAB_HEADER_ORIGIN] = WSI_TOKEN_ORIGIN,
  [CONFAB_HEADER_UPGRADE] = WSI_TOKEN_UPGRADE,
  [CONFAB_HEADER_WEBSOCKET_PROTOCOL] = WSI_TOKEN_PROTOCOL,
};

/* Returns: (transfer full) (nullable): NULL if it is missing or longer than anything sensible */
static char *
dup_header (struct lws *wsi, enum lws_token_indexes token)
{
  int length = lws_hdr_total_length (wsi, token);
  char *value;

  if (length <= 0 || length > HEADER_MAX_BYTES)
    return NULL;

  /* libwebsockets joins repeated fields with a comma, which its length does not count. */
  value = g_malloc (2 * (gsize)length + 2);
  if (lws_hdr_copy (wsi, value, 2 * length + 2, token) <= 0)
    g_clear_pointer (&value, g_free);

  return value;
}

/* One part of a header field or of the request line. NULL if there are not so many. */
static char *
dup_fragment (struct lws *wsi, enum lws_token_indexes token, int index)
{
  int length = lws_hdr_fragment_length (wsi, token, index);
  char *value = g_malloc0 ((gsize)MAX (length, 0) + 1);

  if (lws_hdr_copy_fragment (wsi, value, length + 1, token, index) < 0)
    g_clear_pointer (&value, g_free);

  return value;
}

static char **
dup_query (struct lws *wsi)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  char *argument;

  if (lws_hdr_total_length (wsi, WSI_TOKEN_HTTP_URI_ARGS) <= 0)
    return NULL;

  builder = g_strv_builder_new ();
  for (int i = 0; (argument = dup_fragment (wsi, WSI_TOKEN_HTTP_URI_ARGS, i)) != NULL; i++)
    g_strv_builder_take (builder, argument);

  return g_strv_builder_end (builder);
}

/* libwebsockets takes a semicolon in the path as the end of a part; for us it is a character. */
static char *
dup_path (struct lws *wsi, const char *uri, gsize length)
{
  static const enum lws_token_indexes tokens[] = { WSI_TOKEN_GET_URI,    WSI_TOKEN_POST_URI,
                                                   WSI_TOKEN_PUT_URI,    WSI_TOKEN_PATCH_URI,
                                                   WSI_TOKEN_DELETE_URI, WSI_TOKEN_HEAD_URI,
                                                   WSI_TOKEN_OPTIONS_URI };
  g_autoptr (GString) path = g_string_new_len (uri, (gssize)length);

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      char *part;

      for (int j = 1; (part = dup_fragment (wsi, tokens[i], j)) != NULL; j++)
        {
          g_string_append_printf (path, ";%s", part);
          g_free (part);
        }
    }

  return g_string_free_and_steal (g_steal_pointer (&path));
}

static void
read_method (ConfabRequest *self)
{
  static const struct
  {
    int number;
    ConfabMethod method;
  } methods[] = {
    { LWSHUMETH_GET, CONFAB_METHOD_GET },         { LWSHUMETH_HEAD, CONFAB_METHOD_GET },
    { LWSHUMETH_POST, CONFAB_METHOD_POST },       { LWSHUMETH_PUT, CONFAB_METHOD_PUT },
    { LWSHUMETH_PATCH, CONFAB_METHOD_PATCH },     { LWSHUMETH_DELETE, CONFAB_METHOD_DELETE },
    { LWSHUMETH_OPTIONS, CONFAB_METHOD_OPTIONS },
  };
  char *uri = NULL;
  int length = 0;
  int number = lws_http_get_uri_and_method (self->wsi, &uri, &length);

  self->path = dup_path (self->wsi, uri != NULL ? uri : "/", uri != NULL ? (gsize)length : 1);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (number == methods[i].number)
      {
        self->method = methods[i].method;
        self->is_head = methods[i].number == LWSHUMETH_HEAD;
        return;
      }
}

/* As libwebsockets decides it itself; HTTP/1.1 stays open unless told otherwise. */
static gboolean
wants_keep_alive (struct lws *wsi)
{
  g_autofree char *version = dup_header (wsi, WSI_TOKEN_HTTP);
  g_autofree char *connection = dup_header (wsi, WSI_TOKEN_CONNECTION);

  if (connection != NULL && g_ascii_strcasecmp (connection, "close") == 0)
    return FALSE;
  if (connection != NULL && g_ascii_strcasecmp (connection, "keep-alive") == 0)
    return TRUE;

  return g_strcmp0 (version, "HTTP/1.1") == 0;
}

/* Whoever has one IPv6 address has 2⁶⁴ of them: together they count as one. */
void
confab_request_use_network (char *text)
{
  struct in6_addr address;

  if (inet_pton (AF_INET6, text, &address) != 1)
    return;

  if (IN6_IS_ADDR_V4MAPPED (&address))
    {
      inet_ntop (AF_INET, &address.s6_addr[12], text, INET6_ADDRSTRLEN);
      return;
    }
  memset (&address.s6_addr[8], 0, 8);
  inet_ntop (AF_INET6, &address, text, INET6_ADDRSTRLEN);
}

/* The last address in X-Forwarded-For is the one our own proxy added. */
static void
read_address (ConfabRequest *self)
{
  const char *forwarded = self->headers[CONFAB_HEADER_FORWARDED_FOR];
  const char *last;
  g_autofree char *address = NULL;

  lws_get_peer_simple (self->wsi, self->address, sizeof self->address);
  if (g_str_has_prefix (self->address, "::ffff:"))
    memmove (self->address, self->address + 7, strlen (self->address + 7) + 1);
  if (forwarded == NULL || self->server->trusted_proxies == NULL
      || !g_strv_contains ((const char *const *)self->server->trusted_proxies, self->address))
    return;

  last = strrchr (forwarded, ',');
  address = g_strstrip (g_strdup (last != NULL ? last + 1 : forwarded));
  if (g_hostname_is_ip_address (address))
    g_strlcpy (self->address, address, sizeof self->address);
}

/* Reads the head that @wsi has just received. */
ConfabRequest *
confab_request_new (ConfabHttpServer *server, struct lws *wsi)
{
  ConfabRequest *self = g_new0 (ConfabRequest, 1);

  self->ref_count = 1;
  self->server = server;
  self->wsi = wsi;
  self->started_at = g_get_monotonic_time ();
  self->keep_alive = wants_keep_alive (wsi) && !server->stopping;
  read_method (self);
  self->query = dup_query (wsi);
  for (guint i = 0; i < CONFAB_N_HEADERS; i++)
    self->headers[i] = dup_header (wsi, header_tokens[i]);
  read_address (self);
  confab_request_use_network (self->address);
  g_snprintf (self->id, sizeof self->id, "%08x-%x", server->id_prefix, ++server->last_id);
  server->n_requests++;

  return self;
}

ConfabRequest *
confab_request_ref (ConfabRequest *self)
{
  self->ref_count++;

  return self;
}

void
confab_request_unref (ConfabRequest *self)
{
  if (--self->ref_count > 0)
    return;

  self->server->n_requests--;
  g_free (self->path);
  g_strfreev (self->query);
  for (guint i = 0; i < CONFAB_N_HEADERS; i++)
    g_free (self->headers[i]);
  for (guint i = 0; i < CONFAB_REQUEST_MAX_PARAMS; i++)
    g_free (self->params[i]);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_free (self->chunked);
  g_free (self->answer);
  g_free (self);
}

/* The connection is gone, or done with this request. */
void
confab_request_detach (ConfabRequest *self)
{
  self->wsi = NULL;
  confab_request_unref (self);
}

/**
 * confab_request_check_framing:
 * @has_body: (out): whether a body follows
 *
 * Content-Length decides. Anything by which two parties could disagree about where the body ends is
 * refused, and the connection ended (RFC 9112 §6.3, §11.2).
 *
 * Returns: whether to receive what follows; otherwise it is answered, and the connection ends
 */
gboolean
confab_request_check_framing (ConfabRequest *self, gboolean *has_body)
{
  g_autofree char *length = dup_header (self->wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH);
  g_autofree char *coding = dup_header (self->wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING);
  gboolean body_method =
      (self->method & (CONFAB_METHOD_POST | CONFAB_METHOD_PUT | CONFAB_METHOD_PATCH)) != 0;
  guint64 n = 0;

  *has_body = FALSE;
  if (coding != NULL && length == NULL && body_method
      && g_ascii_strcasecmp (coding, "chunked") == 0)
    {
      /* libwebsockets cannot tell where such a request ends: nothing may follow it. */
      self->close_after = TRUE;
      self->chunked = g_new0 (ConfabChunked, 1);
      *has_body = TRUE;
      return TRUE;
    }
  if (coding != NULL || (length == NULL && body_method)
      || (length != NULL
          && (!g_ascii_isdigit (length[0])
              || !g_ascii_string_to_unsigned (length, 10, 0, G_MAXINT64, &n, NULL))))
    {
      self->close_after = TRUE;
      confab_request_fail (self, CONFAB_PROBLEM_MALFORMED_JSON, NULL, 0);
      return FALSE;
    }

  self->content_length = n;
  *has_body = n > 0;
  if (n > CONFAB_REQUEST_MAX_BYTES)
    {
      /* What is not much too large is read before it is answered, or its sender might not see the
       * answer. */
      self->close_after = n > DISCARD_MAX_BYTES;
      confab_request_fail (self, CONFAB_PROBLEM_BODY_TOO_LARGE, NULL, 0);
      return !self->close_after;
    }

  return TRUE;
}

static gboolean
take_chunks (ConfabRequest *self, const void *data, gsize length, gboolean *complete)
{
  switch (confab_chunked_decode (self->chunked, data, length, self->body, CONFAB_REQUEST_MAX_BYTES,
                                 &self->body_seen))
    {
    case CONFAB_CHUNKED_BROKEN:
      confab_request_fail (self, CONFAB_PROBLEM_MALFORMED_JSON, NULL, 0);
      *complete = TRUE;
      break;

    case CONFAB_CHUNKED_DONE:
      *complete = TRUE;
      break;

    default:
      break;
    }

  if (self->body_seen > CONFAB_REQUEST_MAX_BYTES)
    confab_request_fail (self, CONFAB_PROBLEM_BODY_TOO_LARGE, NULL, 0);

  return self->body_seen <= DISCARD_MAX_BYTES;
}

gboolean
confab_request_take_body (ConfabRequest *self, const void *data, gsize length, gboolean *complete)
{
  *complete = FALSE;
  if (self->body == NULL)
    self->body = g_byte_array_new ();
  if (self->chunked != NULL)
    return take_chunks (self, data, length, complete);

  self->body_seen += length;
  if (self->body_seen > CONFAB_REQUEST_MAX_BYTES)
    confab_request_fail (self, CONFAB_PROBLEM_BODY_TOO_LARGE, NULL, 0);
  if (!self->responded)
    g_byte_array_append (self->body, data, (guint)length);

  return self->body_seen <= DISCARD_MAX_BYTES;
}

ConfabMethod
confab_request_get_method (ConfabRequest *self)
{
  return self->method;
}

const char *
confab_request_get_path (ConfabRequest *self)
{
  return self->path;
}

const char *
confab_request_get_query (ConfabRequest *self, const char *name)
{
  gsize length = strlen (name);

  for (guint i = 0; self->query != NULL && self->query[i] != NULL; i++)
    if (strncmp (self->query[i], name, length) == 0 && self->query[i][length] == '=')
      return self->query[i] + length + 1;

  return NULL;
}

const char *
confab_request_get_header (ConfabRequest *self, ConfabHeader header)
{
  return self->headers[header];
}

const char *
confab_request_get_address (ConfabRequest *self)
{
  return self->address;
}

const char *
confab_request_get_id (ConfabRequest *self)
{
  return self->id;
}

const char *
confab_request_get_body (ConfabRequest *self, gsize *length)
{
  *length = self->body != NULL ? self->body->len : 0;

  return self->body != NULL ? (const char *)self->body->data : "";
}

void
confab_request_set_route (ConfabRequest *self,
                          gconstpointer route,
                          const char *template,
                          char **params)
{
  self->route = route;
  self->template = template;
  for (guint i = 0; i < CONFAB_REQUEST_MAX_PARAMS; i++)
    {
      g_free (self->params[i]);
      self->params[i] = g_steal_pointer (&params[i]);
    }
}

gconstpointer
confab_request_get_route (ConfabRequest *self)
{
  return self->route;
}

const char *
confab_request_get_param (ConfabRequest *self, guint index)
{
  return self->params[index];
}

void
confab_request_set_session (ConfabRequest *self, gint64 session_id, gint64 user_id)
{
  self->session_id = session_id;
  self->user_id = user_id;
}

gint64
confab_request_get_session_id (ConfabRequest *self)
{
  return self->session_id;
}

gint64
confab_request_get_user_id (ConfabRequest *self)
{
  return self->user_id;
}

gboolean
confab_request_is_answered (ConfabRequest *self)
{
  return self->responded;
}
