/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* With a proxy for everything, plain HTTP still bypasses it. */

#include "confab-json.h"
#include "confab-stream-client.h"
#include "confab-test-engine.h"
#include "foreign-server.h"

static ForeignServer *proxy;

static gpointer
decode (JsonObject *answer, GError **error)
{
  return json_object_ref (answer);
}

/* A plain libsoup session uses the proxy, so this test can fail. */
static void
test_proxy_is_used (void)
{
  g_autoptr (ForeignServer) server = foreign_server_new (NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", server->origin);
  g_autoptr (GBytes) body = NULL;
  GAsyncResult *result = NULL;

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL,
                                    confab_test_result_cb, &result);
  body = soup_session_send_and_read_finish (session, confab_test_await (&result), NULL);
  g_assert_cmpuint (g_hash_table_size (proxy->requests), ==, 1);
  g_assert_cmpuint (g_hash_table_size (server->requests), ==, 0);
  g_hash_table_remove_all (proxy->requests);
}

static void
test_calls_go_straight (void)
{
  g_autoptr (ForeignServer) server = foreign_server_new (NULL);
  g_autoptr (ConfabEnvironment) environment = confab_environment_new ("/nowhere");
  g_autoptr (ConfabTransport) transport = confab_transport_new (environment, server->origin);
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (GError) error = NULL;
  gpointer answer = NULL;

  foreign_server_answer (server, "/v1/sessions", 200, "application/json", g_strdup ("{}"));
  json_object_set_string_member (body, "password", "secret");
  confab_transport_set_token (transport, "token");
  for (guint i = 0; i < 2; i++)
    {
      GAsyncResult *result = NULL;

      confab_transport_call_async (transport, "POST", "/v1/sessions", body, decode,
                                   (GDestroyNotify)json_object_unref, NULL, confab_test_result_cb,
                                   &result);
      confab_transport_call_finish (transport, confab_test_await (&result), &answer, &error);
      g_assert_no_error (error);
      g_clear_pointer (&answer, json_object_unref);
      confab_transport_forget_connections (transport); /* another session with the same settings */
    }
  g_assert_cmpuint (foreign_server_count (server, "/v1/sessions"), ==, 2);
  g_assert_cmpuint (g_hash_table_size (proxy->requests), ==, 0);
}

static void
test_stream_goes_straight (void)
{
  g_autoptr (ForeignServer) server = foreign_server_new (NULL);
  g_autoptr (ConfabEnvironment) environment = confab_environment_new ("/nowhere");
  g_autoptr (ConfabTransport) transport = confab_transport_new (environment, server->origin);
  GAsyncResult *result = NULL;
  guint retry_after;

  confab_transport_set_token (transport, "token");
  confab_stream_client_open_async (transport, "e:1", NULL, confab_test_result_cb, &result);
  g_assert_null (
      confab_stream_client_open_finish (confab_test_await (&result), &retry_after, NULL));
  g_assert_cmpuint (foreign_server_count (server, "/v1/stream"), ==, 1);
  g_assert_cmpuint (g_hash_table_size (proxy->requests), ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  confab_test_init (&argc, &argv);
  proxy = foreign_server_new (NULL);
  g_setenv ("http_proxy", proxy->origin, TRUE);
  g_setenv ("ws_proxy", proxy->origin, TRUE);
  g_setenv ("all_proxy", proxy->origin, TRUE);
  g_test_add_func ("/engine/proxy/is-used", test_proxy_is_used);
  g_test_add_func ("/engine/proxy/calls-go-straight", test_calls_go_straight);
  g_test_add_func ("/engine/proxy/stream-goes-straight", test_stream_goes_straight);
  status = g_test_run ();
  foreign_server_free (proxy);

  return status;
}
