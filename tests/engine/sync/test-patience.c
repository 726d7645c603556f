/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A server that is broken in any way gets at most ten requests a minute after the first minute, and
 * the client reports the error. Minutes are shortened here (see ConfabEnvironment.speed). */

#include <string.h>

#include "confab-client-private.h"
#include "confab-engine-error.h"
#include "confab-test-engine.h"
#include "foreign-server.h"

#define SPEED 200
#define MINUTE_MS (60 * 1000 / SPEED)
#define WATCHED_MINUTES 3
#define MAX_REQUESTS_A_MINUTE 10

#define ROLES "\"roles\":[{\"id\":2,\"base\":\"user\",\"rolename\":\"user\",\"rev\":1}]"
#define ANN                                                                                        \
  "\"users\":[{\"id\":1,\"username\":\"ann\",\"email\":\"ann@example.org\",\"created_at\":1,"      \
  "\"role_id\":2,\"deleted\":false,\"rev\":1}]"
#define GROUP(id, last_seq)                                                                        \
  "{\"id\":" id ",\"kind\":\"group\",\"title\":null,\"created_at\":1,\"last_seq\":" last_seq       \
  ",\"rev\":1}"
#define MEMBER(id)                                                                                 \
  "{\"id\":" id ",\"conversation_id\":" id ",\"user_id\":1,\"joined_at\":1,\"left_at\":null,"      \
  "\"rev\":1}"
#define ROWS                                                                                       \
  "{" ROLES "," ANN                                                                                \
  ",\"conversations\":[" GROUP ("7", "0") "],\"conversation_users\":[" MEMBER ("7") "]}"
#define PAGE "{\"from\":null,\"to\":\"e:1\",\"has_more\":false,\"rows\":" ROWS "}"
#define JSON "application/json"
#define PROBLEM "application/problem+json"

typedef struct
{
  ForeignServer *server;
  ConfabTestDevice *ann;
  guint n_requests;
  guint n_pulls;
  guint n_streams;
  const char *frame; /* (nullable): a frame of the stream after "ready", before it ends */
} Fixture;

/* Errors of the engine, beside those of the server. */
#define NOT_CONFAB (-CONFAB_ENGINE_ERROR_NOT_CONFAB)
#define REWRITTEN (-CONFAB_ENGINE_ERROR_REWRITTEN)

typedef struct
{
  const char *name;
  void (*prepare) (Fixture *fixture);
  gboolean sends;
  ConfabConnectionState state;
  int error; /* a ConfabProblem, 0 for none, or NOT_CONFAB or REWRITTEN */
} Case;

static void
request_cb (Fixture *fixture)
{
  fixture->n_requests++;
}

/* ---- broken servers ---- */

static void
answer (Fixture *fixture, const char *path, guint status, const char *type, const char *body)
{
  foreign_server_answer (fixture->server, path, status, type, g_strdup (body));
}

static void
refuse (Fixture *fixture, const char *path, guint status, const char *code)
{
  foreign_server_answer (fixture->server, path, status, PROBLEM,
                         g_strdup_printf ("{\"code\":\"%s\",\"status\":%u}", code, status));
}

static void
say_cb (SoupWebsocketConnection *connection, int type, GBytes *message, gpointer user_data)
{
  Fixture *fixture = user_data;

  soup_websocket_connection_send_text (connection, "{\"type\":\"ready\"}");
  if (fixture->frame != NULL)
    soup_websocket_connection_send_text (connection, fixture->frame);
  soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}

static void
stay_cb (SoupWebsocketConnection *connection, int type, GBytes *message, gpointer user_data)
{
  soup_websocket_connection_send_text (connection, "{\"type\":\"ready\"}");
}

static void
stream_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           SoupWebsocketConnection *connection,
           gpointer user_data)
{
  Fixture *fixture = user_data;
  gboolean stays = g_strcmp0 (fixture->frame, "stay") == 0;

  fixture->n_streams++;
  if (g_strcmp0 (fixture->frame, "silence") != 0)
    g_signal_connect (connection, "message", stays ? G_CALLBACK (stay_cb) : G_CALLBACK (say_cb),
                      fixture);
  g_signal_connect (g_object_ref (connection), "closed", G_CALLBACK (g_object_unref), NULL);
}

static void
stream (Fixture *fixture, const char *frame)
{
  static char *protocols[] = { (char *)"confab.v1", NULL };

  fixture->frame = frame;
  soup_server_add_websocket_handler (fixture->server->server, "/v1/stream", NULL, protocols,
                                     stream_cb, fixture, NULL);
}

static void
gone (Fixture *fixture)
{
  refuse (fixture, "/v1/sync", 410, "cursor-too-old");
}

static void
html (Fixture *fixture)
{
  answer (fixture, "/v1/sync", 503, "text/html", "<h1>Bad gateway</h1>");
}

static void
internal (Fixture *fixture)
{
  refuse (fixture, "/v1/sync", 500, "internal");
}

static void
nonsense (Fixture *fixture)
{
  answer (fixture, "/v1/sync", 200, JSON, "{\"rows\":[]}");
}

/* Answer /v1/sync differently each time. */
static void
pull_cb (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  Fixture *fixture = user_data;
  const char *kind = g_object_get_data (G_OBJECT (server), "kind");
  gboolean first = query == NULL || !g_hash_table_contains (query, "since");
  gboolean epochs = g_str_equal (kind, "epochs");
  g_autofree char *body = NULL;

  fixture->n_pulls++;
  if (epochs && !first)
    {
      const char *problem = "{\"code\":\"cursor-too-old\",\"status\":410}";

      soup_server_message_set_status (message, 410, NULL);
      soup_server_message_set_response (message, PROBLEM, SOUP_MEMORY_COPY, problem,
                                        strlen (problem));
      return;
    }
  body = g_strdup_printf ("{\"from\":null,\"to\":\"e%u:1\",\"has_more\":%s,\"rows\":%s}",
                          fixture->n_pulls, epochs ? "false" : "true",
                          g_str_equal (kind, "empty") ? "{}" : ROWS);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, JSON, SOUP_MEMORY_COPY, body, strlen (body));
}

static void
pull (Fixture *fixture, const char *kind)
{
  g_object_set_data (G_OBJECT (fixture->server->server), "kind", (gpointer)kind);
  soup_server_add_handler (fixture->server->server, "/v1/sync", pull_cb, fixture, NULL);
}

static void
new_epochs (Fixture *fixture)
{
  pull (fixture, "epochs");
  stream (fixture, "{\"type\":\"error\",\"code\":\"cursor-too-old\"}");
}

static void
endless_empty_pages (Fixture *fixture)
{
  pull (fixture, "empty");
}

static void
endless_same_pages (Fixture *fixture)
{
  pull (fixture, "same");
}

static void
ready_and_away (Fixture *fixture)
{
  stream (fixture, NULL);
}

static void
ready_and_error (Fixture *fixture)
{
  stream (fixture, "{\"type\":\"error\",\"code\":\"internal\"}");
}

static void
ready_and_gap (Fixture *fixture)
{
  stream (fixture, "{\"type\":\"rows\",\"from\":\"e:5\",\"to\":\"e:6\",\"rows\":{}}");
}

static void
silent_stream (Fixture *fixture)
{
  stream (fixture, "silence");
}

static void
stream_throttled (Fixture *fixture)
{
  refuse (fixture, "/v1/stream", 429, "throttled");
}

static void
stream_unavailable (Fixture *fixture)
{
  refuse (fixture, "/v1/stream", 503, "unavailable");
}

static void
send_answer (Fixture *fixture, guint status, const char *type, const char *body)
{
  const char *path = "/v1/conversations/7/messages";

  stream (fixture, "stay");
  g_hash_table_add (fixture->server->prefixes, g_strdup (path));
  answer (fixture, path, status, type, body);
}

static void
send_without_row (Fixture *fixture)
{
  send_answer (fixture, 200, JSON, "{\"rows\":{}}");
}

static void
send_signed_out (Fixture *fixture)
{
  send_answer (fixture, 401, PROBLEM, "{\"code\":\"not-signed-in\",\"status\":401}");
}

static void
send_throttled (Fixture *fixture)
{
  send_answer (fixture, 429, PROBLEM, "{\"code\":\"throttled\",\"status\":429}");
}

/* Answer a message with a row changed by @user_data. */
static void
send_row_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *query,
             gpointer user_data)
{
  g_autofree char *body = g_strdup_printf (
      "{\"rows\":{\"messages\":[{\"client_id\":\"%s\",\"conversation_id\":7,\"seq\":2,"
      "\"content\":\"%s\",\"sent_at\":1,\"rev\":9,%s}]}}",
      strrchr (path, '/') + 1, strstr (user_data, "rewritten") != NULL ? "goodbye" : "hello",
      (const char *)user_data);

  soup_server_message_set_status (message, 201, NULL);
  soup_server_message_set_response (message, JSON, SOUP_MEMORY_COPY, body, strlen (body));
}

static void
send_row (Fixture *fixture, const char *members)
{
  stream (fixture, "stay");
  soup_server_add_handler (fixture->server->server, "/v1/conversations/7/messages", send_row_cb,
                           (gpointer)members, NULL);
}

static void
send_as_another (Fixture *fixture)
{
  send_row (fixture, "\"id\":2,\"sender_id\":8");
}

/* The right ids, but another text than the user wrote. */
static void
send_rewritten (Fixture *fixture)
{
  send_row (fixture, "\"rewritten\":true,\"id\":2,\"sender_id\":1");
}

/* The id is that of a stored message. */
static void
send_clashing (Fixture *fixture)
{
  answer (fixture, "/v1/sync", 200, JSON,
          "{\"from\":null,\"to\":\"e:1\",\"has_more\":false,\"rows\":{" ROLES "," ANN
          ",\"conversations\":[" GROUP ("7", "1") "],\"conversation_users\":[" MEMBER (
              "7") "],"
                   "\"messages\":[{\"id\":1,"
                   "\"client_id\":\"11111111-1111-4111-8111-111111111111\","
                   "\"conversation_id\":7,\"sender_id\":1,\"seq\":1,\"content\":\"here\","
                   "\"sent_at\":1,\"rev\":1}]}}");
  send_row (fixture, "\"id\":1,\"sender_id\":1");
}

/* Answer a message with a row changed by @user_data. */
static void
send_and_stream (Fixture *fixture)
{
  send_signed_out (fixture);
  fixture->frame = NULL;
}

static void
empty_history (Fixture *fixture)
{
  /* clang-format off */
  answer (fixture, "/v1/sync", 200, JSON,
          "{\"from\":null,\"to\":\"e:1\",\"has_more\":false,\"rows\":{" ROLES "," ANN
          ",\"conversations\":[" GROUP ("11", "9") "," GROUP ("12", "9") "," GROUP ("13", "9") ","
          GROUP ("14", "9") "," GROUP ("15", "9") "," GROUP ("16", "9") "],"
          "\"conversation_users\":[" MEMBER ("11") "," MEMBER ("12") "," MEMBER ("13") ","
          MEMBER ("14") "," MEMBER ("15") "," MEMBER ("16") "]}}");
  /* clang-format on */
  for (guint id = 11; id <= 16; id++)
    {
      g_autofree char *path = g_strdup_printf ("/v1/conversations/%u/messages", id);

      answer (fixture, path, 200, JSON, "{\"rows\":{\"messages\":[]}}");
    }
  stream (fixture, NULL);
}

static const Case cases[] = {
  { "gone", gone, FALSE, CONFAB_CONNECTION_OFFLINE, CONFAB_PROBLEM_CURSOR_TOO_OLD },
  { "html", html, FALSE, CONFAB_CONNECTION_OFFLINE, NOT_CONFAB },
  { "internal", internal, FALSE, CONFAB_CONNECTION_OFFLINE, CONFAB_PROBLEM_INTERNAL },
  { "nonsense", nonsense, FALSE, CONFAB_CONNECTION_OFFLINE, NOT_CONFAB },
  { "new-epochs", new_epochs, FALSE, CONFAB_CONNECTION_POLLING, CONFAB_PROBLEM_CURSOR_TOO_OLD },
  { "endless-empty-pages", endless_empty_pages, FALSE, CONFAB_CONNECTION_OFFLINE, NOT_CONFAB },
  { "endless-same-pages", endless_same_pages, FALSE, CONFAB_CONNECTION_OFFLINE, NOT_CONFAB },
  { "ready-and-away", ready_and_away, FALSE, CONFAB_CONNECTION_POLLING, 0 },
  { "ready-and-error", ready_and_error, FALSE, CONFAB_CONNECTION_POLLING, CONFAB_PROBLEM_INTERNAL },
  { "ready-and-gap", ready_and_gap, FALSE, CONFAB_CONNECTION_POLLING,
    CONFAB_PROBLEM_CURSOR_TOO_OLD },
  { "silent-stream", silent_stream, FALSE, CONFAB_CONNECTION_POLLING, NOT_CONFAB },
  { "stream-throttled", stream_throttled, FALSE, CONFAB_CONNECTION_POLLING,
    CONFAB_PROBLEM_THROTTLED },
  { "stream-unavailable", stream_unavailable, FALSE, CONFAB_CONNECTION_POLLING,
    CONFAB_PROBLEM_UNAVAILABLE },
  { "send-without-row", send_without_row, TRUE, CONFAB_CONNECTION_ONLINE, NOT_CONFAB },
  { "send-as-another", send_as_another, TRUE, CONFAB_CONNECTION_ONLINE, NOT_CONFAB },
  { "send-rewritten", send_rewritten, TRUE, CONFAB_CONNECTION_ONLINE, REWRITTEN },
  { "send-clashing", send_clashing, TRUE, CONFAB_CONNECTION_ONLINE, NOT_CONFAB },
  { "send-signed-out", send_signed_out, TRUE, CONFAB_CONNECTION_ONLINE,
    CONFAB_PROBLEM_NOT_SIGNED_IN },
  { "send-throttled", send_throttled, TRUE, CONFAB_CONNECTION_ONLINE, CONFAB_PROBLEM_THROTTLED },
  { "send-and-stream", send_and_stream, TRUE, CONFAB_CONNECTION_POLLING,
    CONFAB_PROBLEM_NOT_SIGNED_IN },
  { "empty-history", empty_history, FALSE, CONFAB_CONNECTION_POLLING, 0 },
};

/* ---- the test ---- */

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = foreign_server_new (NULL);
  fixture->ann = confab_test_device_new ();
  fixture->ann->environment->speed = SPEED;
  g_signal_connect_swapped (fixture->server->server, "request-started", G_CALLBACK (request_cb),
                            fixture);
  answer (fixture, "/v1/server", 200, JSON, FOREIGN_SERVER_INFO);
  answer (fixture, "/v1/sync", 200, JSON, PAGE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  confab_test_device_free (fixture->ann);
  confab_test_idle_ms (50);
  foreign_server_free (fixture->server);
}

static void
start (Fixture *fixture)
{
  g_autoptr (ConfabAccount) account = confab_account_new ("44444444-4444-4444-8444-444444444444",
                                                          fixture->server->origin, "ann", 1);

  confab_account_set_token (account, "token");
  confab_account_store_add (fixture->ann->store, account);
  confab_test_device_open (fixture->ann);
}

static const GError *
get_error (Fixture *fixture, const Case *c)
{
  return c->sends ? confab_client_get_sending_error (fixture->ann->client)
                  : confab_client_get_connection_error (fixture->ann->client);
}

static gboolean
is_expected (Fixture *fixture, const Case *c)
{
  const GError *error = get_error (fixture, c);

  if (confab_client_get_connection_state (fixture->ann->client) != c->state)
    return FALSE;
  if (c->error == 0)
    return TRUE;
  if (c->error < 0)
    return g_error_matches (error, CONFAB_ENGINE_ERROR, -c->error);

  return g_error_matches (error, CONFAB_PROBLEM, c->error);
}

static void
test_patience (Fixture *fixture, gconstpointer data)
{
  const Case *c = data;
  guint before;

  c->prepare (fixture);
  start (fixture);
  if (c->sends)
    {
      confab_test_until (confab_client_get_conversation (fixture->ann->client, 7) != NULL);
      confab_test_send (fixture->ann->client, 7, "hello");
    }
  confab_test_until (is_expected (fixture, c));
  confab_test_idle_ms (MINUTE_MS);

  before = fixture->n_requests;
  confab_test_idle_ms (WATCHED_MINUTES * MINUTE_MS);
  g_test_message ("%u requests in %d minutes", fixture->n_requests - before, WATCHED_MINUTES);
  g_assert_cmpuint (fixture->n_requests - before, <=, WATCHED_MINUTES * MAX_REQUESTS_A_MINUTE);
  g_assert_cmpuint (fixture->n_requests - before, >, 0); /* it keeps trying */
  if (c->sends)
    g_assert_cmpuint (confab_client_get_unsent_count (fixture->ann->client), ==, 1);
}

/* The server's requested wait is respected, wherever it is given. */
static void
test_retry_after (Fixture *fixture, gconstpointer data)
{
  const char *where = data;
  guint count;

  if (g_str_equal (where, "send"))
    {
      send_answer (fixture, 429, PROBLEM,
                   "{\"code\":\"throttled\",\"status\":429,\"retry_after\":600}");
      where = "/v1/conversations/7/messages";
    }
  else if (g_str_equal (where, "frame"))
    {
      stream (fixture, "{\"type\":\"error\",\"code\":\"throttled\",\"retry_after\":600}");
      where = NULL;
    }
  else
    {
      fixture->server->retry_after = "600";
      answer (fixture, where, 503, "text/html", "busy");
    }
  start (fixture);
  if (confab_client_get_conversation (fixture->ann->client, 7) == NULL && data != where)
    confab_test_until (confab_client_get_conversation (fixture->ann->client, 7) != NULL);
  if (g_str_equal (data, "send"))
    confab_test_send (fixture->ann->client, 7, "hello");
  confab_test_idle_ms (MINUTE_MS);

  count = where != NULL ? foreign_server_count (fixture->server, where) : fixture->n_streams;
  g_assert_cmpuint (count, ==, 1);
  confab_test_idle_ms (5 * MINUTE_MS);
  count = where != NULL ? foreign_server_count (fixture->server, where) : fixture->n_streams;
  g_assert_cmpuint (count, ==, 1);
}

/* "Try Again" starts a new attempt in any state. */
static void
test_try_again (Fixture *fixture, gconstpointer data)
{
  guint before;

  internal (fixture);
  start (fixture);
  confab_test_until (confab_client_get_connection_state (fixture->ann->client)
                     == CONFAB_CONNECTION_OFFLINE);
  answer (fixture, "/v1/sync", 200, JSON, PAGE);
  stream (fixture, "stay");
  before = fixture->n_requests;
  confab_client_reconnect (fixture->ann->client);
  confab_test_wait_online (fixture->ann->client);
  g_assert_cmpuint (fixture->n_requests - before, ==, 3); /* server, sync, stream */
}

/* A stream that replaces another while online must also send a frame in time. */
static void
test_silence_after_ready (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client;

  stream (fixture, "stay");
  start (fixture);
  client = fixture->ann->client;
  confab_test_wait_online (client);
  g_assert_cmpuint (fixture->n_streams, ==, 1);

  fixture->frame = "silence";
  confab_sync_verify (client->sync);
  confab_test_until (fixture->n_streams == 2);
  g_assert_cmpint (confab_client_get_connection_state (client), ==, CONFAB_CONNECTION_ONLINE);
  confab_test_until (confab_client_get_connection_state (client) == CONFAB_CONNECTION_POLLING);
  g_assert_error (confab_client_get_connection_error (client), CONFAB_ENGINE_ERROR,
                  CONFAB_ENGINE_ERROR_NOT_CONFAB);
}

/* Between the attempts to open a stream, pulls count, also after one that failed. */
static void
test_polling_after_offline (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client;

  fixture->server->retry_after = "36000";
  stream_unavailable (fixture);
  start (fixture);
  client = fixture->ann->client;
  confab_test_until (confab_client_get_connection_state (client) == CONFAB_CONNECTION_POLLING);

  fixture->server->retry_after = NULL;
  internal (fixture);
  confab_sync_check_session (client->sync);
  confab_test_until (confab_client_get_connection_state (client) == CONFAB_CONNECTION_OFFLINE);
  answer (fixture, "/v1/sync", 200, JSON, PAGE);
  confab_test_until (confab_client_get_connection_state (client) == CONFAB_CONNECTION_POLLING);
  g_assert_error (confab_client_get_connection_error (client), CONFAB_PROBLEM,
                  CONFAB_PROBLEM_UNAVAILABLE);
  g_assert_cmpuint (foreign_server_count (fixture->server, "/v1/stream"), ==, 1);
}

/* The sending error is only kept while a message waits, also during a pause that the server
 * requested. */
static void
test_nothing_waits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabTimeline) timeline = NULL;
  g_autoptr (ConfabMessage) message = NULL;
  ConfabClient *client;

  send_answer (fixture, 429, PROBLEM,
               "{\"code\":\"throttled\",\"status\":429,\"retry_after\":3600}");
  fixture->ann->environment->speed = 1; /* the pause is longer than this test */
  start (fixture);
  client = fixture->ann->client;
  confab_test_until (confab_client_get_conversation (client, 7) != NULL);
  timeline = confab_client_open_timeline (client, confab_client_get_conversation (client, 7));
  confab_test_send (client, 7, "hello");
  confab_test_until (confab_client_get_sending_error (client) != NULL);
  confab_test_until (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == 1);

  message = g_list_model_get_item (G_LIST_MODEL (timeline), 0);
  confab_client_discard (client, message);
  confab_test_until (confab_client_get_sending_error (client) == NULL);
  g_assert_cmpuint (confab_client_get_unsent_count (client), ==, 0);
}

static void
wait_for_requests (Fixture *fixture, const char *path, guint n)
{
  confab_test_until (foreign_server_count (fixture->server, path) >= n);
}

/* A message that the server failed to store several times gives way to the next. After “Retry” it
 * has as many attempts again. */
static void
test_internal_errors (Fixture *fixture, gconstpointer data)
{
  const char *path = "/v1/conversations/7/messages";
  g_autoptr (ConfabTimeline) timeline = NULL;
  g_autoptr (ConfabMessage) message = NULL;
  ConfabClient *client;
  guint n_attempts;

  send_answer (fixture, 500, PROBLEM, "{\"code\":\"internal\",\"status\":500}");
  start (fixture);
  client = fixture->ann->client;
  confab_test_until (confab_client_get_conversation (client, 7) != NULL);
  timeline = confab_client_open_timeline (client, confab_client_get_conversation (client, 7));
  confab_test_send (client, 7, "hello");
  confab_test_until (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == 1);
  message = g_list_model_get_item (G_LIST_MODEL (timeline), 0);
  confab_test_until (confab_message_get_state (message) == CONFAB_MESSAGE_FAILED);
  n_attempts = foreign_server_count (fixture->server, path);
  g_assert_cmpuint (n_attempts, >, 1);

  confab_client_retry (client, message);
  wait_for_requests (fixture, path, n_attempts + 2);
  confab_test_until (confab_message_get_state (message) == CONFAB_MESSAGE_FAILED);
  g_assert_cmpuint (foreign_server_count (fixture->server, path), ==, 2 * n_attempts);
}

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/patience/", cases[i].name, NULL);

      g_test_add (path, Fixture, &cases[i], set_up, test_patience, tear_down);
    }
  g_test_add ("/engine/patience/retry-after/sync", Fixture, "/v1/sync", set_up, test_retry_after,
              tear_down);
  g_test_add ("/engine/patience/retry-after/stream", Fixture, "/v1/stream", set_up,
              test_retry_after, tear_down);
  g_test_add ("/engine/patience/retry-after/send", Fixture, "send", set_up, test_retry_after,
              tear_down);
  g_test_add ("/engine/patience/retry-after/frame", Fixture, "frame", set_up, test_retry_after,
              tear_down);
  g_test_add ("/engine/patience/try-again", Fixture, NULL, set_up, test_try_again, tear_down);
  g_test_add ("/engine/patience/silence-after-ready", Fixture, NULL, set_up,
              test_silence_after_ready, tear_down);
  g_test_add ("/engine/patience/polling-after-offline", Fixture, NULL, set_up,
              test_polling_after_offline, tear_down);
  g_test_add ("/engine/patience/internal-errors", Fixture, NULL, set_up, test_internal_errors,
              tear_down);
  g_test_add ("/engine/patience/nothing-waits", Fixture, NULL, set_up, test_nothing_waits,
              tear_down);

  return g_test_run ();
}
