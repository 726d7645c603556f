/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The client's functions as the window uses them, against the real server. */

#include <sqlite3.h>

#include "client-fixture.h"

#include "confab-engine-error.h"
#include "confab-mirror-private.h"
#include "dump.h"

/* ---- messages ---- */

static void
test_talk (ClientFixture *fixture, gconstpointer data)
{
  gint64 group = client_fixture_meet (fixture);
  g_autoptr (ConfabTimeline) timeline = NULL;
  g_autoptr (ConfabMessage) message = NULL;
  ConfabConversation *at_ann = client_fixture_conversation (fixture->ann, group);
  ConfabConversation *at_bob = client_fixture_conversation (fixture->bob, group);

  confab_test_send (fixture->ann->client, group, "  Hello, Bob!  ");
  confab_test_until (confab_conversation_get_unread_count (at_bob) == 1);
  g_assert_cmpstr (confab_conversation_get_preview (at_bob), ==, "Hello, Bob!");
  confab_test_until (confab_client_get_unsent_count (fixture->ann->client) == 0);
  g_assert_cmpuint (confab_conversation_get_unread_count (at_ann), ==, 0);

  timeline = confab_client_open_timeline (fixture->bob->client, at_bob);
  confab_test_until (!confab_timeline_get_loading (timeline));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 1);
  message = g_list_model_get_item (G_LIST_MODEL (timeline), 0);
  confab_test_until (confab_message_get_loaded (message));
  g_assert_cmpstr (confab_message_get_content (message), ==, "  Hello, Bob!  ");
  g_assert_cmpstr (confab_user_get_username (confab_message_get_sender (message)), ==, "ann");
  g_assert_false (confab_message_get_own (message));
}

static void
test_invalid_message (ClientFixture *fixture, gconstpointer data)
{
  gint64 group = client_fixture_meet (fixture);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_client_send_async (fixture->ann->client, client_fixture_conversation (fixture->ann, group),
                            " \n ", NULL, confab_test_result_cb, &result);
  g_assert_false (
      confab_client_send_finish (fixture->ann->client, confab_test_await (&result), &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_MESSAGE_EMPTY);
  g_assert_cmpuint (confab_client_get_unsent_count (fixture->ann->client), ==, 0);
}

/* A message written offline is kept on the disk, through a restart of the program. */
static void
test_send_offline (ClientFixture *fixture, gconstpointer data)
{
  gint64 group = client_fixture_meet (fixture);

  confab_test_server_kill (fixture->server);
  confab_test_until (confab_client_get_connection_state (fixture->ann->client)
                     == CONFAB_CONNECTION_OFFLINE);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("offline %u", i);

      confab_test_send (fixture->ann->client, group, text);
    }
  g_assert_cmpuint (confab_client_get_unsent_count (fixture->ann->client), ==, 5);
  confab_test_device_close (fixture->ann);

  confab_test_device_open (fixture->ann);
  g_assert_cmpuint (confab_client_get_unsent_count (fixture->ann->client), ==, 5);
  confab_test_server_start (fixture->server);
  confab_test_until (confab_client_get_unsent_count (fixture->ann->client) == 0);
  confab_test_until (
      confab_conversation_get_last_seq (client_fixture_conversation (fixture->bob, group)) == 5);
  g_assert_cmpstr (
      confab_conversation_get_preview (client_fixture_conversation (fixture->bob, group)), ==,
      "offline 4");
}

static void
test_offline_start (ClientFixture *fixture, gconstpointer data)
{
  gint64 group = client_fixture_meet (fixture);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) people = NULL;
  g_autoptr (ConfabUser) bob = NULL;

  confab_test_device_close (fixture->ann);
  confab_test_server_kill (fixture->server);
  confab_test_device_open (fixture->ann);
  g_assert_cmpstr (
      confab_conversation_get_title (client_fixture_conversation (fixture->ann, group)), ==,
      "Group");
  g_assert_cmpstr (confab_user_get_username (confab_client_get_self_user (fixture->ann->client)),
                   ==, "ann");
  confab_test_until (confab_client_get_connection_state (fixture->ann->client)
                     == CONFAB_CONNECTION_OFFLINE);
  g_assert_error (confab_client_get_connection_error (fixture->ann->client), CONFAB_ENGINE_ERROR,
                  CONFAB_ENGINE_ERROR_UNREACHABLE);

  confab_client_rename_async (fixture->ann->client,
                              client_fixture_conversation (fixture->ann, group), "New", NULL,
                              confab_test_result_cb, &result);
  g_assert_false (
      confab_client_change_finish (fixture->ann->client, confab_test_await (&result), &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_OFFLINE);
  g_clear_error (&error);
  confab_client_list_sessions_async (fixture->ann->client, NULL, confab_test_result_cb, &result);
  g_assert_null (confab_client_list_sessions_finish (fixture->ann->client,
                                                     confab_test_await (&result), &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_OFFLINE);
  g_clear_error (&error);

  /* Known people are found. */
  confab_client_find_people_async (fixture->ann->client, "B", NULL, confab_test_result_cb, &result);
  people =
      confab_client_find_people_finish (fixture->ann->client, confab_test_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (people), ==, 1);
  bob = g_list_model_get_item (people, 0);
  g_assert_cmpstr (confab_user_get_username (bob), ==, "bob");

  confab_test_server_start (fixture->server);
  confab_test_wait_online (fixture->ann->client);
  g_assert_null (confab_client_get_connection_error (fixture->ann->client));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  g_assert_true (confab_mirror_write_finish (CONFAB_MIRROR (source), result, NULL));
  *slot = g_object_ref (result);
}

static ConfabMessage *
find_failed (ConfabTimeline *timeline)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (timeline)); i++)
    {
      g_autoptr (ConfabMessage) message = g_list_model_get_item (G_LIST_MODEL (timeline), i);

      if (confab_message_get_loaded (message)
          && confab_message_get_state (message) == CONFAB_MESSAGE_FAILED)
        return g_steal_pointer (&message);
    }

  return NULL;
}

/* A message that the server refuses does not block the next one. */
static void
test_poison_message (ClientFixture *fixture, gconstpointer data)
{
  const char *client_id = "01234567-89ab-4cde-8f01-23456789abcd";
  gint64 group = client_fixture_meet (fixture);
  ConfabClient *client = fixture->ann->client;
  g_autoptr (ConfabTimeline) timeline = NULL;
  g_autoptr (ConfabMessage) failed = NULL;
  GAsyncResult *result = NULL;

  /* A text that the window refuses, as an older Confab might have stored. */
  confab_mirror_enqueue_async (client->mirror, group, client_id, "bad \x01", 1, NULL, written_cb,
                               &result);
  confab_test_await (&result);
  confab_test_send (client, group, "after");
  confab_test_until (
      confab_conversation_get_last_seq (client_fixture_conversation (fixture->bob, group)) == 1);
  g_assert_cmpstr (
      confab_conversation_get_preview (client_fixture_conversation (fixture->bob, group)), ==,
      "after");
  confab_test_until (confab_client_get_unsent_count (client) == 1);

  timeline =
      confab_client_open_timeline (client, client_fixture_conversation (fixture->ann, group));
  confab_test_until ((failed = find_failed (timeline)) != NULL);
  g_assert_cmpint (confab_message_get_problem (failed), ==, CONFAB_PROBLEM_INVALID_TEXT);
  confab_client_retry (client, failed);
  confab_test_until (confab_message_get_state (failed) == CONFAB_MESSAGE_WAITING);
  confab_test_until (confab_message_get_state (failed) == CONFAB_MESSAGE_FAILED);
  confab_client_discard (client, failed);
  confab_test_until (confab_client_get_unsent_count (client) == 0);
}

/* Read here, or on the user's other computer. */
static void
test_read (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabTestDevice) other = confab_test_device_new ();
  gint64 group = client_fixture_meet (fixture);

  confab_test_device_adopt (other, fixture->bob->client);
  confab_test_wait_online (other->client);
  for (guint i = 0; i < 3; i++)
    confab_test_send (fixture->ann->client, group, "Hello");
  confab_test_until (
      confab_conversation_get_unread_count (client_fixture_conversation (fixture->bob, group))
      == 3);
  confab_test_until (
      confab_conversation_get_unread_count (client_fixture_conversation (other, group)) == 3);
  confab_client_mark_read (fixture->bob->client, client_fixture_conversation (fixture->bob, group),
                           1);
  confab_client_mark_read (fixture->bob->client, client_fixture_conversation (fixture->bob, group),
                           2);
  confab_test_until (
      confab_conversation_get_unread_count (client_fixture_conversation (fixture->bob, group))
      == 1);
  confab_test_until (
      confab_conversation_get_unread_count (client_fixture_conversation (other, group)) == 1);

  /* Read offline; the server learns of it later. */
  confab_test_server_kill (fixture->server);
  confab_test_until (confab_client_get_connection_state (fixture->bob->client)
                     == CONFAB_CONNECTION_OFFLINE);
  confab_client_mark_read (fixture->bob->client, client_fixture_conversation (fixture->bob, group),
                           3);
  confab_test_until (
      confab_conversation_get_unread_count (client_fixture_conversation (fixture->bob, group))
      == 0);
  confab_test_server_start (fixture->server);
  confab_test_until (
      confab_conversation_get_unread_count (client_fixture_conversation (other, group)) == 0);
}

/* ---- conversations ---- */

static void
test_conversations (ClientFixture *fixture, gconstpointer data)
{
  gint64 group = client_fixture_meet (fixture);
  ConfabClient *ann = fixture->ann->client;
  g_autoptr (ConfabUser) bob = confab_user_new (client_fixture_id (fixture->bob));
  g_autoptr (ConfabConversation) direct = NULL;
  g_autoptr (ConfabConversation) same = NULL;
  g_autoptr (GListStore) users = g_list_store_new (CONFAB_TYPE_USER);
  g_autoptr (GListModel) members = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  confab_client_create_direct_async (ann, bob, NULL, confab_test_result_cb, &result);
  direct = confab_client_create_finish (ann, confab_test_await (&result), &error);
  g_assert_no_error (error);
  g_assert_false (confab_conversation_get_is_group (direct));
  g_assert_cmpstr (confab_conversation_get_display_name (direct), ==, "bob");
  confab_client_create_direct_async (ann, bob, NULL, confab_test_result_cb, &result);
  same = confab_client_create_finish (ann, confab_test_await (&result), &error);
  g_assert_true (same == direct);

  confab_client_rename_async (ann, direct, "Nope", NULL, confab_test_result_cb, &result);
  g_assert_false (confab_client_change_finish (ann, confab_test_await (&result), &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_DIRECT_CONVERSATION);
  g_clear_error (&error);

  confab_client_rename_async (ann, client_fixture_conversation (fixture->ann, group), "Renamed",
                              NULL, confab_test_result_cb, &result);
  g_assert_true (confab_client_change_finish (ann, confab_test_await (&result), &error));
  g_assert_cmpstr (
      confab_conversation_get_title (client_fixture_conversation (fixture->ann, group)), ==,
      "Renamed");
  confab_test_until (
      g_strcmp0 (confab_conversation_get_title (client_fixture_conversation (fixture->bob, group)),
                 "Renamed")
      == 0);

  confab_client_leave_async (fixture->bob->client,
                             client_fixture_conversation (fixture->bob, group), NULL,
                             confab_test_result_cb, &result);
  g_assert_true (
      confab_client_change_finish (fixture->bob->client, confab_test_await (&result), &error));
  g_assert_cmpint (
      confab_conversation_get_closed_reason (client_fixture_conversation (fixture->bob, group)), ==,
      CONFAB_CLOSED_LEFT);
  members = confab_client_open_members (ann, client_fixture_conversation (fixture->ann, group));
  confab_test_until (g_list_model_get_n_items (members) == 1);

  g_list_store_append (users, bob);
  confab_client_add_members_async (ann, client_fixture_conversation (fixture->ann, group),
                                   G_LIST_MODEL (users), NULL, confab_test_result_cb, &result);
  g_assert_true (confab_client_change_finish (ann, confab_test_await (&result), &error));
  confab_test_until (g_list_model_get_n_items (members) == 2);
  confab_test_until (
      confab_conversation_get_closed_reason (client_fixture_conversation (fixture->bob, group))
      == CONFAB_CLOSED_NOT);
}

static void
test_find_people (ClientFixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (GListModel) people = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabUser) found = NULL;

  confab_test_device_register (fixture->ann, fixture->origin, "sam.a");
  confab_test_device_register (fixture->bob, fixture->origin, "Sam.b");
  confab_test_wait_online (fixture->ann->client);
  confab_client_find_people_async (fixture->ann->client, "SAM", NULL, confab_test_result_cb,
                                   &result);
  people =
      confab_client_find_people_finish (fixture->ann->client, confab_test_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (people), ==, 1);
  found = g_list_model_get_item (people, 0);
  g_assert_cmpstr (confab_user_get_username (found), ==, "Sam.b");
  g_assert_null (confab_user_get_email (found));
}

/* More than a page of history, loaded page by page in the background. */
static void
test_backfill (ClientFixture *fixture, gconstpointer data)
{
  const guint n_messages = 430;
  g_autoptr (ConfabTestDevice) other = confab_test_device_new ();
  g_autoptr (ConfabTimeline) timeline = NULL;
  gint64 group = client_fixture_meet (fixture);

  for (guint i = 0; i < n_messages; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);

      confab_test_send (fixture->ann->client, group, text);
    }
  confab_test_until (confab_client_get_unsent_count (fixture->ann->client) == 0);
  confab_test_device_adopt (other, fixture->bob->client);
  confab_test_until (confab_client_get_conversation (other->client, group) != NULL);
  timeline =
      confab_client_open_timeline (other->client, client_fixture_conversation (other, group));
  confab_timeline_want_older (timeline);
  confab_test_until (confab_timeline_get_complete (timeline)
                     && g_list_model_get_n_items (G_LIST_MODEL (timeline)) == n_messages);
  for (guint i = 0; i < n_messages; i++)
    g_assert_cmpint (confab_timeline_get_seq (timeline, i), ==, i + 1);
}

/* Remove older messages from a mirror behind the program's back, and announce that as the writer
 * announces a conversation that was gained. */
static void
lose_older (ConfabTestDevice *device, gint64 conversation_id)
{
  g_autofree char *path = confab_test_device_get_mirror (device);
  g_autoptr (ConfabChanges) changes = confab_changes_new (NULL);
  sqlite3 *mirror;

  g_assert_cmpint (sqlite3_open (path, &mirror), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (mirror, "DELETE FROM messages WHERE seq < 4", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (mirror);
  confab_id_set_add (changes->members, conversation_id);
  g_signal_emit_by_name (device->client->mirror, "changed", changes);
}

/* The members change while the mirror is asked whether messages are missing. Its answer is from
 * before, so it is asked again. */
static void
test_backfill_overtaken (ClientFixture *fixture, gconstpointer data)
{
  gint64 group = client_fixture_meet (fixture);
  ConfabBackfill *backfill = fixture->bob->client->backfill;
  g_autofree char *path = confab_test_device_get_mirror (fixture->bob);

  for (guint i = 0; i < 6; i++)
    confab_test_send (fixture->ann->client, group, "text");
  confab_test_until (
      confab_conversation_get_last_seq (client_fixture_conversation (fixture->bob, group)) == 6);
  confab_test_until (confab_backfill_get_complete (backfill));

  confab_backfill_prefer (backfill, group);
  g_usleep (200 * 1000); /* the reader has answered, but the main loop does not know yet */
  lose_older (fixture->bob, group);
  confab_test_until (confab_backfill_get_complete (backfill));
  confab_test_until (dump_number (path, "SELECT count (*) FROM messages") == 6);
}

/* The user left and rejoined on one computer while the other was offline: the other's history must
 * have no gap, and keep what was read before. */
static void
test_regained_while_away (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabTestDevice) away = confab_test_device_new ();
  g_autoptr (ConfabTestDevice) fresh = confab_test_device_new ();
  g_autoptr (GListStore) users = g_list_store_new (CONFAB_TYPE_USER);
  gint64 group = client_fixture_meet (fixture);
  g_autoptr (ConfabUser) bob = confab_user_new (client_fixture_id (fixture->bob));
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  for (guint i = 0; i < 5; i++)
    confab_test_send (fixture->ann->client, group, "before");
  confab_test_device_adopt (away, fixture->bob->client);
  confab_test_wait_same_mirrors (away, fixture->bob);
  confab_client_stop (away->client, CONFAB_CONNECTION_STOPPED);

  confab_client_leave_async (fixture->bob->client,
                             client_fixture_conversation (fixture->bob, group), NULL,
                             confab_test_result_cb, &result);
  g_assert_true (
      confab_client_change_finish (fixture->bob->client, confab_test_await (&result), &error));
  for (guint i = 0; i < 60; i++)
    confab_test_send (fixture->ann->client, group, "while he was out");
  confab_test_until (confab_client_get_unsent_count (fixture->ann->client) == 0);
  g_list_store_append (users, bob);
  confab_client_add_members_async (fixture->ann->client,
                                   client_fixture_conversation (fixture->ann, group),
                                   G_LIST_MODEL (users), NULL, confab_test_result_cb, &result);
  g_assert_true (
      confab_client_change_finish (fixture->ann->client, confab_test_await (&result), &error));
  confab_test_until (confab_client_get_conversation (fixture->bob->client, group) != NULL);

  confab_client_start (away->client);
  confab_test_device_adopt (fresh, fixture->bob->client);
  confab_test_wait_same_mirrors (away, fresh);
  confab_test_wait_same_mirrors (fixture->bob, fresh);
}

/* ---- a full disk ---- */

static gpointer
exec (ConfabDatabase *database, gpointer sql, ConfabChanges *changes, GError **error)
{
  return confab_database_exec (database, sql, error) ? CONFAB_MIRROR_DONE : NULL;
}

/* With as many pages as are used, the disk is full; many more are room again. */
static void
set_room (ConfabClient *client, gboolean room)
{
  const ConfabMirrorJob job = { .target = CONFAB_MIRROR_WRITER,
                                .func = exec,
                                .arguments = (gpointer)(room ? "PRAGMA max_page_count = 1000000"
                                                             : "PRAGMA max_page_count = 1") };
  GAsyncResult *result = NULL;

  confab_mirror_run (
      client->mirror,
      confab_mirror_task_new (client->mirror, set_room, NULL, confab_test_result_cb, &result),
      &job);
  g_assert_true (confab_mirror_write_finish (client->mirror, confab_test_await (&result), NULL));
}

/* Reading continues, nothing is lost, and with room again everything arrives. */
static void
test_disk_full (ClientFixture *fixture, gconstpointer data)
{
  gint64 group = client_fixture_meet (fixture);
  g_autofree char *text = g_strnfill (9000, 'x');
  g_autoptr (GError) error = NULL;
  ConfabClient *bob = fixture->bob->client;
  GAsyncResult *result = NULL;

  set_room (bob, FALSE);
  for (guint i = 0; i < 20; i++)
    confab_test_send (fixture->ann->client, group, text);
  confab_test_until (confab_client_get_storage_state (bob) == CONFAB_STORAGE_FULL);
  g_assert_cmpint (confab_client_get_connection_state (bob), ==, CONFAB_CONNECTION_SYNCING);
  g_assert_cmpstr (
      confab_conversation_get_title (client_fixture_conversation (fixture->bob, group)), ==,
      "Group");
  confab_client_send_async (bob, client_fixture_conversation (fixture->bob, group), text, NULL,
                            confab_test_result_cb, &result);
  g_assert_false (confab_client_send_finish (bob, confab_test_await (&result), &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_DISK_FULL);

  set_room (bob, TRUE);
  confab_test_until (confab_client_get_storage_state (bob) == CONFAB_STORAGE_GOOD);
  confab_test_wait_online (bob);
  confab_test_until (
      confab_conversation_get_last_seq (client_fixture_conversation (fixture->bob, group)) == 20);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/engine/client/" name, ClientFixture, NULL, client_fixture_set_up, function,        \
              client_fixture_tear_down)

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);
  ADD ("talk", test_talk);
  ADD ("invalid-message", test_invalid_message);
  ADD ("send-offline", test_send_offline);
  ADD ("offline-start", test_offline_start);
  ADD ("poison-message", test_poison_message);
  ADD ("read", test_read);
  ADD ("conversations", test_conversations);
  ADD ("find-people", test_find_people);
  ADD ("backfill", test_backfill);
  ADD ("backfill-overtaken", test_backfill_overtaken);
  ADD ("regained-while-away", test_regained_while_away);
  ADD ("disk-full", test_disk_full);

  return g_test_run ();
}
