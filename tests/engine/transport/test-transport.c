/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The transport's results with misbehaving servers. */

#include <string.h>

#include "confab-engine-error.h"
#include "confab-json.h"
#include "confab-limits.h"
#include "confab-problem.h"
#include "confab-test-engine.h"
#include "confab-transport.h"
#include "foreign-server.h"

typedef struct
{
  char *folder;
  ConfabEnvironment *environment;
  ForeignServer *server;
  ConfabTransport *transport;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = confab_test_make_folder ();
  fixture->environment = confab_environment_new (fixture->folder);
  fixture->server = foreign_server_new (NULL);
  fixture->transport = confab_transport_new (fixture->environment, fixture->server->origin);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->transport);
  foreign_server_free (fixture->server);
  confab_environment_unref (fixture->environment);
  confab_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

/* Decode the member "value". */
static gpointer
decode_value (JsonObject *answer, GError **error)
{
  const char *value;

  return confab_json_get_string (answer, "value", &value, error) ? g_strdup (value) : NULL;
}

/* Return the decoded answer at /path, or NULL and the error. */
static char *
call (ConfabTransport *transport, guint *retry_after, GError **error)
{
  GAsyncResult *result = NULL;
  GAsyncResult *done;
  gpointer value = NULL;

  confab_transport_call_async (transport, "GET", "/path", NULL, decode_value, g_free, NULL,
                               confab_test_result_cb, &result);
  done = confab_test_await (&result);
  if (!confab_transport_call_finish (transport, done, &value, error))
    g_assert_null (value);
  if (retry_after != NULL)
    *retry_after = confab_transport_get_retry_after (done);

  return value;
}

static void
assert_not_confab (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = call (fixture->transport, NULL, &error);

  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB);
  g_assert_null (value);
  g_assert_true (confab_transport_error_is_transient (error));
}

static void
test_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;

  foreign_server_answer (fixture->server, "/path", 200, "application/json",
                         g_strdup ("{\"value\":\"good\",\"unknown\":1}"));
  confab_transport_set_token (fixture->transport, "secret");
  value = call (fixture->transport, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (value, ==, "good");
  g_assert_cmpstr (fixture->server->authorization, ==, "Bearer secret");
}

/* The server writes mails in the language of the desktop. GLib reads it once, so the process gets
 * it in main(). */
static void
test_language (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = NULL;

  foreign_server_answer (fixture->server, "/path", 200, "application/json",
                         g_strdup ("{\"value\":\"good\"}"));
  value = call (fixture->transport, NULL, NULL);
  g_assert_nonnull (value);
  g_assert_true (g_str_has_prefix (fixture->server->accept_language, "pt-br"));
}

/* Decoded on another thread. */
static void
test_large_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;
  g_autofree char *large = g_strnfill (3 * 1024 * 1024, 'x');

  foreign_server_answer (fixture->server, "/path", 200, "application/json",
                         g_strdup_printf ("{\"value\":\"%s\"}", large));
  value = call (fixture->transport, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (value), ==, strlen (large));
}

static void
test_too_large_answer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (CONFAB_ANSWER_MAX_BYTES, 'x');

  foreign_server_answer (fixture->server, "/path", 200, "application/json",
                         g_strdup_printf ("{\"value\":\"%s\"}", large));
  assert_not_confab (fixture);
}

static void
test_not_confab (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *content_type;
    const char *body;
  } cases[] = {
    { 200, "text/html", "<html>Please sign in to the hotel's network</html>" },
    { 200, "text/html", "{\"value\":\"good\"}" },
    { 200, "application/json", "" },
    { 200, "application/json", "[]" },
    { 200, "application/json", "{\"value\":1}" },
    { 200, "application/json", "{}" },
    { 200, "application/json", "{\"value\":\"go" },
    { 404, "text/html", "<h1>404</h1>" },
    { 502, "text/html", "<h1>Bad gateway</h1>" },
    { 400, "application/json", "{\"code\":\"not-found\"}" },
    { 404, "application/problem+json", "no problem" },
    { 302, "location", "/elsewhere" },
    { 307, "location", "http://127.0.0.1:1/elsewhere" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u %s %s", cases[i].status, cases[i].content_type, cases[i].body);
      foreign_server_answer (fixture->server, "/path", cases[i].status, cases[i].content_type,
                             g_strdup (cases[i].body));
      assert_not_confab (fixture);
    }
}

/* A nested answer must not overflow the stack. */
static void
test_deep_answer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *open = g_strnfill (200000, '[');

  foreign_server_answer (fixture->server, "/path", 200, "application/json",
                         g_strdup_printf ("{\"value\":%s", open));
  assert_not_confab (fixture);
}

/* The token is not sent to other servers. */
static void
test_redirect (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ForeignServer) other = foreign_server_new (NULL);

  foreign_server_answer (other, "/path", 200, "application/json",
                         g_strdup ("{\"value\":\"stolen\"}"));
  foreign_server_answer (fixture->server, "/path", 302, "location",
                         g_strconcat (other->origin, "/path", NULL));
  confab_transport_set_token (fixture->transport, "secret");
  assert_not_confab (fixture);
  g_assert_cmpuint (foreign_server_count (other, "/path"), ==, 0);
}

static void
test_problems (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    ConfabProblem problem;
    guint retry_after;
    gboolean transient;
  } cases[] = {
    { 409, "{\"code\":\"username-taken\",\"status\":409}", CONFAB_PROBLEM_USERNAME_TAKEN, 0,
      FALSE },
    { 429, "{\"code\":\"throttled\",\"status\":429,\"retry_after\":7}", CONFAB_PROBLEM_THROTTLED, 7,
      TRUE },
    { 503, "{\"code\":\"unavailable\",\"status\":503}", CONFAB_PROBLEM_UNAVAILABLE, 0, TRUE },
    /* Unknown codes of a newer server are interpreted by the status. */
    { 401, "{\"code\":\"token-frozen\"}", CONFAB_PROBLEM_NOT_SIGNED_IN, 0, TRUE },
    { 404, "{\"code\":\"moved-to-mars\"}", CONFAB_PROBLEM_NOT_FOUND, 0, FALSE },
    { 410, "{\"code\":\"gone\"}", CONFAB_PROBLEM_CURSOR_TOO_OLD, 0, FALSE },
    { 413, "{\"code\":\"big\"}", CONFAB_PROBLEM_BODY_TOO_LARGE, 0, FALSE },
    { 418, "{\"code\":\"teapot\"}", CONFAB_PROBLEM_FORBIDDEN, 0, FALSE },
    { 429, "{}", CONFAB_PROBLEM_THROTTLED, 0, TRUE },
    { 500, "{\"code\":42}", CONFAB_PROBLEM_INTERNAL, 0, TRUE },
    { 503, "{\"code\":null}", CONFAB_PROBLEM_UNAVAILABLE, 0, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      guint retry_after;

      g_test_message ("%s", cases[i].body);
      foreign_server_answer (fixture->server, "/path", cases[i].status, "application/problem+json",
                             g_strdup (cases[i].body));
      g_assert_null (call (fixture->transport, &retry_after, &error));
      g_assert_error (error, CONFAB_PROBLEM, (int)cases[i].problem);
      g_assert_cmpuint (retry_after, ==, cases[i].retry_after);
      g_assert_cmpint (confab_transport_error_is_transient (error), ==, cases[i].transient);
    }
}

/* libsoup's server must finish a connection whose handshake failed before it is freed. */
static void
let_server_settle (void)
{
  confab_test_idle_ms (200);
}

static void
assert_fails (ConfabEnvironment *environment, const char *origin, ConfabEngineError code)
{
  g_autoptr (ConfabTransport) transport = confab_transport_new (environment, origin);
  g_autoptr (GError) error = NULL;

  g_assert_null (call (transport, NULL, &error));
  g_test_message ("%s: %s", origin, error->message);
  g_assert_error (error, CONFAB_ENGINE_ERROR, (int)code);
}

static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  assert_fails (fixture->environment, "http://127.0.0.1:1", CONFAB_ENGINE_ERROR_UNREACHABLE);
  assert_fails (fixture->environment, "https://no-such-host.invalid",
                CONFAB_ENGINE_ERROR_UNREACHABLE);
  /* Stored origins can be edited. */
  assert_fails (fixture->environment, "http://confab.example.org",
                CONFAB_ENGINE_ERROR_ADDRESS_INSECURE);
}

static void
test_certificates (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (ForeignServer) server = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;
  g_autoptr (ConfabTransport) transport = NULL;

  certificate = foreign_certificate_new (fixture->folder, "IP:127.0.0.1", &file);
  server = foreign_server_new (certificate);
  foreign_server_answer (server, "/path", 200, "application/json",
                         g_strdup ("{\"value\":\"good\"}"));
  assert_fails (fixture->environment, server->origin, CONFAB_ENGINE_ERROR_BAD_CERTIFICATE);
  let_server_settle ();
  g_assert_cmpuint (foreign_server_count (server, "/path"), ==, 0);

  fixture->environment->tls_database = g_tls_file_database_new (file, &error);
  g_assert_no_error (error);
  transport = confab_transport_new (fixture->environment, server->origin);
  value = call (transport, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (value, ==, "good");
}

/* Trusted, but for another host, or not now: nothing is sent, above all no token or password. */
static void
test_wrong_certificates (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name, *from, *until;
    gboolean good;
  } cases[] = {
    { "IP:127.0.0.1", "20200101000000Z", "20991231235959Z", TRUE },
    { "DNS:other.example", "20200101000000Z", "20991231235959Z", FALSE },
    { "DNS:*.example", "20200101000000Z", "20991231235959Z", FALSE },
    { "DNS:127.0.0.1", "20200101000000Z", "20991231235959Z", FALSE },
    { "IP:127.0.0.1", "20200101000000Z", "20200102000000Z", FALSE }, /* expired */
    { "IP:127.0.0.1", "20980101000000Z", "20991231235959Z", FALSE }, /* not valid yet */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = NULL;
      g_autoptr (GTlsCertificate) certificate = foreign_certificate_new_dated (
          fixture->folder, cases[i].name, cases[i].from, cases[i].until, &file);
      g_autoptr (ForeignServer) server = foreign_server_new (certificate);
      g_autoptr (ConfabTransport) transport = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *value = NULL;

      g_test_message ("%s until %s", cases[i].name, cases[i].until);
      foreign_server_answer (server, "/path", 200, "application/json",
                             g_strdup ("{\"value\":\"good\"}"));
      g_clear_object (&fixture->environment->tls_database);
      fixture->environment->tls_database = g_tls_file_database_new (file, &error);
      g_assert_no_error (error);
      transport = confab_transport_new (fixture->environment, server->origin);
      confab_transport_set_token (transport, "secret");
      value = call (transport, NULL, &error);
      if (cases[i].good)
        g_assert_no_error (error);
      else
        g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_BAD_CERTIFICATE);
      let_server_settle ();
      g_assert_cmpuint (g_hash_table_size (server->requests), ==, cases[i].good);
    }
}

static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  const char *words = "SSH-2.0-OpenSSH_10.0\r\n";

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), words,
                             strlen (words), NULL, NULL, NULL);

  return TRUE;
}

/* Another service listens there. */
static void
test_no_http (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GError) error = NULL;
  guint port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);
  g_autofree char *http = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autofree char *https = g_strdup_printf ("https://127.0.0.1:%u", port);

  g_assert_no_error (error);
  g_signal_connect (service, "incoming", G_CALLBACK (incoming_cb), NULL);
  assert_fails (fixture->environment, http, CONFAB_ENGINE_ERROR_NOT_CONFAB);
  assert_fails (fixture->environment, https, CONFAB_ENGINE_ERROR_NOT_CONFAB);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  foreign_server_answer (fixture->server, "/path", 200, "application/json",
                         g_strdup ("{\"value\":\"good\"}"));
  confab_transport_call_async (fixture->transport, "GET", "/path", NULL, decode_value, g_free,
                               cancellable, confab_test_result_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_false (
      confab_transport_call_finish (fixture->transport, confab_test_await (&result), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Connections dropped after a suspend count as lost and not as cancelled; later calls are not
 * affected. */
static void
test_forget_connections (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketListener) silent =
      g_socket_listener_new (); /* accepts a call and never answers */
  guint16 port = g_socket_listener_add_any_inet_port (silent, NULL, NULL);
  g_autofree char *origin = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (ConfabTransport) transport = confab_transport_new (fixture->environment, origin);
  g_autoptr (GError) error = NULL;
  GAsyncResult *before = NULL;
  GAsyncResult *after = NULL;

  confab_transport_call_async (transport, "GET", "/path", NULL, decode_value, g_free, NULL,
                               confab_test_result_cb, &before);
  confab_transport_forget_connections (transport);
  confab_transport_call_async (transport, "GET", "/path", NULL, decode_value, g_free, NULL,
                               confab_test_result_cb, &after);
  g_assert_false (
      confab_transport_call_finish (transport, confab_test_await (&before), NULL, &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_UNREACHABLE);
  g_clear_error (&error);

  confab_test_idle_ms (50);
  g_assert_null (after);
  confab_transport_forget_connections (transport);
  g_assert_false (
      confab_transport_call_finish (transport, confab_test_await (&after), NULL, &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_UNREACHABLE);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/engine/transport/" name, Fixture, NULL, set_up, function, tear_down)

/* ---- raw answers ---- */

static GBytes *
fetch (Fixture *fixture, GError **error)
{
  GAsyncResult *result = NULL;

  confab_transport_fetch_async (fixture->transport, "/path", "image/png", 10, NULL,
                                confab_test_result_cb, &result);
  return confab_transport_fetch_finish (fixture->transport, confab_test_await (&result), error);
}

static void
test_fetch (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *content_type;
    const char *body;
    int code; /* in CONFAB_ENGINE_ERROR */
  } bad[] = {
    { 200, "image/jpeg", "a picture", CONFAB_ENGINE_ERROR_NOT_CONFAB },
    { 200, "image/png", "a large picture", CONFAB_ENGINE_ERROR_NOT_CONFAB },
    { 404, "image/png", "a picture", CONFAB_ENGINE_ERROR_NOT_CONFAB },
    { 204, "image/png", "", CONFAB_ENGINE_ERROR_NOT_CONFAB },
  };
  g_autoptr (GBytes) good = NULL;
  g_autoptr (GError) none = NULL;

  foreign_server_answer (fixture->server, "/path", 200, "image/png", g_strdup ("a picture"));
  good = fetch (fixture, &none);
  g_assert_no_error (none);
  g_assert_cmpmem (g_bytes_get_data (good, NULL), g_bytes_get_size (good), "a picture", 9);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      foreign_server_answer (fixture->server, "/path", bad[i].status, bad[i].content_type,
                             g_strdup (bad[i].body));
      g_assert_null (fetch (fixture, &error));
      g_assert_error (error, CONFAB_ENGINE_ERROR, bad[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "pt_BR:de", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  confab_test_init (&argc, &argv);
  ADD ("answer", test_answer);
  ADD ("language", test_language);
  ADD ("large-answer", test_large_answer);
  ADD ("too-large-answer", test_too_large_answer);
  ADD ("not-confab", test_not_confab);
  ADD ("deep-answer", test_deep_answer);
  ADD ("fetch", test_fetch);
  ADD ("redirect", test_redirect);
  ADD ("problems", test_problems);
  ADD ("unreachable", test_unreachable);
  ADD ("certificates", test_certificates);
  ADD ("wrong-certificates", test_wrong_certificates);
  ADD ("no-http", test_no_http);
  ADD ("cancel", test_cancel);
  ADD ("forget-connections", test_forget_connections);

  return g_test_run ();
}
