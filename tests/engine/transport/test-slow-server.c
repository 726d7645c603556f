/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Servers that answer a byte now and then, or not at all: every call ends. Minutes are
 * shortened. */

#include <string.h>

#include "confab-engine-error.h"
#include "confab-json.h"
#include "confab-test-engine.h"
#include "confab-transport.h"

#define SPEED 500
#define BYTE_MS 4 /* two seconds by the engine's clock: far below the minimum rate */

#define HEADERS "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %u\r\n\r\n"

typedef struct
{
  GSocketService *service;
  GPtrArray *connections;
  char *answer;
  gsize at_once; /* bytes sent at once, then one at a time */
  char *origin;
} SlowServer;

typedef struct
{
  SlowServer *server;
  GOutputStream *out;
  gsize sent;
} Drip;

static gboolean
drip_cb (gpointer user_data)
{
  Drip *drip = user_data;
  const char *answer = drip->server->answer;

  if (drip->sent < strlen (answer)
      && g_output_stream_write (drip->out, answer + drip->sent, 1, NULL, NULL) == 1)
    {
      drip->sent++;
      return G_SOURCE_CONTINUE;
    }
  g_free (drip);

  return G_SOURCE_REMOVE;
}

static gboolean
incoming_cb (SlowServer *self, GSocketConnection *connection, GObject *source)
{
  Drip *drip = g_new0 (Drip, 1);

  g_ptr_array_add (self->connections, g_object_ref (connection));
  drip->server = self;
  drip->out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_output_stream_write_all (drip->out, self->answer, self->at_once, &drip->sent, NULL, NULL);
  g_timeout_add (BYTE_MS, drip_cb, drip);

  return TRUE;
}

/* Takes ownership of @answer. */
static SlowServer *
slow_server_new (char *answer, gsize at_once)
{
  SlowServer *self = g_new0 (SlowServer, 1);
  g_autoptr (GError) error = NULL;
  guint16 port;

  self->answer = answer;
  self->at_once = at_once;
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
  self->service = g_socket_service_new ();
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  self->origin = g_strdup_printf ("http://127.0.0.1:%u", port);

  return self;
}

static void
slow_server_free (SlowServer *self)
{
  g_socket_service_stop (self->service);
  for (guint i = 0; i < self->connections->len; i++)
    g_io_stream_close (self->connections->pdata[i], NULL, NULL);
  confab_test_idle_ms (20 * BYTE_MS); /* pending bytes find their streams closed */
  g_object_unref (self->service);
  g_ptr_array_unref (self->connections);
  g_free (self->answer);
  g_free (self->origin);
  g_free (self);
}

static gpointer
decode_length (JsonObject *answer, GError **error)
{
  const char *value;

  return confab_json_get_string (answer, "value", &value, error) ? GUINT_TO_POINTER (strlen (value))
                                                                 : NULL;
}

/* Return the result of the call. */
static guint
call (SlowServer *server, GError **error)
{
  g_autofree char *folder = confab_test_make_folder ();
  g_autoptr (ConfabEnvironment) environment = confab_environment_new (folder);
  g_autoptr (ConfabTransport) transport = NULL;
  GAsyncResult *result = NULL;
  gpointer value = NULL;

  environment->speed = SPEED;
  transport = confab_transport_new (environment, server->origin);
  confab_transport_call_async (transport, "GET", "/path", NULL, decode_length, NULL, NULL,
                               confab_test_result_cb, &result);
  confab_transport_call_finish (transport, confab_test_await (&result), &value, error);
  confab_test_remove_folder (folder);

  return GPOINTER_TO_UINT (value);
}

static char *
make_answer (guint length, gsize *headers)
{
  g_autofree char *value = g_strnfill (length, 'x');
  g_autofree char *body = g_strdup_printf ("{\"value\":\"%s\"}", value);
  g_autofree char *head = g_strdup_printf (HEADERS, (guint)strlen (body));

  *headers = strlen (head);

  return g_strconcat (head, body, NULL);
}

static void
assert_given_up (char *answer, gsize at_once)
{
  SlowServer *server = slow_server_new (answer, at_once);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (call (server, &error), ==, 0);
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_UNREACHABLE);
  slow_server_free (server);
}

static void
test_silence (void)
{
  assert_given_up (g_strdup (""), 0);
}

static void
test_slow_headers (void)
{
  gsize headers;

  assert_given_up (make_answer (4000, &headers), 0);
}

static void
test_slow_body (void)
{
  gsize headers;
  char *answer = make_answer (4000, &headers);

  assert_given_up (answer, headers);
}

/* Fast at first, then very slow. */
static void
test_stalled_body (void)
{
  gsize headers;
  char *answer = make_answer (100 * 1024, &headers);

  assert_given_up (answer, headers + 50 * 1024);
}

/* A short answer may be slow: it is complete before the rate is checked. */
static void
test_small_answer (void)
{
  gsize headers;
  char *answer = make_answer (1, &headers);
  SlowServer *server = slow_server_new (answer, strlen (answer) - 2);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (call (server, &error), ==, 1);
  g_assert_no_error (error);
  slow_server_free (server);
}

/* A length that no answer has, or that is no length, is a broken server, not a lost connection. */
static void
test_lengths (void)
{
  static const char *const lengths[] = {
    "18446744073709551615",
    "18446744073709551616",
    "9223372036854775807",
    "999999999999",
    "-1",
    "abc",
    "12, 14",
    "0x10",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *answer = g_strdup_printf (
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n"
          "{\"value\":\"x\"}",
          lengths[i]);
      SlowServer *server = slow_server_new (g_strdup (answer), strlen (answer));
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", lengths[i]);
      g_assert_cmpuint (call (server, &error), ==, 0);
      g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB);
      slow_server_free (server);
    }
}

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);
  g_test_add_func ("/engine/slow-server/silence", test_silence);
  g_test_add_func ("/engine/slow-server/slow-headers", test_slow_headers);
  g_test_add_func ("/engine/slow-server/slow-body", test_slow_body);
  g_test_add_func ("/engine/slow-server/stalled-body", test_stalled_body);
  g_test_add_func ("/engine/slow-server/small-answer", test_small_answer);

  g_test_add_func ("/engine/slow-server/lengths", test_lengths);

  return g_test_run ();
}
