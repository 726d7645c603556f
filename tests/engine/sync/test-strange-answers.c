/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Answers that this version of Confab does not understand. Rows are mended or skipped, and
 * everything else is synced; other answers are refused, whatever they hold. */

#include <sqlite3.h>
#include <string.h>

#include "confab-admin-private.h"
#include "confab-client-account.h"
#include "confab-engine-error.h"
#include "confab-reset.h"
#include "confab-test-engine.h"
#include "dump.h"
#include "foreign-server.h"

#define UUID(n) "\"11111111-1111-4111-8111-00000000000" n "\""
#define GOOD                                                                                       \
  "\"roles\":[{\"id\":2,\"base\":\"user\",\"rolename\":\"user\",\"rev\":1}],"                      \
  "\"users\":[{\"id\":1,\"username\":\"ann\",\"email\":\"ann@example.org\",\"created_at\":1,"      \
  "\"role_id\":2,\"deleted\":false,\"rev\":1},{\"id\":3,\"username\":\"bob\",\"created_at\":1,"    \
  "\"role_id\":2,\"deleted\":false,\"rev\":1}],"                                                   \
  "\"conversations\":[{\"id\":7,\"kind\":\"group\",\"title\":\"Lunch\",\"created_at\":1,"          \
  "\"last_seq\":0,\"rev\":1}],"                                                                    \
  "\"conversation_users\":[{\"id\":7,\"conversation_id\":7,\"user_id\":1,\"joined_at\":1,"         \
  "\"left_at\":null,\"rev\":1},{\"id\":8,\"conversation_id\":7,\"user_id\":3,\"joined_at\":1,"     \
  "\"left_at\":null,\"rev\":1}]"
#define MESSAGE(n, members)                                                                        \
  "{\"id\":" n ",\"client_id\":" UUID (n) ",\"conversation_id\":7,\"seq\":" n ",\"rev\":5,"        \
                                          "\"sent_at\":1," members "}"

#define WITH_NUL MESSAGE ("1", "\"sender_id\":3,\"content\":\"a\\u0000b\"")
#define WITHOUT_TEXT MESSAGE ("2", "\"sender_id\":\"bob\",\"content\":[\"bold\"]")
#define FOURTH MESSAGE ("4", "\"sender_id\":3,\"content\":\"four\"")

/* Newer versions of all rows, each with something wrong, and what must arrive beside them. */
/* clang-format off */
#define STRANGE                                                                                    \
  "\"roles\":[{\"id\":2,\"base\":\"auditor\",\"rolename\":[],\"rev\":5}],"                         \
  "\"users\":[{\"id\":3,\"username\":{},\"about\":\"a\\u0000b\\ud800\",\"picture\":7,"             \
  "\"created_at\":\"x\",\"role_id\":\"2\",\"deleted\":3,\"rev\":5},\"no row\",{\"id\":\"4\"}],"    \
  "\"conversations\":[{\"id\":7,\"kind\":\"channel\",\"title\":[],\"created_at\":1.5,"             \
  "\"last_seq\":4,\"rev\":5},{\"id\":-8,\"kind\":\"group\",\"rev\":5}],"                           \
  "\"conversation_users\":[{\"id\":8,\"conversation_id\":7,\"user_id\":3,\"joined_at\":\"\","      \
  "\"left_at\":{},\"removed_by\":\"me\",\"rev\":5},{\"id\":9,\"conversation_id\":[],\"rev\":5}],"  \
  "\"read_positions\":[{\"conversation_id\":7,\"last_read_seq\":\"4\",\"rev\":5}],"                \
  "\"messages\":[" WITH_NUL ","   \
  WITHOUT_TEXT ","   \
  "{\"id\":3,\"client_id\":4,\"conversation_id\":7,\"seq\":3,\"rev\":5,\"sender_id\":3,"           \
  "\"content\":\"three\",\"sent_at\":\"now\"},{\"id\":\"5\"},"                                     \
  FOURTH "],"  \
  "\"notices\":[{\"id\":1,\"at\":{},\"action\":7,\"actor\":true,\"old\":[],\"new\":1,"             \
  "\"by_self\":\"yes\",\"rev\":5},{\"id\":2,\"at\":1,\"action\":\"restored\",\"actor\":\"bob\","   \
  "\"old\":null,\"new\":null,\"by_self\":false,\"rev\":5}]"
/* clang-format on */

typedef struct
{
  ForeignServer *server;
  ConfabTestDevice *ann;
  const char *first;  /* the rows of a pull from the beginning */
  const char *second; /* the rows of the next one */
  const char *frame;  /* (nullable): the rows of the stream's frame after those */
  guint n_first;
  SoupWebsocketConnection *stream; /* (nullable): the newest */
  guint n_history;
} Fixture;

static void
pull_cb (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  Fixture *fixture = user_data;
  const char *since = query != NULL ? g_hash_table_lookup (query, "since") : NULL;
  const char *rows = since == NULL                ? fixture->first
                     : g_str_equal (since, "e:1") ? fixture->second
                                                  : "";
  g_autofree char *body =
      g_strdup_printf ("{\"from\":null,\"to\":\"%s\",\"has_more\":%s,\"rows\":{%s}}",
                       since == NULL ? "e:1" : "e:2", since == NULL ? "true" : "false", rows);

  fixture->n_first += since == NULL;
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static void
say_cb (SoupWebsocketConnection *connection, int type, GBytes *message, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *text = NULL;

  soup_websocket_connection_send_text (connection, "{\"type\":\"ready\"}");
  if (fixture->frame == NULL)
    return;
  text = g_strdup_printf ("{\"type\":\"rows\",\"from\":\"e:2\",\"to\":\"e:3\",\"rows\":{%s}}",
                          fixture->frame);
  soup_websocket_connection_send_text (connection, text);
}

static void
stream_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           SoupWebsocketConnection *connection,
           gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->stream = connection;
  g_signal_connect (connection, "message", G_CALLBACK (say_cb), fixture);
  g_signal_connect (g_object_ref (connection), "closed", G_CALLBACK (g_object_unref), NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static char *protocols[] = { (char *)"confab.v1", NULL };

  fixture->server = foreign_server_new (NULL);
  fixture->ann = confab_test_device_new ();
  fixture->second = "";
  foreign_server_answer (fixture->server, "/v1/server", 200, "application/json",
                         g_strdup (FOREIGN_SERVER_INFO));
  foreign_server_answer (fixture->server, "/v1/conversations/7/read", 200, "application/json",
                         g_strdup ("{\"rows\":{}}"));
  soup_server_add_handler (fixture->server->server, "/v1/sync", pull_cb, fixture, NULL);
  soup_server_add_websocket_handler (fixture->server->server, "/v1/stream", NULL, protocols,
                                     stream_cb, fixture, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  confab_test_device_free (fixture->ann);
  confab_test_idle_ms (50);
  foreign_server_free (fixture->server);
}

static void
start (Fixture *fixture, ConfabTestDevice *device)
{
  g_autoptr (ConfabAccount) account = confab_account_new ("44444444-4444-4444-8444-444444444444",
                                                          fixture->server->origin, "ann", 1);

  confab_account_set_token (account, "token");
  confab_account_store_add (device->store, account);
  confab_test_device_open (device);
  confab_test_wait_online (device->client);
}

static char *
query (ConfabTestDevice *device, const char *sql)
{
  g_autofree char *mirror = confab_test_device_get_mirror (device);

  return dump_query (mirror, sql);
}

static char *
dump (ConfabTestDevice *device)
{
  static const char *const tables[] = {
    "roles", "users", "conversations", "conversation_users", "read_positions", "messages",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strconcat ("SELECT * FROM ", tables[i], " ORDER BY 1", NULL);
      g_autofree char *rows = query (device, sql);

      g_string_append_printf (text, "%s\n%s", tables[i], rows);
    }

  return g_string_free (text, FALSE);
}

static void
assert_everything_arrived (ConfabTestDevice *device)
{
  g_autofree char *messages = NULL;

  confab_test_until (confab_client_get_conversation (device->client, 7) != NULL);
  confab_test_until (
      confab_conversation_get_last_seq (confab_client_get_conversation (device->client, 7)) == 4);
  messages = query (device, "SELECT seq, sender_id, content FROM messages ORDER BY seq");
  g_assert_cmpstr (messages, ==, "1|3|a\uFFFDb\n2|0|\uFFFD\n3|3|three\n4|3|four\n");
  g_assert_cmpint (confab_client_get_connection_state (device->client), ==,
                   CONFAB_CONNECTION_ONLINE);
}

/* In a page, in a frame of the stream, and from scratch: the mirrors are the same. */
static void
test_delta_equals_fresh (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabTestDevice) pushed = confab_test_device_new ();
  g_autoptr (ConfabTestDevice) fresh = confab_test_device_new ();
  g_autofree char *by_page = NULL;
  g_autofree char *by_frame = NULL;
  g_autofree char *from_scratch = NULL;

  fixture->first = GOOD;
  fixture->second = STRANGE;
  start (fixture, fixture->ann);
  assert_everything_arrived (fixture->ann);
  by_page = dump (fixture->ann);

  fixture->second = "";
  fixture->frame = STRANGE;
  start (fixture, pushed);
  assert_everything_arrived (pushed);
  by_frame = dump (pushed);

  fixture->first = STRANGE;
  fixture->frame = NULL;
  fixture->second = GOOD; /* older, so it changes nothing that is known already */
  start (fixture, fresh);
  assert_everything_arrived (fresh);
  from_scratch = dump (fresh);

  g_assert_cmpstr (by_page, ==, by_frame);
  g_assert_cmpstr (by_page, ==, from_scratch);
}

static void
pretend_another_version (const char *mirror)
{
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (mirror, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "UPDATE meta SET value = '0.0' WHERE key = 'mended_by'",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (database), ==, 1);
  sqlite3_close (database);
}

/* Rows that another version mended or skipped are fetched again, once. */
static void
test_fetched_again (Fixture *fixture, gconstpointer data)
{
  ConfabTestDevice *ann = fixture->ann;
  g_autofree char *mirror = NULL;
  g_autofree char *title = NULL;
  g_autofree char *version = NULL;

  fixture->first = GOOD;
  fixture->second = STRANGE;
  start (fixture, ann);
  assert_everything_arrived (ann);
  g_assert_cmpuint (fixture->n_first, ==, 1);
  confab_test_device_close (ann);
  confab_test_device_open (ann);
  confab_test_wait_online (ann->client);
  g_assert_cmpuint (fixture->n_first, ==, 1); /* the same version would not understand more */
  confab_test_send (ann->client, 7, "waiting");
  confab_test_device_close (ann);

  mirror = confab_test_device_get_mirror (ann);
  pretend_another_version (mirror);
  fixture->second = "\"conversations\":[{\"id\":7,\"kind\":\"group\",\"title\":\"Channel\","
                    "\"created_at\":1,\"last_seq\":0,\"rev\":5}]";
  confab_test_device_open (ann);
  confab_test_until (fixture->n_first == 2);
  confab_test_wait_online (ann->client);
  confab_test_until (confab_client_get_storage_state (ann->client) == CONFAB_STORAGE_GOOD);
  title = query (ann, "SELECT id, title FROM conversations");
  g_assert_cmpstr (title, ==, "7|Channel\n");
  version = query (ann, "SELECT value FROM meta WHERE key = 'mended_by'");
  g_assert_cmpstr (version, ==, "");
  g_assert_cmpuint (confab_client_get_unsent_count (ann->client), ==, 1);
  confab_test_device_close (ann);
  confab_test_device_open (ann);
  confab_test_wait_online (ann->client);
  g_assert_cmpuint (fixture->n_first, ==, 2);
}

/* ---- codes, links and tokens ---- */

typedef void (*Call) (Fixture *fixture, GAsyncResult **result);

static void
call_invite (Fixture *fixture, GAsyncResult **result)
{
  confab_client_create_invitation_async (fixture->ann->client, 1, 3600, NULL, confab_test_result_cb,
                                         result);
}

static void
call_reset_code (Fixture *fixture, GAsyncResult **result)
{
  ConfabPersonRow *row = g_new0 (ConfabPersonRow, 1);
  g_autoptr (ConfabPerson) person = NULL;

  row->user = g_new0 (ConfabUserRow, 1);
  *row->user = (ConfabUserRow){ .id = 3, .username = g_strdup ("bob"), .email = g_strdup ("") };
  row->state = g_strdup ("active");
  person = confab_person_new (row);
  confab_client_issue_reset_code_async (fixture->ann->client, person, NULL, confab_test_result_cb,
                                        result);
}

static void
call_email (Fixture *fixture, GAsyncResult **result)
{
  confab_client_change_email_async (fixture->ann->client, "new@example.org", CONFAB_TEST_PASSWORD,
                                    NULL, confab_test_result_cb, result);
}

static void
call_reset (Fixture *fixture, GAsyncResult **result)
{
  g_autoptr (ConfabReset) reset =
      confab_reset_new (fixture->ann->store, fixture->server->origin, NULL);

  confab_reset_request_async (reset, "ann@example.org", NULL, confab_test_result_cb, result);
}

static void
call_check (Fixture *fixture, GAsyncResult **result)
{
  g_autoptr (ConfabReset) reset =
      confab_reset_new (fixture->ann->store, fixture->server->origin, NULL);

  confab_reset_check_async (reset, "ann@example.org", "AAAA-BBBB", NULL, confab_test_result_cb,
                            result);
}

static void
call_sign_in (Fixture *fixture, GAsyncResult **result)
{
  confab_sign_in_async (fixture->ann->store, fixture->server->origin, "bob", CONFAB_TEST_PASSWORD,
                        NULL, confab_test_result_cb, result);
}

#define HUGE "HUGE" /* replaced by 100,000 letters */
#define BOB "\"user\":{\"id\":3,\"username\":\"bob\",\"role_id\":2,\"rev\":1}"

static const struct
{
  Call call;
  const char *path;
  const char *bodies[12];
} hostile_answers[] = {
  { call_invite,
    "/v1/admin/invitations",
    { "{}", "{\"code\":1,\"link\":\"x\"}", "{\"code\":\"x\",\"link\":null}",
      "{\"code\":\"" HUGE "\",\"link\":\"x\"}", "{\"code\":\"x\",\"link\":\"" HUGE "\"}",
      "{\"code\":\"a\\nb\",\"link\":\"x\"}", "{\"code\":\"x\",\"link\":\"\\u202ex\"}" } },
  { call_reset_code,
    "/v1/admin/users/3/reset-codes",
    { "{\"code\":\"x\",\"link\":\"x\",\"expires_at\":9223372036854775806}",
      "{\"code\":\"x\",\"link\":\"x\",\"expires_at\":-1}", "{\"code\":\"x\",\"link\":\"x\"}",
      "{\"code\":\"" HUGE "\",\"link\":\"x\",\"expires_at\":1}" } },
  { call_email,
    "/v1/users/me/email",
    { "{}", "{\"expires_at\":9223372036854775806}", "{\"expires_at\":\"soon\"}", "{\"user\":5}",
      "{\"user\":{}}" } },
  { call_reset,
    "/v1/password-resets",
    { "{}", "{\"expires_at\":1,\"retry_after\":-1}", "{\"expires_at\":1,\"retry_after\":1e9}" } },
  { call_check,
    "/v1/password-resets/check",
    { "{}", "{\"username\":\"" HUGE "\",\"expires_at\":1}",
      "{\"username\":\"a\\nb\",\"expires_at\":1}" } },
  { call_sign_in,
    "/v1/sessions",
    { "{}", "{\"token\":\"" HUGE "\",\"session_id\":1," BOB "}",
      "{\"token\":\"a\\r\\nb\",\"session_id\":1," BOB "}",
      "{\"token\":\"a b\",\"session_id\":1," BOB "}",
      "{\"token\":\"ab\",\"device_secret\":\"" HUGE "\",\"session_id\":1," BOB "}",
      "{\"token\":\"ab\",\"session_id\":1,\"user\":{\"id\":\"3\"}}",
      "{\"token\":\"ab\",\"session_id\":1,\"user\":[]}" } },
};

static void
assert_refused (Fixture *fixture, Call call_it, const char *what)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  g_test_message ("%s", what);
  call_it (fixture, &result);
  /* The value of a task that fails is never looked at. */
  g_task_propagate_pointer (G_TASK (confab_test_await (&result)), &error);
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB);
}

/* Wrong types, numbers beyond all times, texts of 100,000 letters, redirects: a client neither
 * takes them nor follows them, and stays online. */
static void
test_hostile_codes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ForeignServer) elsewhere = foreign_server_new (NULL);
  g_autofree char *huge = g_strnfill (100000, 'W');

  fixture->first = GOOD;
  start (fixture, fixture->ann);
  for (guint i = 0; i < G_N_ELEMENTS (hostile_answers); i++)
    {
      const char *path = hostile_answers[i].path;

      for (guint b = 0; hostile_answers[i].bodies[b] != NULL; b++)
        {
          g_autoptr (GString) body = g_string_new (hostile_answers[i].bodies[b]);

          g_string_replace (body, HUGE, huge, 0);
          foreign_server_answer (fixture->server, path, 200, "application/json",
                                 g_strdup (body->str));
          assert_refused (fixture, hostile_answers[i].call, hostile_answers[i].bodies[b]);
        }
      foreign_server_answer (fixture->server, path, 307, "location",
                             g_strconcat (elsewhere->origin, path, NULL));
      assert_refused (fixture, hostile_answers[i].call, "elsewhere");
      foreign_server_answer (fixture->server, path, 200, "text/html", g_strdup ("{}"));
      assert_refused (fixture, hostile_answers[i].call, "HTML");
    }
  g_assert_cmpuint (g_hash_table_size (elsewhere->requests), ==, 0);
  g_assert_cmpint (confab_client_get_connection_state (fixture->ann->client), ==,
                   CONFAB_CONNECTION_ONLINE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->ann->store)), ==, 1);
}

/* ---- history ---- */

static gboolean
unpause_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);

  return G_SOURCE_REMOVE;
}

/* While the first page is on its way, the members change; it is empty, as if the user had been out
 * of the conversation when it was read. The second has the message. */
static void
history_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  static const char change[] =
      "{\"type\":\"rows\",\"from\":\"e:2\",\"to\":\"e:3\",\"rows\":{\"conversation_users\":["
      "{\"id\":8,\"conversation_id\":7,\"user_id\":3,\"joined_at\":2,\"left_at\":null,\"rev\":6}]}"
      "}";
  Fixture *fixture = user_data;
  gboolean first = ++fixture->n_history == 1;
  const char *body = first ? "{\"rows\":{}}" : "{\"rows\":{\"messages\":[" FOURTH "]}}";

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, body,
                                    strlen (body));
  if (!first)
    return;
  soup_websocket_connection_send_text (fixture->stream, change);
  soup_server_message_pause (message);
  g_timeout_add_full (G_PRIORITY_DEFAULT, 300, unpause_cb, g_object_ref (message), g_object_unref);
}

/* An empty page says that there is no history, but not if the members changed since it was asked
 * for: then it is asked for once more. */
static void
test_stale_history (Fixture *fixture, gconstpointer data)
{
  g_autofree char *messages = NULL;

  fixture->first = GOOD;
  fixture->second = "\"conversations\":[{\"id\":7,\"kind\":\"group\",\"title\":\"Lunch\","
                    "\"created_at\":1,\"last_seq\":4,\"rev\":5}]";
  soup_server_add_handler (fixture->server->server, "/v1/conversations/7/messages", history_cb,
                           fixture, NULL);
  start (fixture, fixture->ann);
  confab_test_until (fixture->n_history >= 2);
  do
    {
      confab_test_idle_ms (20);
      g_free (messages);
      messages = query (fixture->ann, "SELECT content FROM messages");
    }
  while (*messages == '\0');
  g_assert_cmpstr (messages, ==, "four\n");
}

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);

  g_test_add ("/engine/strange-answers/delta-equals-fresh", Fixture, NULL, set_up,
              test_delta_equals_fresh, tear_down);
  g_test_add ("/engine/strange-answers/fetched-again", Fixture, NULL, set_up, test_fetched_again,
              tear_down);

  g_test_add ("/engine/strange-answers/hostile-codes", Fixture, NULL, set_up, test_hostile_codes,
              tear_down);

  g_test_add ("/engine/strange-answers/stale-history", Fixture, NULL, set_up, test_stale_history,
              tear_down);

  return g_test_run ();
}
