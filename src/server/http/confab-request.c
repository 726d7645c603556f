/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-http-private.h"

#include <string.h>

#include "confab-limits.h"

/* The maximum that is read of a refused body before the connection is dropped. */
#define DISCARD_MAX_BYTES (16 * 1024 * 1024)

static const char *const header_names[CONFAB_N_HEADERS] = {
  [CONFAB_HEADER_ACCEPT_LANGUAGE] = "accept-language",
  [CONFAB_HEADER_AUTHORIZATION] = "authorization",
  [CONFAB_HEADER_CONTENT_TYPE] = "content-type",
  [CONFAB_HEADER_HOST] = "host",
  [CONFAB_HEADER_ORIGIN] = "origin",
  [CONFAB_HEADER_WEBSOCKET_PROTOCOL] = "sec-websocket-protocol",
};

static void
read_method (ConfabRequest *self)
{
  static const struct
  {
    const char *name;
    ConfabMethod method;
  } methods[] = {
    { "GET", CONFAB_METHOD_GET },         { "HEAD", CONFAB_METHOD_GET },
    { "POST", CONFAB_METHOD_POST },       { "PUT", CONFAB_METHOD_PUT },
    { "PATCH", CONFAB_METHOD_PATCH },     { "DELETE", CONFAB_METHOD_DELETE },
    { "OPTIONS", CONFAB_METHOD_OPTIONS },
  };

  self->is_head = g_str_equal (self->head->method, "HEAD");
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (self->head->method, methods[i].name))
      self->method = methods[i].method;
}

static void
read_address (ConfabRequest *self, const ConfabConnection *connection)
{
  if (connection->proxied && self->head != NULL)
    confab_forwarded_find (self->server->proxies, connection->peer,
                           confab_head_get (self->head, "x-forwarded-for"),
                           confab_head_get (self->head, "forwarded"), self->address);
  else
    g_strlcpy (self->address, connection->peer, sizeof self->address);
  confab_forwarded_use_network (self->address);
}

ConfabRequest *
confab_request_new (ConfabConnection *connection, ConfabHead *head)
{
  ConfabHttpServer *server = connection->server;
  ConfabRequest *self = g_new0 (ConfabRequest, 1);

  self->ref_count = 1;
  self->server = server;
  self->connection = connection;
  self->head = head;
  self->started_at = g_get_monotonic_time ();
  if (head != NULL)
    {
      self->keep_alive = head->keep_alive && !server->stopping;
      read_method (self);
    }
  read_address (self, connection);
  self->hold = (ConfabHold){ .flights = server->flights, .address = self->address };
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
  confab_hold_release (&self->hold);
  confab_address_return (self->forwarded_for);
  g_clear_pointer (&self->head, confab_head_free);
  for (guint i = 0; i < CONFAB_REQUEST_MAX_PARAMS; i++)
    g_free (self->params[i]);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_free (self->answer);
  g_free (self);
}

/* Before the user is known, bytes are counted for the address only. */
gboolean
confab_request_hold (ConfabRequest *self, gsize length)
{
  if (self->hold.length == 0)
    self->hold.user_id = self->user_id;

  return confab_hold_add (&self->hold, length);
}

/* The connection is closed, or finished with this request. */
void
confab_request_detach (ConfabRequest *self)
{
  self->connection = NULL;
  confab_hold_release (&self->hold); /* others may hold references to the request */
  confab_request_unref (self);
}

/* Answer with @problem and close the connection, because the end of the body is unknown. */
static gboolean
refuse (ConfabRequest *self, ConfabProblem problem)
{
  self->close_after = TRUE;
  confab_request_fail (self, problem, NULL, 0);

  return FALSE;
}

/* Refuse header fields that demand something this server cannot do, or that two implementations
 * could interpret differently. */
static gboolean
check_fields (ConfabRequest *self)
{
  const char *host = confab_head_get (self->head, "host");
  const char *coding = confab_head_get (self->head, "transfer-encoding");
  const char *encoding = confab_head_get (self->head, "content-encoding");
  const char *expect = confab_head_get (self->head, "expect");

  /* No authority is empty in a request for "http" or "https" (RFC 9110 §4.2.1). */
  if ((host == NULL && self->head->minor >= 1) || (host != NULL && *host == '\0')
      || (coding != NULL && self->head->minor == 0))
    return refuse (self, CONFAB_PROBLEM_MALFORMED_REQUEST);
  if (coding != NULL && g_ascii_strcasecmp (coding, "chunked") != 0)
    return refuse (self, CONFAB_PROBLEM_NOT_IMPLEMENTED);
  if (encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0)
    return refuse (self, CONFAB_PROBLEM_UNSUPPORTED_MEDIA_TYPE);
  if (expect != NULL && g_ascii_strcasecmp (expect, "100-continue") != 0)
    return refuse (self, CONFAB_PROBLEM_EXPECTATION_FAILED);

  return TRUE;
}

/**
 * confab_request_check_framing:
 * @has_body: (out): whether a body follows
 *
 * If two recipients could disagree about the end of the body, the request is refused and the
 * connection closed (RFC 9112 §6.3, §11.2).
 *
 * Returns: whether to receive what follows; otherwise the request was answered, and the connection
 * closes
 */
gboolean
confab_request_check_framing (ConfabRequest *self, gboolean *has_body)
{
  guint64 n = self->head->content_length;

  *has_body = self->head->chunked || n > 0;
  if (!check_fields (self))
    return FALSE;
  if (n > CONFAB_REQUEST_MAX_BYTES)
    {
      /* Read a body that is a little too large before the answer, or its sender might not see the
       * answer. */
      self->close_after = n > DISCARD_MAX_BYTES;
      confab_request_fail (self, CONFAB_PROBLEM_BODY_TOO_LARGE, NULL, 0);
      return !self->close_after;
    }

  return TRUE;
}

/* Store the bytes while there is room for them. */
static void
take_bytes (gconstpointer data, gsize length, gpointer user_data)
{
  ConfabRequest *self = user_data;

  self->body_seen += length;
  if (self->body_seen > CONFAB_REQUEST_MAX_BYTES)
    confab_request_fail (self, CONFAB_PROBLEM_BODY_TOO_LARGE, NULL, 0);
  else if (!self->responded && !confab_request_hold (self, length))
    confab_request_fail (self, CONFAB_PROBLEM_THROTTLED, NULL, 5);
  if (!self->responded)
    g_byte_array_append (self->body, data, (guint)length);
}

gboolean
confab_request_take_body (ConfabRequest *self,
                          const guint8 *data,
                          gsize length,
                          gsize *taken,
                          gboolean *complete)
{
  ConfabParseState state;

  if (self->body == NULL)
    self->body = g_byte_array_new ();
  state = confab_http_parser_take_body (self->connection->parser, (const char *)data, length, taken,
                                        take_bytes, self);
  *complete = state != CONFAB_PARSE_PARTIAL;
  if (state == CONFAB_PARSE_MALFORMED)
    refuse (self, CONFAB_PROBLEM_MALFORMED_REQUEST);

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
  return self->head->path;
}

const char *
confab_request_get_query (ConfabRequest *self, const char *name)
{
  gsize length = strlen (name);

  char **query = self->head->query;

  for (guint i = 0; query != NULL && query[i] != NULL; i++)
    if (strncmp (query[i], name, length) == 0 && query[i][length] == '=')
      return query[i] + length + 1;

  return NULL;
}

const char *
confab_request_get_header (ConfabRequest *self, ConfabHeader header)
{
  return confab_head_get (self->head, header_names[header]);
}

const char *
confab_request_get_address (ConfabRequest *self)
{
  return self->address;
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
