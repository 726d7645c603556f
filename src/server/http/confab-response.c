/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-http-private.h"

#include <string.h>

#include "confab-backend.h"
#include "confab-codec.h"

/* The size of the pieces in which an answer is written to the socket. */
#define CHUNK_BYTES (32 * 1024)
/* Shorter answers fit into the kernel's buffers and are not counted. */
#define SMALL_ANSWER_BYTES (16 * 1024)
#define BUSY_RETRY_SECONDS 5
/* A client may take this time before it reads, and then must read at this rate on average. */
#define SEND_GRACE_SECONDS 30
#define SEND_MIN_BYTES_PER_SECOND 4096

static const struct
{
  guint status;
  const char *reason;
} reasons[] = {
  { 200, "OK" },
  { 201, "Created" },
  { 202, "Accepted" },
  { 204, "No Content" },
  { 400, "Bad Request" },
  { 401, "Unauthorized" },
  { 403, "Forbidden" },
  { 404, "Not Found" },
  { 405, "Method Not Allowed" },
  { 409, "Conflict" },
  { 410, "Gone" },
  { 413, "Content Too Large" },
  { 415, "Unsupported Media Type" },
  { 417, "Expectation Failed" },
  { 422, "Unprocessable Content" },
  { 426, "Upgrade Required" },
  { 429, "Too Many Requests" },
  { 431, "Request Header Fields Too Large" },
  { 500, "Internal Server Error" },
  { 501, "Not Implemented" },
  { 503, "Service Unavailable" },
  { 507, "Insufficient Storage" },
};

static const char *
get_reason (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].status == status)
      return reasons[i].reason;

  return "Unknown";
}

static const char *
get_content_type (ConfabRequest *self)
{
  if (self->problem != NULL)
    return "application/problem+json";

  return self->content_type != NULL ? self->content_type : "application/json";
}

static char *
format_allowed (guint allowed)
{
  static const struct
  {
    ConfabMethod method;
    const char *names;
  } methods[] = {
    { CONFAB_METHOD_GET, "GET, HEAD" }, { CONFAB_METHOD_POST, "POST" },
    { CONFAB_METHOD_PUT, "PUT" },       { CONFAB_METHOD_PATCH, "PATCH" },
    { CONFAB_METHOD_DELETE, "DELETE" },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (allowed & methods[i].method)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", methods[i].names);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Log one line per request, for operators. */
static void
log_answer (ConfabRequest *self)
{
  static const char *const names[] = {
    [CONFAB_METHOD_GET] = "GET",       [CONFAB_METHOD_POST] = "POST",
    [CONFAB_METHOD_PUT] = "PUT",       [CONFAB_METHOD_PATCH] = "PATCH",
    [CONFAB_METHOD_DELETE] = "DELETE", [CONFAB_METHOD_OPTIONS] = "OPTIONS"
  };
  const char *method = names[self->method] != NULL ? names[self->method] : "other";

  g_printerr ("event=request method=%s path=%s status=%u problem=%s ms=%.1f request=%s "
              "user=%" G_GINT64_FORMAT "\n",
              method, self->template != NULL ? self->template : "other", self->status,
              self->problem != NULL ? self->problem : "none",
              (double)(g_get_monotonic_time () - self->started_at) / 1000, self->id, self->user_id);
}

/* The whole answer is handed to libwebsockets. */
static int
finish (ConfabRequest *self)
{
  log_answer (self);

  return confab_connection_finish_request (self->connection,
                                           self->close_after || !self->keep_alive);
}

/* RFC 9110 §6.6.1. Clients compute remaining times with it, so that their own clock does not
 * matter. */
static void
append_date (GString *out)
{
  time_t now = time (NULL);
  char date[64];

  if (lws_http_date_render_from_unix (date, sizeof date, &now) == 0)
    g_string_append_printf (out, "Date: %s\r\n", date);
}

static void
append_head (ConfabRequest *self, GString *out)
{
  g_string_append_printf (out,
                          "HTTP/1.1 %u %s\r\nX-Request-Id: %s\r\n"
                          "X-Content-Type-Options: nosniff\r\nCache-Control: %s\r\n",
                          self->status, get_reason (self->status), self->id,
                          self->problem == NULL && self->cache_control != NULL ? self->cache_control
                                                                               : "no-store");
  append_date (out);
  if (self->answer != NULL)
    g_string_append_printf (out, "Content-Type: %s\r\n", get_content_type (self));
  if (self->status != 204)
    g_string_append_printf (out, "Content-Length: %" G_GSIZE_FORMAT "\r\n", self->answer_length);
  if (self->retry_after > 0)
    g_string_append_printf (out, "Retry-After: %u\r\n", self->retry_after);
  if (self->allowed != 0)
    {
      g_autofree char *allowed = format_allowed (self->allowed);

      g_string_append_printf (out, "Allow: %s\r\n", allowed);
    }
  if (self->status == 401)
    g_string_append (out, "WWW-Authenticate: Bearer\r\n");
  if (self->status == 426)
    g_string_append (out, "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
  if (!self->keep_alive || self->close_after)
    g_string_append (out, "Connection: close\r\n");
  g_string_append (out, "\r\n");
}

/* Return the seconds until the client must have read what is sent. */
static int
get_patience (const ConfabRequest *self)
{
  gint64 passed = (g_get_monotonic_time () - self->sending_since) / G_USEC_PER_SEC;
  gint64 granted = SEND_GRACE_SECONDS + (gint64)self->sent / SEND_MIN_BYTES_PER_SECOND;

  return (int)(granted - passed);
}

int
confab_response_flush (ConfabRequest *self)
{
  GString *out = self->server->scratch;
  gsize length = self->is_head ? 0 : self->answer_length;
  gsize chunk = MIN (length - self->sent, CHUNK_BYTES);
  struct lws *wsi = self->connection->wsi;

  /* libwebsockets still has data of the last write. */
  if (lws_partial_buffered (wsi))
    {
      lws_callback_on_writable (wsi);
      return 0;
    }

  g_string_set_size (out, LWS_PRE);
  if (!self->head_sent)
    {
      append_head (self, out);
      self->sending_since = g_get_monotonic_time ();
    }
  if (chunk > 0)
    g_string_append_len (out, self->answer + self->sent, (gssize)chunk);
  if (!confab_connection_write (self->connection, out))
    return -1;

  self->head_sent = TRUE;
  self->sent += chunk;
  if (self->sent == length)
    return finish (self);
  if (get_patience (self) <= 0)
    return -1;

  lws_set_timeout (wsi, PENDING_TIMEOUT_HTTP_CONTENT, get_patience (self));
  lws_callback_on_writable (wsi);

  return 0;
}

/* The answer is complete. Wait while the handler runs, and receive the rest of a body first. */
static void
start (ConfabRequest *self)
{
  ConfabConnection *connection = self->connection;

  self->responded = TRUE;
  if (connection == NULL || self->in_callback || self->receiving)
    return;

  if (confab_response_flush (self) < 0)
    confab_connection_abort (connection);
}

void
confab_request_set_media (ConfabRequest *self, const char *content_type, const char *cache_control)
{
  self->content_type = content_type;
  self->cache_control = cache_control;
}

void
confab_request_respond (ConfabRequest *self, guint status, char *body, gsize length)
{
  if (self->responded)
    {
      g_free (body);
      return;
    }

  /* Unread answers leave no room; the client can repeat this request. */
  if (length > SMALL_ANSWER_BYTES && self->connection != NULL
      && !confab_request_hold (self, length))
    {
      g_free (body);
      confab_request_fail (self, CONFAB_PROBLEM_THROTTLED, NULL, BUSY_RETRY_SECONDS);
      return;
    }

  self->status = status;
  self->answer = body;
  self->answer_length = length;
  start (self);
}

gboolean
confab_request_check_room (ConfabRequest *self)
{
  if (confab_flights_has_room (self->server->flights, self->user_id, self->address,
                               SMALL_ANSWER_BYTES))
    return TRUE;

  confab_request_fail (self, CONFAB_PROBLEM_THROTTLED, NULL, BUSY_RETRY_SECONDS);

  return FALSE;
}

void
confab_request_fail (ConfabRequest *self,
                     ConfabProblem problem,
                     const char *field,
                     guint retry_after)
{
  gsize length;
  char *json;

  if (self->responded)
    return;

  json = confab_codec_encode_problem (problem, field, retry_after, &length);
  self->problem = confab_problem_get_code (problem);
  self->retry_after = retry_after;
  confab_request_respond (self, confab_problem_get_status (problem), json, length);
}

/* Return the seconds to wait after @problem, 0 if repeating is useless. */
static guint
get_wait (ConfabProblem problem)
{
  switch (problem)
    {
    case CONFAB_PROBLEM_UNAVAILABLE:
      return 1;
    case CONFAB_PROBLEM_STORAGE_FULL: /* until an administrator allows more */
      return 3600;
    default:
      return 0;
    }
}

void
confab_request_fail_with (ConfabRequest *self, GError *error)
{
  g_autoptr (GError) owned = error;
  const ConfabProblem problem = confab_backend_get_problem (owned);

  confab_request_fail (self, problem,
                       problem == CONFAB_PROBLEM_INVALID_FIELD ? owned->message : NULL,
                       get_wait (problem));
}

void
confab_request_fail_method (ConfabRequest *self, guint allowed)
{
  self->allowed = allowed;
  confab_request_fail (self, CONFAB_PROBLEM_METHOD_NOT_ALLOWED, NULL, 0);
}
