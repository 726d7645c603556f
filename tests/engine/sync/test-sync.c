/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Synchronising with misbehaving servers and networks. */

#include <sqlite3.h>

#include "confab-engine-error.h"
#include "confab-test-engine.h"
#include "confab-test-server.h"
#include "dump.h"
#include "foreign-server.h"

/* ---- a scripted server ---- */

#define EMPTY_PAGE                                                                                 \
  "{\"from\":null,\"to\":\"e:1\",\"has_more\":false,\"rows\":{\"roles\":[{\"id\":2,\"base\":"      \
  "\"user\",\"rolename\":"                                                                         \
  "\"user\",\"rev\":1}],"                                                                          \
  "\"users\":[{\"id\":1,\"username\":\"ann\",\"email\":\"ann@example.org\",\"created_at\":1,"      \
  "\"role_id\":2,\"deleted\":false,\"rev\":1}]}}"

typedef struct
{
  ForeignServer *server;
  ConfabTestDevice *ann;
  char **frames; /* (nullable): the frames to send after hello */
  guint n_streams;
  char *hello;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = foreign_server_new (NULL);
  fixture->ann = confab_test_device_new ();
  fixture->ann->environment->speed = 20;
  foreign_server_answer (fixture->server, "/v1/server", 200, "application/json",
                         g_strdup (FOREIGN_SERVER_INFO));
  foreign_server_answer (fixture->server, "/v1/sync", 200, "application/json",
                         g_strdup (EMPTY_PAGE));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  confab_test_device_free (fixture->ann);
  confab_test_idle_ms (50);
  foreign_server_free (fixture->server);
  g_strfreev (fixture->frames);
  g_free (fixture->hello);
}

static void
start (Fixture *fixture, const char *origin)
{
  g_autoptr (ConfabAccount) account =
      confab_account_new ("44444444-4444-4444-8444-444444444444", origin, "ann", 1);

  confab_account_set_token (account, "token");
  confab_account_store_add (fixture->ann->store, account);
  confab_test_device_open (fixture->ann);
}

static void
message_cb (SoupWebsocketConnection *connection, int type, GBytes *message, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_free (fixture->hello);
  fixture->hello = g_strndup (g_bytes_get_data (message, NULL), g_bytes_get_size (message));
  for (guint i = 0; fixture->frames != NULL && fixture->frames[i] != NULL; i++)
    soup_websocket_connection_send_text (connection, fixture->frames[i]);
}

static void
stream_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           SoupWebsocketConnection *connection,
           gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_streams++;
  g_signal_connect (connection, "message", G_CALLBACK (message_cb), fixture);
  g_signal_connect (g_object_ref (connection), "closed", G_CALLBACK (g_object_unref), NULL);
}

static void
stream (Fixture *fixture, const char *protocol, const char *const *frames)
{
  char *protocols[] = { (char *)protocol, NULL };

  fixture->frames = g_strdupv ((char **)frames);
  soup_server_add_websocket_handler (fixture->server->server, "/v1/stream", NULL, protocols,
                                     stream_cb, fixture, NULL);
}

static ConfabConnectionState
get_state (Fixture *fixture)
{
  return confab_client_get_connection_state (fixture->ann->client);
}

static void
count_cb (guint *count)
{
  *count += 1;
}

/* ---- the stream ---- */

/* A name that cannot be shown does not stop the sync. */
static void
test_bad_name (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) parts = g_strsplit (EMPTY_PAGE, "\"username\":\"ann\"", 2);

  foreign_server_answer (fixture->server, "/v1/sync", 200, "application/json",
                         g_strconcat (parts[0], "\"username\":\"a\u202enn\"", parts[1], NULL));
  stream (fixture, "confab.v1", (const char *const[]){ "{\"type\":\"ready\"}", NULL });
  start (fixture, fixture->server->origin);
  confab_test_wait_online (fixture->ann->client);
  g_assert_cmpstr (confab_user_get_username (confab_client_get_self_user (fixture->ann->client)),
                   ==, "ann");
}

static void
test_hello (Fixture *fixture, gconstpointer data)
{
  stream (fixture, "confab.v1",
          (const char *const[]){
              "{\"type\":\"news\",\"of\":\"a kind we do not know\"}", "{\"type\":\"ready\"}",
              "{\"type\":\"rows\",\"from\":\"e:1\",\"to\":\"e:2\",\"rows\":{}}", NULL });
  start (fixture, fixture->server->origin);
  confab_test_wait_online (fixture->ann->client);
  g_assert_nonnull (strstr (fixture->hello, "\"e:1\""));
  g_assert_cmpstr (fixture->server->authorization, ==, "Bearer token");
  confab_test_until (g_strcmp0 (confab_mirror_get_cursor (fixture->ann->client->mirror), "e:2")
                     == 0);
  g_assert_cmpuint (fixture->n_streams, ==, 1);
}

/* A frame that does not begin at the cursor is not applied; the client pulls again. */
static void
test_gap (Fixture *fixture, gconstpointer data)
{
  guint pulls;

  stream (fixture, "confab.v1",
          (const char *const[]){ "{\"type\":\"ready\"}",
                                 "{\"type\":\"rows\",\"from\":\"e:5\",\"to\":\"e:6\",\"rows\":{}}",
                                 NULL });
  start (fixture, fixture->server->origin);
  confab_test_wait_online (fixture->ann->client);
  pulls = foreign_server_count (fixture->server, "/v1/sync");
  confab_test_until (foreign_server_count (fixture->server, "/v1/sync") > pulls);
  confab_test_until (fixture->n_streams >= 2);
  g_assert_cmpstr (confab_mirror_get_cursor (fixture->ann->client->mirror), ==, "e:1");
}

/* Any malformed frame ends the stream, is retried with growing waits, and leaves the mirror
 * unchanged. */
static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  stream (fixture, "confab.v1", (const char *const[]){ data, NULL });
  start (fixture, fixture->server->origin);
  confab_test_until (fixture->n_streams >= 3);
  g_assert_cmpstr (confab_mirror_get_cursor (fixture->ann->client->mirror), ==, "e:1");
}

/* Too many frames at once: the stream is dropped and opened again. */
static void
test_flood (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GStrvBuilder) frames = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 1; i < 400; i++)
    g_strv_builder_take (
        frames, g_strdup_printf (
                    "{\"type\":\"rows\",\"from\":\"e:%u\",\"to\":\"e:%u\",\"rows\":{}}", i, i + 1));
  all = g_strv_builder_end (frames);
  stream (fixture, "confab.v1", (const char *const *)all);
  start (fixture, fixture->server->origin);
  confab_test_until (fixture->n_streams >= 2);
}

/* The network changed: the open stream may be dead, so another is opened without changing the
 * state. */
static void
test_other_network (Fixture *fixture, gconstpointer data)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();
  guint n_states = 0;

  stream (fixture, "confab.v1", (const char *const[]){ "{\"type\":\"ready\"}", NULL });
  start (fixture, fixture->server->origin);
  confab_test_wait_online (fixture->ann->client);
  g_assert_cmpuint (fixture->n_streams, ==, 1);
  g_signal_connect_swapped (fixture->ann->client, "notify::connection-state", G_CALLBACK (count_cb),
                            &n_states);

  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  confab_test_until (fixture->n_streams == 2);
  confab_test_idle_ms (100);
  g_assert_cmpuint (fixture->n_streams, ==, 2);
  g_assert_cmpint (get_state (fixture), ==, CONFAB_CONNECTION_ONLINE);
  g_assert_cmpuint (n_states, ==, 0);
  g_signal_handlers_disconnect_by_data (fixture->ann->client, &n_states);

  /* A network that went is checked as well, because the system may be wrong. */
  g_signal_emit_by_name (monitor, "network-changed", FALSE);
  confab_test_until (fixture->n_streams == 3);
  g_assert_cmpint (get_state (fixture), ==, CONFAB_CONNECTION_ONLINE);
}

/* The new network does not lead to the server: this is noticed at once, not by a missing pong. */
static void
test_other_network_dead (Fixture *fixture, gconstpointer data)
{
  stream (fixture, "confab.v1", (const char *const[]){ "{\"type\":\"ready\"}", NULL });
  start (fixture, fixture->server->origin);
  confab_test_wait_online (fixture->ann->client);
  foreign_server_answer (fixture->server, "/v1/server", 200, "text/html",
                         g_strdup ("<html>Sign in</html>"));
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed",
                         GPOINTER_TO_INT (data));
  confab_test_until (get_state (fixture) == CONFAB_CONNECTION_OFFLINE);
}

/* ---- history ---- */

#define PAGE_WITH_A_GAP                                                                            \
  "{\"from\":null,\"to\":\"e:1\",\"has_more\":false,\"rows\":{\"roles\":[{\"id\":2,\"base\":"      \
  "\"user\",\"rolename\":"                                                                         \
  "\"user\",\"rev\":1}],"                                                                          \
  "\"users\":[{\"id\":1,\"username\":\"ann\",\"created_at\":1,\"role_id\":2,\"deleted\":false,"    \
  "\"rev\":1}],"                                                                                   \
  "\"conversations\":[{\"id\":7,\"kind\":\"group\",\"title\":null,\"created_at\":1,\"last_seq\":"  \
  "9,"                                                                                             \
  "\"rev\":1},{\"id\":8,\"kind\":\"group\",\"title\":null,\"created_at\":1,\"last_seq\":2,"        \
  "\"rev\":1}],\"conversation_users\":[{\"id\":1,\"conversation_id\":7,\"user_id\":1,"             \
  "\"joined_at\":1,\"left_at\":null,\"rev\":1},{\"id\":2,\"conversation_id\":8,\"user_id\":1,"     \
  "\"joined_at\":1,\"left_at\":null,\"rev\":1}],\"messages\":[" MESSAGE (7, 9, 90) "," MESSAGE (   \
      8, 2, 20) "]}}"
#define MESSAGE(conversation, seq, id)                                                             \
  "{\"id\":" #id ",\"client_id\":\"00000000-0000-4000-8000-0000000000" #id                         \
  "\",\"conversation_id\":" #conversation ",\"sender_id\":1,\"seq\":" #seq                         \
  ",\"content\":\"x\",\"sent_at\":" #id ",\"rev\":1}"

/* A server that returns nothing older, or stored messages again, is not asked forever, and does not
 * prevent loading the history of other conversations. */
static void
test_fruitless_history (Fixture *fixture, gconstpointer data)
{
  guint asked;

  foreign_server_answer (fixture->server, "/v1/sync", 200, "application/json",
                         g_strdup (PAGE_WITH_A_GAP));
  foreign_server_answer (fixture->server, "/v1/conversations/7/messages", 200, "application/json",
                         g_strdup (data));
  foreign_server_answer (fixture->server, "/v1/conversations/8/messages", 200, "application/json",
                         g_strdup ("{\"rows\":{\"messages\":[" MESSAGE (8, 1, 10) "]}}"));
  stream (fixture, "confab.v1", (const char *const[]){ "{\"type\":\"ready\"}", NULL });
  start (fixture, fixture->server->origin);
  confab_test_until (foreign_server_count (fixture->server, "/v1/conversations/7/messages") > 0);
  confab_test_until (foreign_server_count (fixture->server, "/v1/conversations/8/messages") == 1);
  confab_test_idle_ms (500);
  asked = foreign_server_count (fixture->server, "/v1/conversations/7/messages");
  g_assert_cmpuint (asked, ==, 1);
  g_assert_cmpuint (foreign_server_count (fixture->server, "/v1/conversations/8/messages"), ==, 1);

  /* After reconnecting, the answer may be another one. */
  confab_sync_reconnect (fixture->ann->client->sync);
  confab_test_until (foreign_server_count (fixture->server, "/v1/conversations/7/messages") == 2);
  confab_test_idle_ms (300);
  g_assert_cmpuint (foreign_server_count (fixture->server, "/v1/conversations/7/messages"), ==, 2);
}

/* ---- large answers ---- */

/* A frame is decoded on another thread and dropped meanwhile: its main-thread objects are freed
 * there. */
static void
test_large_frames (Fixture *fixture, gconstpointer data)
{
  g_autofree char *padding = g_strnfill (200 * 1024, 'x');
  g_autofree char *frame =
      g_strdup_printf ("{\"type\":\"rows\",\"from\":\"e:1\",\"to\":\"e:1\",\"rows\":{},"
                       "\"padding\":\"%s\"}",
                       padding);
  char *page = g_strdup (EMPTY_PAGE);

  page[strlen (page) - 1] = '\0';
  foreign_server_answer (fixture->server, "/v1/sync", 200, "application/json",
                         g_strdup_printf ("%s,\"padding\":\"%s\"}", page, padding));
  g_free (page);
  stream (fixture, "confab.v1",
          (const char *const[]){ "{\"type\":\"ready\"}", frame, frame, frame, frame, NULL });
  start (fixture, fixture->server->origin);
  for (guint i = 0; i < 40; i++)
    {
      guint pulls = foreign_server_count (fixture->server, "/v1/sync");

      confab_test_until (foreign_server_count (fixture->server, "/v1/sync") > pulls);
      confab_test_idle_ms (i % 4);
      confab_sync_reconnect (fixture->ann->client->sync);
    }
  confab_test_wait_online (fixture->ann->client);
}

static void
test_ended_session (Fixture *fixture, gconstpointer data)
{
  stream (fixture, "confab.v1", (const char *const[]){ "{\"type\":\"ready\"}", NULL });
  start (fixture, fixture->server->origin);
  confab_test_wait_online (fixture->ann->client);
  foreign_server_answer (fixture->server, "/v1/sync", 401, "application/problem+json",
                         g_strdup ("{\"code\":\"not-signed-in\",\"status\":401}"));
  confab_sync_reconnect (fixture->ann->client->sync);
  confab_test_until (get_state (fixture) == CONFAB_CONNECTION_SIGNED_OUT);
}

/* ---- no websocket ---- */

/* Behind a proxy without websockets, the client pulls at intervals. */
static void
test_no_websocket (Fixture *fixture, gconstpointer data)
{
  start (fixture, fixture->server->origin);
  confab_test_until (get_state (fixture) == CONFAB_CONNECTION_POLLING);
  g_assert_cmpuint (foreign_server_count (fixture->server, "/v1/sync"), ==, 1);
  g_assert_true (confab_client_is_online (fixture->ann->client));
  confab_test_until (foreign_server_count (fixture->server, "/v1/sync") >= 3);
  g_assert_true (confab_client_is_online (fixture->ann->client));
}

static void
test_other_subprotocol (Fixture *fixture, gconstpointer data)
{
  stream (fixture, "other.v9", (const char *const[]){ NULL });
  start (fixture, fixture->server->origin);
  confab_test_until (get_state (fixture) == CONFAB_CONNECTION_POLLING);
  g_assert_cmpuint (foreign_server_count (fixture->server, "/v1/sync"), ==, 1);
}

/* ---- a server that does not answer ---- */

static void
hang_cb (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  *(guint *)user_data += 1;
  soup_server_message_pause (message);
}

/* "Try Again" starts a new attempt although one is in progress. */
static void
test_hang (Fixture *fixture, gconstpointer data)
{
  guint n_hung = 0;

  soup_server_add_handler (fixture->server->server, data, hang_cb, &n_hung, NULL);
  stream (fixture, "confab.v1", (const char *const[]){ "{\"type\":\"ready\"}", NULL });
  start (fixture, fixture->server->origin);
  confab_test_until (n_hung == 1);
  g_assert_cmpint (get_state (fixture), ==, CONFAB_CONNECTION_CONNECTING);
  soup_server_remove_handler (fixture->server->server, data);
  confab_client_reconnect (fixture->ann->client);
  confab_test_wait_online (fixture->ann->client);
}

/* ---- refused ---- */

static void
test_newer_server (Fixture *fixture, gconstpointer data)
{
  foreign_server_answer (fixture->server, "/v1/server", 200, "application/json",
                         g_strdup ("{\"protocol\":2}"));
  start (fixture, fixture->server->origin);
  confab_test_until (get_state (fixture) == CONFAB_CONNECTION_REFUSED);
  g_assert_error (confab_client_get_connection_error (fixture->ann->client), CONFAB_ENGINE_ERROR,
                  CONFAB_ENGINE_ERROR_NEWER_SERVER);
  g_assert_cmpuint (foreign_server_count (fixture->server, "/v1/sync"), ==, 0);

  foreign_server_answer (fixture->server, "/v1/server", 200, "application/json",
                         g_strdup (FOREIGN_SERVER_INFO));
  confab_client_reconnect (fixture->ann->client);
  confab_test_until (confab_client_is_online (fixture->ann->client));
}

static void
test_bad_certificate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) certificate =
      foreign_certificate_new (fixture->ann->folder, "IP:127.0.0.1", NULL);
  g_autoptr (ForeignServer) server = foreign_server_new (certificate);

  start (fixture, server->origin);
  confab_test_until (get_state (fixture) == CONFAB_CONNECTION_REFUSED);
  g_assert_error (confab_client_get_connection_error (fixture->ann->client), CONFAB_ENGINE_ERROR,
                  CONFAB_ENGINE_ERROR_BAD_CERTIFICATE);
  g_assert_null (server->authorization);
  confab_client_stop (fixture->ann->client, CONFAB_CONNECTION_STOPPED);
  confab_test_idle_ms (200);
}

/* A captive portal's page neither loses nor refuses a message. */
static void
test_captive_portal (Fixture *fixture, gconstpointer data)
{
  foreign_server_answer (fixture->server, "/v1/server", 200, "text/html",
                         g_strdup ("<html>Sign in</html>"));
  start (fixture, fixture->server->origin);
  confab_test_until (get_state (fixture) == CONFAB_CONNECTION_OFFLINE);
  g_assert_error (confab_client_get_connection_error (fixture->ann->client), CONFAB_ENGINE_ERROR,
                  CONFAB_ENGINE_ERROR_NOT_CONFAB);
}

/* ---- suspend ---- */

static gint64 slept_ms;

static gint64
sleepy_now (gpointer user_data)
{
  return g_get_real_time () / 1000 + slept_ms;
}

static void
changed_cb (ConfabNetwork *network, gboolean resumed, gpointer user_data)
{
  if (resumed)
    *(guint *)user_data += 1;
}

static void
test_resume (void)
{
  g_autoptr (ConfabEnvironment) environment = confab_environment_new ("/nowhere");
  g_autoptr (ConfabNetwork) network = NULL;
  guint count = 0;

  environment->now = sleepy_now;
  network = confab_network_new (environment);
  g_signal_connect (network, "changed", G_CALLBACK (changed_cb), &count);
  slept_ms = 3600 * 1000;
  confab_test_until (count == 1);
}

/* ---- another epoch, with the real server ---- */

static void
change_epoch (const char *path)
{
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "UPDATE clock SET epoch = 'restored'", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (database);
}

static void
storage_cb (ConfabClient *client, GParamSpec *pspec, gpointer user_data)
{
  if (confab_client_get_storage_state (client) == CONFAB_STORAGE_REBUILDING)
    *(gboolean *)user_data = TRUE;
}

/* After restoring a backup, mirrors are rebuilt, and unsent messages are sent. */
static void
test_rebuild (void)
{
  g_autoptr (ConfabTestServer) server = confab_test_server_new ();
  g_autoptr (ConfabTestDevice) ann = confab_test_device_new ();
  g_autoptr (ConfabTestDevice) fresh = confab_test_device_new ();
  gboolean rebuilding = FALSE;
  gint64 group;

  confab_test_server_start (server);
  confab_test_device_register (ann, confab_test_server_get_origin (server), "ann");
  confab_test_wait_online (ann->client);
  group = confab_conversation_get_id (confab_test_create_group (ann->client, "Group", NULL, 0));
  for (guint i = 0; i < 40; i++)
    confab_test_send (ann->client, group, "before");
  confab_test_until (confab_client_get_unsent_count (ann->client) == 0);

  confab_test_server_stop (server);
  change_epoch (confab_test_server_get_database (server));
  confab_test_send (ann->client, group, "meanwhile");
  confab_client_save_draft (ann->client, confab_client_get_conversation (ann->client, group),
                            "a draft");
  g_signal_connect (ann->client, "notify::storage-state", G_CALLBACK (storage_cb), &rebuilding);
  confab_test_server_start (server);
  confab_test_until (rebuilding);
  confab_test_until (confab_client_get_storage_state (ann->client) == CONFAB_STORAGE_GOOD);
  confab_test_wait_online (ann->client);
  g_assert_true (g_str_has_prefix (confab_mirror_get_cursor (ann->client->mirror), "restored:"));
  confab_test_until (confab_client_get_unsent_count (ann->client) == 0);
  g_assert_cmpstr (
      confab_conversation_get_draft (confab_client_get_conversation (ann->client, group)), ==,
      "a draft");
  g_assert_cmpint (dump_number (confab_test_server_get_database (server),
                                "SELECT count (*) FROM messages WHERE content = 'meanwhile'"),
                   ==, 1);

  confab_test_device_adopt (fresh, ann->client);
  confab_test_wait_same_mirrors (ann, fresh);
}

/* ---- limits ---- */

static gint64
count_messages (ConfabTestServer *server)
{
  return dump_number (confab_test_server_get_database (server), "SELECT count (*) FROM messages");
}

/* Beyond the server's limit, the client says so, waits, and sends everything once. */
static void
test_held (void)
{
  g_autoptr (ConfabTestServer) server = confab_test_server_new ();
  g_autoptr (ConfabTestDevice) ann = confab_test_device_new ();
  gint64 group;

  confab_test_server_limit (server, "messages_per_hour=720\n"); /* one in five seconds */
  confab_test_server_start (server);
  confab_test_device_register (ann, confab_test_server_get_origin (server), "ann");
  confab_test_wait_online (ann->client);
  group = confab_conversation_get_id (confab_test_create_group (ann->client, "much", NULL, 0));
  for (guint i = 0; i < 723; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      confab_test_send (ann->client, group, text);
    }

  confab_test_until (confab_client_get_sending_error (ann->client) != NULL);
  g_assert_error (confab_client_get_sending_error (ann->client), CONFAB_PROBLEM,
                  CONFAB_PROBLEM_THROTTLED);
  g_assert_cmpuint (confab_problem_get_retry_after (confab_client_get_sending_error (ann->client)),
                    >, 0);
  g_assert_cmpint (count_messages (server), >=, 720);
  g_assert_cmpint (confab_client_get_connection_state (ann->client), ==, CONFAB_CONNECTION_ONLINE);
  confab_test_until (confab_client_get_unsent_count (ann->client) == 0);
  confab_test_until (confab_client_get_sending_error (ann->client) == NULL);
  g_assert_cmpint (count_messages (server), ==, 723);
}

/* Beyond the limit of stored texts, messages stay here. */
static void
test_storage_full (void)
{
  g_autoptr (ConfabTestServer) server = confab_test_server_new ();
  g_autoptr (ConfabTestDevice) ann = confab_test_device_new ();
  g_autofree char *long_text = g_strnfill (10000, 'x');
  gint64 group;

  confab_test_server_limit (server, "text_per_person=1\ntext_per_hour=1000\n");
  confab_test_server_start (server);
  confab_test_device_register (ann, confab_test_server_get_origin (server), "ann");
  confab_test_wait_online (ann->client);
  group = confab_conversation_get_id (confab_test_create_group (ann->client, "much", NULL, 0));
  for (guint i = 0; i < 106; i++)
    confab_test_send (ann->client, group, long_text);

  confab_test_until (confab_client_get_sending_error (ann->client) != NULL);
  g_assert_error (confab_client_get_sending_error (ann->client), CONFAB_PROBLEM,
                  CONFAB_PROBLEM_STORAGE_FULL);
  g_assert_cmpint (count_messages (server), ==, 104);
  g_assert_cmpuint (confab_client_get_unsent_count (ann->client), ==, 2);
}

#define ADD_DATA(name, function, data)                                                             \
  g_test_add ("/engine/sync/" name, Fixture, data, set_up, function, tear_down)
#define ADD(name, function) ADD_DATA (name, function, NULL)

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);
  ADD ("hello", test_hello);
  ADD ("bad-name", test_bad_name);
  ADD ("gap", test_gap);
  ADD_DATA ("nonsense/no-json", test_nonsense, "hello yourself");
  ADD_DATA ("nonsense/no-type", test_nonsense, "{\"from\":\"e:1\",\"to\":\"e:2\",\"rows\":{}}");
  ADD_DATA ("nonsense/no-from", test_nonsense, "{\"type\":\"rows\",\"to\":\"e:2\",\"rows\":{}}");
  ADD_DATA ("nonsense/no-rows", test_nonsense,
            "{\"type\":\"rows\",\"from\":\"e:1\",\"to\":\"e:2\"}");
  ADD_DATA (
      "nonsense/bad-row", test_nonsense,
      "{\"type\":\"rows\",\"from\":\"e:1\",\"to\":\"e:2\",\"rows\":{\"messages\":[{\"id\":-1}]}}");
  ADD_DATA ("nonsense/error", test_nonsense, "{\"type\":\"error\",\"code\":\"internal\"}");
  ADD_DATA ("nonsense/unknown-error", test_nonsense,
            "{\"type\":\"error\",\"code\":\"out-of-cheese\"}");
  ADD ("flood", test_flood);
  ADD ("ended-session", test_ended_session);
  ADD ("other-network", test_other_network);
  ADD_DATA ("other-network-dead", test_other_network_dead, GINT_TO_POINTER (TRUE));
  ADD_DATA ("no-network", test_other_network_dead, GINT_TO_POINTER (FALSE));
  ADD_DATA ("fruitless-history/none", test_fruitless_history, "{\"rows\":{\"messages\":[]}}");
  ADD_DATA ("fruitless-history/same", test_fruitless_history,
            "{\"rows\":{\"messages\":[" MESSAGE (7, 9, 90) "]}}");
  ADD ("large-frames", test_large_frames);
  ADD ("no-websocket", test_no_websocket);
  ADD ("other-subprotocol", test_other_subprotocol);
  ADD_DATA ("hang/server", test_hang, "/v1/server");
  ADD_DATA ("hang/sync", test_hang, "/v1/sync");
  ADD ("newer-server", test_newer_server);
  ADD ("bad-certificate", test_bad_certificate);
  ADD ("captive-portal", test_captive_portal);
  g_test_add_func ("/engine/sync/resume", test_resume);
  g_test_add_func ("/engine/sync/rebuild", test_rebuild);
  g_test_add_func ("/engine/sync/held", test_held);
  g_test_add_func ("/engine/sync/storage-full", test_storage_full);

  return g_test_run ();
}
