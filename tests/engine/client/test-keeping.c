/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The client's local data through crashes, damage, full disks, rebuilds, with two accounts, and
 * when closed during operations. */

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "confab-engine-error.h"
#include "confab-test-engine.h"
#include "confab-test-server.h"
#include "dump.h"

typedef struct
{
  ConfabTestServer *server;
  const char *origin;
  ConfabTestDevice *ann;
  ConfabTestDevice *bob;
  gint64 group; /* with both users */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  gint64 bob;

  fixture->server = confab_test_server_new ();
  fixture->origin = confab_test_server_get_origin (fixture->server);
  confab_test_server_start (fixture->server);
  fixture->ann = confab_test_device_new ();
  fixture->bob = confab_test_device_new ();
  confab_test_device_register (fixture->ann, fixture->origin, "ann");
  confab_test_device_register (fixture->bob, fixture->origin, "bob");
  confab_test_wait_online (fixture->ann->client);
  confab_test_wait_online (fixture->bob->client);
  bob = confab_account_get_user_id (confab_client_get_account (fixture->bob->client));
  fixture->group = confab_conversation_get_id (
      confab_test_create_group (fixture->ann->client, "Group", &bob, 1));
  confab_test_until (confab_client_get_conversation (fixture->bob->client, fixture->group) != NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  confab_test_device_free (fixture->ann);
  confab_test_device_free (fixture->bob);
  confab_test_server_free (fixture->server);
}

static ConfabConversation *
get_group (Fixture *fixture, ConfabTestDevice *device)
{
  ConfabConversation *group = confab_client_get_conversation (device->client, fixture->group);

  g_assert_nonnull (group);

  return group;
}

static void
go_offline (Fixture *fixture)
{
  confab_test_server_kill (fixture->server);
  confab_test_until (confab_client_get_connection_state (fixture->ann->client)
                     == CONFAB_CONNECTION_OFFLINE);
}

static gint64
count_at_server (Fixture *fixture, const char *content)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT count (*) FROM messages WHERE content = '%s'", content);

  return dump_number (confab_test_server_get_database (fixture->server), sql);
}

/* ---- drafts ---- */

static void
test_drafts (Fixture *fixture, gconstpointer data)
{
  ConfabTestDevice *ann = fixture->ann;

  confab_client_save_draft (ann->client, get_group (fixture, ann), "first");
  confab_client_save_draft (ann->client, get_group (fixture, ann), "half a thought\nand “more” 😀");
  confab_test_until (g_strcmp0 (confab_conversation_get_draft (get_group (fixture, ann)),
                                "half a thought\nand “more” 😀")
                     == 0);
  g_assert_null (confab_conversation_get_draft (get_group (fixture, fixture->bob)));

  /* Saved just before closing, it is there when opened offline. */
  confab_client_save_draft (ann->client, get_group (fixture, ann), "the last word");
  confab_test_device_close (ann);
  confab_test_server_kill (fixture->server);
  confab_test_device_open (ann);
  g_assert_cmpstr (confab_conversation_get_draft (get_group (fixture, ann)), ==, "the last word");

  /* Deleted by an empty text. */
  confab_client_save_draft (ann->client, get_group (fixture, ann), "");
  confab_test_until (confab_conversation_get_draft (get_group (fixture, ann)) == NULL);
  confab_test_device_close (ann);
  confab_test_device_open (ann);
  g_assert_null (confab_conversation_get_draft (get_group (fixture, ann)));
}

static void
run_in_mirror (ConfabTestDevice *device, const char *sql)
{
  g_autofree char *path = confab_test_device_get_mirror (device);
  sqlite3 *mirror;

  g_assert_cmpint (sqlite3_open (path, &mirror), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (mirror, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (mirror);
}

/* Make writing and deleting drafts of @device fail, or succeed again. */
static void
refuse_drafts (ConfabTestDevice *device, gboolean refuse)
{
  run_in_mirror (device, refuse ? "CREATE TRIGGER refuse BEFORE INSERT ON drafts"
                                  " BEGIN SELECT RAISE (ABORT, 'refused'); END;"
                                  "CREATE TRIGGER refuse_deletion BEFORE DELETE ON drafts"
                                  " BEGIN SELECT RAISE (ABORT, 'refused'); END"
                                : "DROP TRIGGER refuse; DROP TRIGGER refuse_deletion");
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  int *settled = user_data;

  *settled = confab_client_settle_drafts_finish (CONFAB_CLIENT (source), result);
}

static gboolean
settle_drafts (ConfabClient *client)
{
  int settled = -1;

  confab_client_settle_drafts_async (client, settled_cb, &settled);
  confab_test_until (settled != -1);
  return settled;
}

/* A draft that could not be written is kept, and never replaces a newer one. */
static void
test_refused_drafts (Fixture *fixture, gconstpointer data)
{
  ConfabTestDevice *ann = fixture->ann;
  ConfabConversation *group = get_group (fixture, ann);
  g_autofree char *unkept = NULL;

  refuse_drafts (ann, TRUE);
  confab_client_save_draft (ann->client, group, "half a thought");
  g_assert_false (settle_drafts (ann->client));
  g_assert_cmpstr (confab_conversation_get_draft (group), ==, "half a thought");

  confab_client_save_draft (ann->client, group, "half a thought, and the rest");
  g_assert_false (settle_drafts (ann->client));
  unkept = confab_client_dup_unkept_drafts (ann->client);
  g_assert_cmpstr (unkept, ==, "half a thought, and the rest");

  refuse_drafts (ann, FALSE);
  confab_client_save_draft (ann->client, group, "all of it");
  g_assert_true (settle_drafts (ann->client));
  confab_test_until (g_strcmp0 (confab_conversation_get_draft (group), "all of it") == 0);
  g_assert_cmpstr (confab_conversation_get_draft (group), ==, "all of it");
}

/* The deletion of a draft that could not be written is kept, too: a text that was sent must not
 * come back as a draft. */
static void
test_refused_deletion (Fixture *fixture, gconstpointer data)
{
  ConfabTestDevice *ann = fixture->ann;
  ConfabConversation *group = get_group (fixture, ann);
  g_autofree char *unkept = NULL;

  confab_client_save_draft (ann->client, group, "sent soon");
  g_assert_true (settle_drafts (ann->client));
  confab_test_until (g_strcmp0 (confab_conversation_get_draft (group), "sent soon") == 0);

  refuse_drafts (ann, TRUE);
  confab_client_save_draft (ann->client, group, NULL);
  g_assert_true (settle_drafts (ann->client)); /* no text would be lost */
  g_assert_null (confab_conversation_get_draft (group));
  unkept = confab_client_dup_unkept_drafts (ann->client);
  g_assert_cmpstr (unkept, ==, "");

  refuse_drafts (ann, FALSE);
  g_assert_true (settle_drafts (ann->client));
  confab_test_device_close (ann);
  confab_test_device_open (ann);
  g_assert_null (confab_conversation_get_draft (get_group (fixture, ann)));
}

/* ---- the outbox ---- */

static ConfabMessage *
find_message (ConfabTimeline *timeline, const char *content)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (timeline)); i++)
    {
      g_autoptr (ConfabMessage) message = g_list_model_get_item (G_LIST_MODEL (timeline), i);

      confab_test_until (confab_message_get_loaded (message));
      if (g_str_equal (confab_message_get_content (message), content))
        return g_steal_pointer (&message);
    }
  g_assert_not_reached ();
}

static void
mark_failed (ConfabClient *client, ConfabMessage *message)
{
  GAsyncResult *result = NULL;

  confab_mirror_mark_unsent_async (client->mirror, confab_message_get_client_id (message),
                                   CONFAB_OUTBOX_FAILED, CONFAB_PROBLEM_FORBIDDEN,
                                   confab_test_result_cb, &result);
  g_assert_true (confab_mirror_write_finish (client->mirror, confab_test_await (&result), NULL));
  confab_test_until (confab_message_get_state (message) == CONFAB_MESSAGE_FAILED);
}

/* A refused message is sent only on retry; a discarded one, never. */
static void
test_retry_and_discard (Fixture *fixture, gconstpointer data)
{
  ConfabTestDevice *ann = fixture->ann;
  ConfabClient *client = ann->client;
  g_autoptr (ConfabTimeline) timeline = NULL;
  g_autoptr (ConfabMessage) again = NULL;
  g_autoptr (ConfabMessage) never = NULL;
  g_autoptr (ConfabMessage) unsent = NULL;

  go_offline (fixture);
  confab_test_send (client, fixture->group, "again");
  confab_test_send (client, fixture->group, "never");
  confab_test_send (client, fixture->group, "not yet");
  confab_test_send (client, fixture->group, "normal");
  timeline = confab_client_open_timeline (client, get_group (fixture, ann));
  confab_test_until (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == 4);
  again = find_message (timeline, "again");
  never = find_message (timeline, "never");
  unsent = find_message (timeline, "not yet");
  g_assert_cmpint (confab_message_get_state (again), ==, CONFAB_MESSAGE_WAITING);
  mark_failed (client, again);
  mark_failed (client, never);
  g_assert_cmpint (confab_message_get_problem (never), ==, CONFAB_PROBLEM_FORBIDDEN);
  confab_client_discard (client, unsent); /* a waiting one, too */
  confab_test_until (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == 3);

  confab_test_server_start (fixture->server);
  confab_client_reconnect (client);
  confab_test_wait_online (client);
  confab_test_until (confab_client_get_unsent_count (client) == 2);
  confab_test_idle_ms (200);
  g_assert_cmpint (count_at_server (fixture, "again"), ==, 0);
  g_assert_cmpint (count_at_server (fixture, "normal"), ==, 1);

  confab_client_retry (client, again);
  confab_test_until (confab_message_get_state (again) == CONFAB_MESSAGE_SENT);
  g_assert_cmpint (confab_message_get_seq (again), ==, 2);
  confab_client_discard (client, never);
  confab_test_until (confab_client_get_unsent_count (client) == 0);
  confab_test_until (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == 2);
  g_assert_cmpint (count_at_server (fixture, "again"), ==, 1);
  g_assert_cmpint (count_at_server (fixture, "never"), ==, 0);
  g_assert_cmpint (count_at_server (fixture, "not yet"), ==, 0);

  /* Too late to discard. */
  confab_client_discard (client, again);
  confab_client_retry (client, again);
  confab_test_idle_ms (100);
  g_assert_cmpint (confab_message_get_state (again), ==, CONFAB_MESSAGE_SENT);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 2);
}

/* The user left the conversation on another computer while a message waited here: it stays,
 * refused, with the conversation; messages in other conversations are sent. */
static void
test_left_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabTestDevice) other = confab_test_device_new ();
  ConfabClient *bob = fixture->bob->client;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 alone = confab_conversation_get_id (confab_test_create_group (bob, "Alone", NULL, 0));

  confab_test_device_adopt (other, bob);
  confab_test_until (confab_client_get_conversation (other->client, alone) != NULL
                     && confab_client_get_conversation (other->client, fixture->group) != NULL);
  confab_test_wait_online (other->client);
  confab_client_stop (other->client, CONFAB_CONNECTION_STOPPED);
  confab_test_send (other->client, fixture->group, "too late");
  confab_test_send (other->client, alone, "in time");
  g_assert_cmpuint (confab_client_get_unsent_count (other->client), ==, 2);

  confab_client_leave_async (bob, get_group (fixture, fixture->bob), NULL, confab_test_result_cb,
                             &result);
  g_assert_true (confab_client_change_finish (bob, confab_test_await (&result), &error));
  g_assert_no_error (error);

  confab_client_start (other->client);
  confab_test_until (confab_conversation_get_closed_reason (get_group (fixture, other))
                     == CONFAB_CLOSED_LEFT);
  confab_test_until (confab_client_get_unsent_count (other->client) == 1);
  confab_test_wait_online (other->client);
  g_assert_cmpstr (confab_conversation_get_preview (get_group (fixture, other)), ==, "too late");
  g_assert_cmpint (count_at_server (fixture, "too late"), ==, 0);
  g_assert_cmpint (count_at_server (fixture, "in time"), ==, 1);
}

/* ---- a crash ---- */

static void
copy_folder (const char *from, const char *to)
{
  g_autoptr (GDir) folder = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (folder);
  g_mkdir_with_parents (to, 0700);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        {
          copy_folder (source, target);
          continue;
        }
      g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (target, bytes, (gssize)length, NULL));
    }
}

static void
load (ConfabTestDevice *device)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_account_store_load_async (device->store, NULL, confab_test_result_cb, &result);
  g_assert_true (
      confab_account_store_load_finish (device->store, confab_test_await (&result), &error));
  g_assert_no_error (error);
}

/* A copy of the disk while the program runs is the disk after a crash: nothing accepted is lost or
 * sent twice. */
static void
test_crash_with_outbox (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabTestDevice) after = confab_test_device_new ();
  g_autoptr (ConfabAccount) account = NULL;
  ConfabAccount *before = confab_client_get_account (fixture->ann->client);
  g_autofree char *token = g_strdup (confab_account_get_token (before));

  go_offline (fixture);
  confab_test_send (fixture->ann->client, fixture->group, "one");
  confab_test_send (fixture->ann->client, fixture->group, "two");
  confab_test_send (fixture->ann->client, fixture->group, "three");
  copy_folder (fixture->ann->folder, after->folder);

  /* Both send the same messages, as if the answer had not arrived before the crash. */
  confab_test_server_start (fixture->server);
  confab_client_reconnect (fixture->ann->client);
  confab_test_until (confab_client_get_unsent_count (fixture->ann->client) == 0);

  load (after);
  account = g_list_model_get_item (G_LIST_MODEL (after->store), 0);
  g_assert_nonnull (account);
  g_assert_cmpstr (confab_account_get_id (account), ==, confab_account_get_id (before));
  confab_account_set_token (account, token);
  confab_test_device_open (after);
  g_assert_cmpuint (confab_client_get_unsent_count (after->client), ==, 3);
  g_assert_cmpstr (confab_conversation_get_preview (get_group (fixture, after)), ==, "three");
  confab_test_until (confab_client_get_unsent_count (after->client) == 0);
  g_assert_cmpint (dump_number (confab_test_server_get_database (fixture->server),
                                "SELECT count (*) FROM messages"),
                   ==, 3);
  confab_test_wait_same_mirrors (after, fixture->ann);
}

/* ---- a rebuild ---- */

static void
change_epoch (const char *path)
{
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "UPDATE clock SET epoch = 'another'", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (database);
}

/* The order of the outbox, a refused message and the draft are kept; an open timeline continues,
 * whatever the user does meanwhile. */
static void
test_rebuild_keeps (Fixture *fixture, gconstpointer data)
{
  ConfabTestDevice *ann = fixture->ann;
  ConfabClient *client = ann->client;
  g_autoptr (ConfabTimeline) timeline = NULL;
  g_autoptr (ConfabMessage) refused = NULL;
  g_autoptr (ConfabMessage) last = NULL;

  confab_test_send (client, fixture->group, "before");
  confab_test_until (confab_client_get_unsent_count (client) == 0);
  timeline = confab_client_open_timeline (client, get_group (fixture, ann));
  go_offline (fixture); /* a message being sent could be neither refused nor first */
  change_epoch (confab_test_server_get_database (fixture->server));
  confab_test_send (client, fixture->group, "refused");
  confab_test_send (client, fixture->group, "first");
  confab_test_send (client, fixture->group, "second");
  confab_test_until (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == 4);
  refused = find_message (timeline, "refused");
  mark_failed (client, refused);
  confab_client_save_draft (client, get_group (fixture, ann), "a draft");

  confab_test_server_start (fixture->server);
  for (guint i = 0; i < 20; i++)
    {
      confab_sync_reconnect (client->sync);
      confab_test_idle_ms (i);
    }
  confab_test_wait_online (client);
  confab_test_until (confab_client_get_unsent_count (client) == 1);
  g_assert_true (g_str_has_prefix (confab_mirror_get_cursor (client->mirror), "another:"));
  g_assert_cmpint (confab_client_get_storage_state (client), ==, CONFAB_STORAGE_GOOD);
  g_assert_cmpstr (confab_conversation_get_draft (get_group (fixture, ann)), ==, "a draft");
  confab_test_until (confab_timeline_get_seq (timeline, 2) == 3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 4);
  last = find_message (timeline, "second");
  g_assert_cmpint (confab_message_get_seq (last), ==, 3);
  g_assert_cmpint (confab_message_get_state (refused), ==, CONFAB_MESSAGE_FAILED);
  g_assert_cmpint (confab_message_get_problem (refused), ==, CONFAB_PROBLEM_FORBIDDEN);
  confab_client_retry (client, refused);
  confab_test_until (confab_client_get_unsent_count (client) == 0);
  g_assert_cmpint (count_at_server (fixture, "refused"), ==, 1);
}

/* ---- a full disk ---- */

static void
set_file_size_limit (rlim_t limit)
{
  struct rlimit value;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &value), ==, 0);
  value.rlim_cur = limit;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &value), ==, 0);
}

/* The system's limit and not the database's: write() fails. */
static void
test_writes_fail (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autofree char *text = g_strnfill (9000, 'x');
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  go_offline (fixture);
  confab_test_send (client, fixture->group, "accepted");
  set_file_size_limit (4096);
  confab_client_send_async (client, get_group (fixture, fixture->ann), text, NULL,
                            confab_test_result_cb, &result);
  g_assert_false (confab_client_send_finish (client, confab_test_await (&result), &error));
  set_file_size_limit (RLIM_INFINITY);
  g_assert_nonnull (error);
  g_assert_true (error->domain == CONFAB_ENGINE_ERROR);
  g_assert_true (error->code == CONFAB_ENGINE_ERROR_STORAGE
                 || error->code == CONFAB_ENGINE_ERROR_DISK_FULL);
  g_assert_cmpint (confab_client_get_storage_state (client), !=, CONFAB_STORAGE_GOOD);
  g_assert_cmpuint (confab_client_get_unsent_count (client), ==, 1);
  confab_test_until (
      g_strcmp0 (confab_conversation_get_preview (get_group (fixture, fixture->ann)), "accepted")
      == 0);

  confab_test_send (client, fixture->group, "room again");
  g_assert_cmpint (confab_client_get_storage_state (client), ==, CONFAB_STORAGE_GOOD);
  confab_test_server_start (fixture->server);
  confab_client_reconnect (client);
  confab_test_until (confab_client_get_unsent_count (client) == 0);
  g_assert_cmpint (count_at_server (fixture, "accepted"), ==, 1);
  g_assert_cmpint (count_at_server (fixture, "room again"), ==, 1);
}

/* ---- accounts ---- */

/* Two servers and two accounts in one program are independent. */
static void
test_two_servers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabTestServer) second = confab_test_server_new ();
  g_autoptr (ConfabAccountStore) reloaded = NULL;
  g_autoptr (ConfabClient) first = g_object_ref (fixture->ann->client);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 other;

  confab_test_server_start (second);
  g_clear_object (&fixture->ann->client);
  confab_test_device_register (fixture->ann, confab_test_server_get_origin (second), "ann");
  confab_test_wait_online (fixture->ann->client);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->ann->store)), ==, 2);
  other = confab_conversation_get_id (
      confab_test_create_group (fixture->ann->client, "Elsewhere", NULL, 0));
  confab_test_send (fixture->ann->client, other, "there");
  confab_test_send (first, fixture->group, "here");
  confab_test_until (confab_client_get_unsent_count (first) == 0
                     && confab_client_get_unsent_count (fixture->ann->client) == 0);
  g_assert_cmpint (dump_number (confab_test_server_get_database (second),
                                "SELECT count (*) FROM messages WHERE content = 'there'"),
                   ==, 1);
  g_assert_cmpint (count_at_server (fixture, "here"), ==, 1);
  g_assert_cmpint (count_at_server (fixture, "there"), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (confab_client_get_conversations (first)), ==, 1);

  /* One server stops, the other account continues. */
  confab_test_server_kill (second);
  confab_test_until (confab_client_get_connection_state (fixture->ann->client)
                     == CONFAB_CONNECTION_OFFLINE);
  g_assert_cmpint (confab_client_get_connection_state (first), ==, CONFAB_CONNECTION_ONLINE);

  /* An account can be open only once. */
  confab_client_open_async (fixture->ann->environment, fixture->ann->store,
                            confab_client_get_account (first), NULL, confab_test_result_cb,
                            &result);
  g_assert_null (confab_client_open_finish (confab_test_await (&result), &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_ALREADY_SIGNED_IN);
  g_clear_error (&error);

  confab_client_close_async (first, confab_test_result_cb, &result);
  g_assert_true (confab_client_close_finish (first, confab_test_await (&result), &error));

  reloaded = confab_account_store_new (fixture->ann->environment);
  confab_account_store_load_async (reloaded, NULL, confab_test_result_cb, &result);
  g_assert_true (confab_account_store_load_finish (reloaded, confab_test_await (&result), &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reloaded)), ==, 2);
}

static void
assert_mode (const char *path, guint mode)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, mode);
}

static guint
count_folders (ConfabTestDevice *device)
{
  g_autofree char *path = g_build_filename (device->folder, "accounts", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

static void
load_again (ConfabTestDevice *device)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&device->store);
  device->store = confab_account_store_new (device->environment);
  confab_account_store_load_async (device->store, NULL, confab_test_result_cb, &result);
  confab_account_store_load_finish (device->store, confab_test_await (&result), &error);
  g_assert_no_error (error);
}

/* Signing in fails wherever the disk becomes full: no session and, after the next start, no folder
 * is left. With room, the same works. */
static void
test_no_room_to_sign_in (Fixture *fixture, gconstpointer data)
{
  const rlim_t limits[] = { 0, 4096, 16384, 40960 };

  signal (SIGXFSZ, SIG_IGN);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (ConfabTestDevice) device = confab_test_device_new ();
      g_autoptr (ConfabClient) client = NULL;
      g_autoptr (GError) error = NULL;
      GAsyncResult *result = NULL;

      set_file_size_limit (limits[i]);
      confab_sign_in_async (device->store, fixture->origin, "ann", CONFAB_TEST_PASSWORD, NULL,
                            confab_test_result_cb, &result);
      client = confab_sign_in_finish (confab_test_await (&result), &error);
      set_file_size_limit (RLIM_INFINITY);
      g_assert_null (client);
      g_assert_nonnull (error);
      g_assert_true (error->domain == CONFAB_ENGINE_ERROR);
      load_again (device);
      g_assert_cmpuint (count_folders (device), ==, 0);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (device->store)), ==, 0);

      confab_test_device_sign_in (device, fixture->origin, "ann");
      confab_test_wait_online (device->client);
      g_assert_cmpuint (count_folders (device), ==, 1);
      confab_test_device_close (device);
      load_again (device);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (device->store)), ==, 1);
    }
}

/* Other users of the computer cannot read anything, whatever the umask. */
static void
test_permissions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabTestDevice) device = confab_test_device_new ();
  g_autofree char *accounts = g_build_filename (device->folder, "accounts.ini", NULL);
  g_autofree char *mirror = NULL;
  g_autofree char *wal = NULL;
  g_autofree char *directory = NULL;
  g_autofree char *text = NULL;
  mode_t mask = umask (0);

  confab_test_device_sign_in (device, fixture->origin, "ann");
  confab_test_wait_online (device->client);
  umask (mask);
  mirror = confab_test_device_get_mirror (device);
  wal = g_strconcat (mirror, "-wal", NULL);
  directory = g_path_get_dirname (mirror);
  assert_mode (accounts, 0600);
  assert_mode (directory, 0700);
  assert_mode (mirror, 0600);
  assert_mode (wal, 0600);

  /* And the list contains no secret. */
  g_assert_true (g_file_get_contents (accounts, &text, NULL, NULL));
  g_assert_null (
      strstr (text, confab_account_get_token (confab_client_get_account (device->client))));
  g_assert_null (strstr (text, CONFAB_TEST_PASSWORD));
}

/* ---- damage ---- */

/* The mirror is damaged while the program is not running: texts written here are salvaged, the rest
 * is loaded again. */
static void
test_damaged_mirror (Fixture *fixture, gconstpointer data)
{
  ConfabTestDevice *ann = fixture->ann;
  g_autofree char *path = confab_test_device_get_mirror (ann);
  g_autofree char *bytes = NULL;
  gsize length;

  for (guint i = 0; i < 60; i++)
    confab_test_send (ann->client, fixture->group, "some text that fills pages");
  confab_test_until (confab_client_get_unsent_count (ann->client) == 0);
  confab_test_device_close (ann);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 8192);
  memset (bytes + 200, 0x5a, 3000); /* the first page: the schema */
  g_assert_true (g_file_set_contents (path, bytes, (gssize)length, NULL));

  confab_test_device_open (ann);
  confab_test_wait_online (ann->client);
  confab_test_until (confab_client_get_storage_state (ann->client) == CONFAB_STORAGE_GOOD);
  confab_test_until (confab_client_get_conversation (ann->client, fixture->group) != NULL);
  g_assert_cmpint (confab_conversation_get_last_seq (get_group (fixture, ann)), ==, 60);
  confab_test_send (ann->client, fixture->group, "goes on");
  confab_test_until (confab_client_get_unsent_count (ann->client) == 0);
}

/* ---- closing during operations ---- */

static void
ignore_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(guint *)user_data += 1;
}

/* Operations end when the account is closed, and every callback is called. */
static void
test_close_in_the_middle (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (9000, 'x');
  guint n_begun = 0;
  guint n_ended = 0;

  for (guint i = 0; i < 12; i++)
    confab_test_send (fixture->bob->client, fixture->group, text);
  for (guint round = 0; round < 15; round++)
    {
      ConfabClient *client = fixture->ann->client;
      ConfabConversation *group = get_group (fixture, fixture->ann);
      g_autoptr (GListStore) users = g_list_store_new (CONFAB_TYPE_USER);
      g_autoptr (ConfabTimeline) timeline = confab_client_open_timeline (client, group);
      g_autoptr (GListModel) members = confab_client_open_members (client, group);

      confab_client_send_async (client, group, text, NULL, ignore_cb, &n_ended);
      confab_client_find_people_async (client, "b", NULL, ignore_cb, &n_ended);
      confab_client_rename_async (client, group, "Title", NULL, ignore_cb, &n_ended);
      confab_client_create_group_async (client, "More", G_LIST_MODEL (users), NULL, ignore_cb,
                                        &n_ended);
      confab_client_list_sessions_async (client, NULL, ignore_cb, &n_ended);
      confab_timeline_prepare_async (timeline, 0, NULL, ignore_cb, &n_ended);
      n_begun += 6;
      confab_client_mark_read (client, group, round);
      confab_client_save_draft (client, group, "draft");
      confab_timeline_want_older (timeline);
      confab_test_idle_ms (round % 5);
      if (round % 3 == 0)
        confab_sync_reconnect (client->sync);
      confab_test_device_close (fixture->ann);
      if (round % 2 == 0)
        confab_test_until (n_ended == n_begun);
      confab_test_device_open (fixture->ann);
    }
  confab_test_until (n_ended == n_begun);
  confab_test_wait_online (fixture->ann->client);
  confab_test_until (confab_client_get_unsent_count (fixture->ann->client) == 0);
  g_assert_cmpint (count_at_server (fixture, text), ==, 27);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/engine/keeping/" name, Fixture, NULL, set_up, function, tear_down)

/* Each call completes when the mirror is closed, so that its folder can be deleted then. */
static void
test_close_twice (Fixture *fixture, gconstpointer data)
{
  ConfabTestDevice *ann = fixture->ann;
  ConfabAccount *account = confab_client_get_account (ann->client);
  GAsyncResult *first = NULL;
  GAsyncResult *second = NULL;

  confab_client_close_async (ann->client, confab_test_result_cb, &first);
  confab_client_close_async (ann->client, confab_test_result_cb, &second);
  confab_test_until (second != NULL);
  g_assert_false (confab_account_get_open (account));
  g_assert_true (confab_client_close_finish (ann->client, second, NULL));
  g_object_unref (second);
  g_assert_true (confab_client_close_finish (ann->client, confab_test_await (&first), NULL));
  g_clear_object (&ann->client);
}

int
main (int argc, char **argv)
{
  signal (SIGXFSZ, SIG_IGN);
  confab_test_init (&argc, &argv);
  ADD ("drafts", test_drafts);
  ADD ("refused-drafts", test_refused_drafts);
  ADD ("refused-deletion", test_refused_deletion);
  ADD ("retry-and-discard", test_retry_and_discard);
  ADD ("left-elsewhere", test_left_elsewhere);
  ADD ("crash-with-outbox", test_crash_with_outbox);
  ADD ("rebuild-keeps", test_rebuild_keeps);
  ADD ("writes-fail", test_writes_fail);
  ADD ("two-servers", test_two_servers);
  ADD ("no-room-to-sign-in", test_no_room_to_sign_in);
  ADD ("permissions", test_permissions);
  ADD ("damaged-mirror", test_damaged_mirror);
  ADD ("close-in-the-middle", test_close_in_the_middle);
  ADD ("close-twice", test_close_twice);

  return g_test_run ();
}
