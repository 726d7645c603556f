/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Exporting: the content is complete and of one moment, and no partial export is left. */

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <time.h>
#include <utime.h>

#include "confab-account-private.h"
#include "confab-engine-error.h"
#include "confab-export.h"
#include "confab-json.h"
#include "confab-test-engine.h"
#include "confab-test-server.h"
#include "dump.h"

#define HOSTILE "<script>alert(1)</script> & \"quotes\" } \\ 😀\nשלום"

typedef struct
{
  ConfabTestServer *server;
  ConfabTestDevice *ann;
  ConfabTestDevice *bob;
  gint64 group;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *origin;
  gint64 bob;

  fixture->server = confab_test_server_new ();
  origin = confab_test_server_get_origin (fixture->server);
  confab_test_server_start (fixture->server);
  fixture->ann = confab_test_device_new ();
  fixture->bob = confab_test_device_new ();
  confab_test_device_register (fixture->ann, origin, "ann");
  confab_test_device_register (fixture->bob, origin, "bob");
  confab_test_wait_online (fixture->ann->client);
  confab_test_wait_online (fixture->bob->client);
  bob = confab_account_get_user_id (confab_client_get_account (fixture->bob->client));
  fixture->group = confab_conversation_get_id (
      confab_test_create_group (fixture->ann->client, "Group }", &bob, 1));
  confab_test_until (confab_client_get_conversation (fixture->bob->client, fixture->group) != NULL);
  fixture->folder = confab_test_make_folder ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  confab_test_device_free (fixture->ann);
  confab_test_device_free (fixture->bob);
  confab_test_server_free (fixture->server);
  confab_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

/* ---- exporting ---- */

static void
progress_cb (double fraction, gpointer user_data)
{
  guint *n_calls = user_data;

  g_assert_cmpfloat (fraction, <=, 1);
  *n_calls += 1;
}

static ConfabExport *
export_client (Fixture *fixture, ConfabClient *client)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  ConfabExport *export;

  confab_client_export_async (client, fixture->folder, NULL, NULL, NULL, confab_test_result_cb,
                              &result);
  export = confab_export_finish (confab_test_await (&result), &error);
  g_assert_no_error (error);

  return export;
}

static char *
read_file (ConfabExport *export, const char *name)
{
  g_autofree char *path = g_build_filename (export->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static gint64
count (ConfabExport *export, const char *sql)
{
  g_autofree char *path = g_build_filename (export->folder, "confab.sqlite", NULL);

  return dump_number (path, sql);
}

static JsonObject *
parse (ConfabExport *export)
{
  g_autofree char *text = read_file (export, "confab.json");
  g_autoptr (GError) error = NULL;
  JsonObject *object = confab_json_parse_answer (text, strlen (text), 64 * 1024 * 1024, &error);

  g_assert_no_error (error);

  return object;
}

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

static void
send_all (Fixture *fixture, ConfabTestDevice *device, const char *text)
{
  confab_test_send (device->client, fixture->group, text);
  confab_test_until (confab_client_get_unsent_count (device->client) == 0);
}

/* ---- tests ---- */

static void
test_contents (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabExport) export = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *page = NULL;
  g_autofree char *index = NULL;
  g_autofree char *page_name =
      g_strdup_printf ("conversations/%" G_GINT64_FORMAT ".html", fixture->group);
  JsonObject *conversation, *message;
  struct stat status;

  send_all (fixture, fixture->ann, HOSTILE);
  send_all (fixture, fixture->bob, "Hello");
  confab_test_until (confab_conversation_get_unread_count (
                         confab_client_get_conversation (fixture->ann->client, fixture->group))
                     == 1);
  export = export_client (fixture, fixture->ann->client);

  g_assert_cmpuint (export->n_conversations, ==, 1);
  g_assert_cmpint (export->n_messages, ==, 2);
  g_assert_cmpint (export->n_missing, ==, 0);
  g_assert_cmpint (g_stat (export->folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  g_assert_cmpuint (count_entries (export->folder), ==, 4);

  g_assert_cmpint (count (export, "SELECT count (*) FROM messages"), ==, 2);
  g_assert_cmpint (count (export, "SELECT count (*) FROM users"), ==, 2);
  g_assert_cmpint (count (export, "SELECT count (*) FROM users WHERE email IS NOT NULL"), ==, 1);
  g_assert_cmpint (count (export, "SELECT count (*) FROM roles"), >, 1);
  g_assert_cmpint (count (export, "SELECT count (*) FROM conversation_users"), ==, 2);
  g_assert_cmpint (count (export, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
  g_assert_cmpint (
      count (
          export,
          "SELECT count (*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"),
      ==, 5);

  object = parse (export);
  g_assert_cmpstr (json_object_get_string_member (object, "username"), ==, "ann");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "users")), ==, 2);
  conversation =
      json_array_get_object_element (json_object_get_array_member (object, "conversations"), 0);
  g_assert_cmpstr (json_object_get_string_member (conversation, "title"), ==, "Group }");
  message =
      json_array_get_object_element (json_object_get_array_member (conversation, "messages"), 0);
  g_assert_cmpstr (json_object_get_string_member (message, "content"), ==, HOSTILE);

  page = read_file (export, page_name);
  index = read_file (export, "index.html");
  g_assert_null (strstr (page, "<script"));
  g_assert_nonnull (strstr (page, "&lt;script&gt;alert(1)"));
  g_assert_nonnull (strstr (page, "שלום"));
  g_assert_nonnull (strstr (page, ">Hello</p>"));
  g_assert_nonnull (strstr (index, page_name));
}

/* All readable data is exported, including conversations that the user left, but not those removed
 * from this computer. */
static void
test_left (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabExport) kept = NULL;
  g_autoptr (ConfabExport) removed = NULL;
  ConfabClient *bob = fixture->bob->client;
  ConfabConversation *group = confab_client_get_conversation (bob, fixture->group);
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  send_all (fixture, fixture->bob, "Hello");
  confab_client_leave_async (bob, group, NULL, confab_test_result_cb, &result);
  confab_client_change_finish (bob, confab_test_await (&result), &error);
  g_assert_no_error (error);
  kept = export_client (fixture, bob);
  g_assert_cmpuint (kept->n_conversations, ==, 1);
  g_assert_cmpint (kept->n_messages, ==, 1);
  g_assert_cmpint (count (kept, "SELECT count (*) FROM conversation_users WHERE left_at > 0"), ==,
                   1);

  confab_client_remove_closed (bob, group);
  confab_test_until (confab_client_get_conversation (bob, fixture->group) == NULL);
  removed = export_client (fixture, bob);
  g_assert_cmpuint (removed->n_conversations, ==, 0);
  g_assert_cmpint (count (removed, "SELECT count (*) FROM messages"), ==, 0);
  g_assert_cmpint (count (removed, "SELECT count (*) FROM users"), ==, 1);
}

/* A second export on the same day gets another name, and neither is changed. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabExport) first = export_client (fixture, fixture->ann->client);
  g_autoptr (ConfabExport) second = export_client (fixture, fixture->ann->client);

  g_assert_cmpstr (first->folder, !=, second->folder);
  g_assert_cmpuint (count_entries (fixture->folder), ==, 2);
}

typedef struct
{
  ConfabClient *client;
  ConfabConversation *conversation;
  guint n_sent;
} Sender;

static gboolean
send_cb (gpointer user_data)
{
  Sender *sender = user_data;
  g_autofree char *text = g_strdup_printf ("meanwhile %u", ++sender->n_sent);

  confab_client_send_async (sender->client, sender->conversation, text, NULL, NULL, NULL);

  return G_SOURCE_CONTINUE;
}

/* While messages arrive, the three formats have the same content, and no conversation has a gap or
 * an additional message. */
static void
test_while_messages_arrive (Fixture *fixture, gconstpointer data)
{
  Sender sender = { fixture->bob->client,
                    confab_client_get_conversation (fixture->bob->client, fixture->group), 0 };
  guint source = g_timeout_add (1, send_cb, &sender);

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (ConfabExport) export = export_client (fixture, fixture->ann->client);
      g_autoptr (JsonObject) object = parse (export);
      JsonObject *conversation =
          json_array_get_object_element (json_object_get_array_member (object, "conversations"), 0);

      g_assert_cmpint (count (export, "SELECT count (*) FROM messages"), ==, export->n_messages);
      g_assert_cmpint (count (export, "SELECT last_seq FROM conversations"), ==,
                       count (export, "SELECT coalesce (max (seq), 0) FROM messages"));
      g_assert_cmpint (
          json_array_get_length (json_object_get_array_member (conversation, "messages")), ==,
          export->n_messages);
      confab_test_idle_ms (20);
    }
  g_source_remove (source);
  g_assert_cmpuint (sender.n_sent, >, 10);
}

/* Without a network, and without opening the account. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccount) account = NULL;
  g_autoptr (ConfabExport) export = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  guint n_calls = 0;

  send_all (fixture, fixture->ann, "before");
  confab_test_server_kill (fixture->server);
  account = g_object_ref (confab_client_get_account (fixture->ann->client));
  confab_test_device_close (fixture->ann);

  confab_export_async (fixture->ann->store, account, fixture->folder, progress_cb, &n_calls, NULL,
                       confab_test_result_cb, &result);
  export = confab_export_finish (confab_test_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (export->n_messages, ==, 1);
}

static void
assert_fails (Fixture *fixture,
              const char *parent,
              GCancellable *cancellable,
              GQuark domain,
              int code)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_client_export_async (fixture->ann->client, parent, NULL, NULL, cancellable,
                              confab_test_result_cb, &result);
  g_assert_null (confab_export_finish (confab_test_await (&result), &error));
  g_assert_error (error, domain, code);
}

static void
test_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *nowhere = g_build_filename (fixture->folder, "nowhere", NULL);

  send_all (fixture, fixture->ann, "one");
  g_cancellable_cancel (cancellable);
  assert_fails (fixture, fixture->folder, cancellable, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_fails (fixture, nowhere, NULL, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE);
  g_assert_cmpuint (count_entries (fixture->folder), ==, 0);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* Cancelled at any time, it leaves nothing behind. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 300; i++)
    confab_test_send (fixture->ann->client, fixture->group, HOSTILE);
  confab_test_until (confab_client_get_unsent_count (fixture->ann->client) == 0);

  for (guint ms = 0; ms < 20; ms++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      GAsyncResult *result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabExport) export = NULL;

      g_timeout_add (ms, cancel_cb, cancellable);
      confab_client_export_async (fixture->ann->client, fixture->folder, NULL, NULL, cancellable,
                                  confab_test_result_cb, &result);
      export = confab_export_finish (confab_test_await (&result), &error);
      if (export != NULL)
        confab_test_remove_folder (export->folder);
      else
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (count_entries (fixture->folder), ==, 0);
      confab_test_idle_ms (ms);
    }
}

/* A new computer first loads older messages; offline, the export states how many are missing. */
static void
test_history (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabTestDevice) other = confab_test_device_new ();
  g_autoptr (ConfabExport) lacking = NULL;
  g_autoptr (ConfabExport) whole = NULL;
  g_autofree char *page_name =
      g_strdup_printf ("conversations/%" G_GINT64_FORMAT ".html", fixture->group);
  g_autofree char *page = NULL;

  for (guint i = 0; i < 250; i++)
    confab_test_send (fixture->ann->client, fixture->group, "old");
  confab_test_until (confab_client_get_unsent_count (fixture->ann->client) == 0);

  confab_test_device_adopt (other, fixture->bob->client);
  confab_test_until (confab_client_get_conversation (other->client, fixture->group) != NULL);
  confab_client_stop (other->client, CONFAB_CONNECTION_STOPPED);
  lacking = export_client (fixture, other->client);
  g_assert_cmpint (lacking->n_missing, >, 0);
  g_assert_cmpint (lacking->n_missing + lacking->n_messages, ==, 250);
  page = read_file (lacking, page_name);
  g_assert_nonnull (strstr (page, "not on this computer"));

  confab_client_start (other->client);
  confab_test_wait_online (other->client);
  whole = export_client (fixture, other->client);
  g_assert_cmpint (whole->n_missing, ==, 0);
  g_assert_cmpint (whole->n_messages, ==, 250);
}

static char *
make_copy (const char *directory, const char *name, time_t age)
{
  char *path = g_build_filename (directory, name, NULL);
  time_t then = time (NULL) - age;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_no_errno (g_utime (path, &(struct utimbuf){ then, then }));

  return path;
}

/* The copy that an export makes beside the mirror is removed, also that of a killed export, but not
 * that of another one under way. */
static void
test_copies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *directory = confab_account_store_get_directory (
      fixture->ann->store, confab_client_get_account (fixture->ann->client));
  g_autofree char *old = make_copy (directory, "export-killed.sqlite", 2 * 24 * 60 * 60);
  g_autofree char *new = make_copy (directory, "export-under-way.sqlite", 60);
  guint n_entries = count_entries (directory);
  g_autoptr (ConfabExport) export = export_client (fixture, fixture->ann->client);

  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (new, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_entries (directory), ==, n_entries - 1);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/engine/export/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);
  ADD ("contents", test_contents);
  ADD ("left", test_left);
  ADD ("again", test_again);
  ADD ("while-messages-arrive", test_while_messages_arrive);
  ADD ("closed", test_closed);
  ADD ("fails", test_fails);
  ADD ("cancelled", test_cancelled);
  ADD ("history", test_history);
  ADD ("copies", test_copies);

  return g_test_run ();
}
