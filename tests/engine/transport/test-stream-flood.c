/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A server that sends pings faster than anybody answers them does not keep the main loop for
 * itself. */

#include <string.h>

#include "confab-engine-error.h"
#include "confab-stream-client.h"
#include "confab-stream-guard.h"
#include "confab-test-engine.h"

/* RFC 6455 §4.2.2 */
#define ACCEPT_SALT "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

typedef struct
{
  GSocketService *service;
  char *origin;
  int n_bytes; /* atomic: KiB sent */
} Flood;

/* Returns: (transfer full) (nullable): what answers the key in the request's @head */
static char *
make_accept (const char *head)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autoptr (GRegex) regex =
      g_regex_new ("Sec-WebSocket-Key: *([^\r]*)", G_REGEX_CASELESS, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *key = NULL;
  guint8 digest[20];
  gsize length = sizeof digest;

  if (!g_regex_match (regex, head, G_REGEX_MATCH_DEFAULT, &match))
    return NULL;
  key = g_match_info_fetch (match, 1);
  g_checksum_update (checksum, (const guchar *)key, -1);
  g_checksum_update (checksum, (const guchar *)ACCEPT_SALT, -1);
  g_checksum_get_digest (checksum, digest, &length);

  return g_base64_encode (digest, length);
}

/* In a thread of the service's: until the other end has had enough. */
static gboolean
run_cb (Flood *self, GSocketConnection *connection, GObject *source)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GString) head = g_string_new (NULL);
  g_autofree char *accept = NULL;
  g_autofree char *answer = NULL;
  char pings[1024];
  char byte;

  while (!g_str_has_suffix (head->str, "\r\n\r\n")
         && g_input_stream_read (in, &byte, 1, NULL, NULL) == 1)
    g_string_append_c (head, byte);
  accept = make_accept (head->str);
  g_assert_nonnull (accept);
  answer = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            "Connection: Upgrade\r\nSec-WebSocket-Protocol: confab.v1\r\n"
                            "Sec-WebSocket-Accept: %s\r\n\r\n",
                            accept);
  g_output_stream_write_all (out, answer, strlen (answer), NULL, NULL, NULL);
  for (guint i = 0; i < sizeof pings; i += 2)
    memcpy (pings + i, "\x89", 2); /* a ping without a text */
  while (g_output_stream_write_all (out, pings, sizeof pings, NULL, NULL, NULL))
    g_atomic_int_inc (&self->n_bytes);

  return TRUE;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  ConfabStreamClient **stream = user_data;
  guint retry_after;

  *stream = confab_stream_client_open_finish (result, &retry_after, &error);
  g_assert_no_error (error);
}

static void
next_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPage) page = NULL;
  gboolean ready;

  g_assert_false (confab_stream_client_next_finish (CONFAB_STREAM_CLIENT (source), result, &page,
                                                    &ready, (GError **)user_data));
}

static void
test_pings (void)
{
  g_autoptr (ConfabTestDevice) device = confab_test_device_new ();
  g_autoptr (ConfabTransport) transport = NULL;
  g_autoptr (ConfabStreamClient) stream = NULL;
  g_autoptr (GError) error = NULL;
  Flood flood = { .service = g_threaded_socket_service_new (2) };
  guint16 port =
      g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (flood.service), NULL, &error);

  g_assert_no_error (error);
  g_signal_connect_swapped (flood.service, "run", G_CALLBACK (run_cb), &flood);
  flood.origin = g_strdup_printf ("http://127.0.0.1:%u", port);
  transport = confab_transport_new (device->environment, flood.origin);

  confab_stream_client_open_async (transport, "e:1", NULL, opened_cb, &stream);
  confab_test_until (stream != NULL);
  confab_stream_client_next_async (stream, next_cb, &error);
  confab_test_until (error != NULL);
  g_test_message ("%d KiB of pings", g_atomic_int_get (&flood.n_bytes));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_UNREACHABLE);

  g_socket_service_stop (flood.service);
  g_socket_listener_close (G_SOCKET_LISTENER (flood.service));
  g_clear_object (&stream);
  g_object_unref (flood.service);
  g_free (flood.origin);
}

/* A stream that is quiet, or has a frame now and then, ends without waiting. */
static void
test_end (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM,
                                                 G_SOCKET_PROTOCOL_UDP, &error);

      g_assert_no_error (error);
      confab_stream_guard_free (confab_stream_guard_new (socket));
    }
}

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);
  g_test_add_func ("/engine/stream-flood/pings", test_pings);
  g_test_add_func ("/engine/stream-flood/end", test_end);

  return g_test_run ();
}
