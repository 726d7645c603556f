/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* No acknowledged message is lost or stored twice when the server or a client is killed at any
 * time. */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "confab-engine-error.h"
#include "confab-test-engine.h"
#include "confab-test-server.h"
#include "dump.h"

/* ---- the server ---- */

static guint pending;

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  confab_client_send_finish (CONFAB_CLIENT (source), result, &error);
  g_assert_no_error (error);
  pending--;
}

static void
assert_books (const char *database, guint n_messages)
{
  g_assert_cmpint (dump_number (database, "SELECT count (*) FROM messages"), ==, n_messages);
  g_assert_cmpint (dump_number (database, "SELECT count (DISTINCT content) FROM messages"), ==,
                   n_messages);
  g_assert_cmpint (dump_number (database, "SELECT max (seq) - min (seq) + 1 FROM messages"), ==,
                   n_messages);
}

/* Check the order, because a client sends a conversation's messages one at a time. */
static void
assert_order (const char *database, const char *prefix)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT content FROM messages WHERE content LIKE '%s %%' ORDER BY seq", prefix);
  g_autofree char *text = dump_query (database, sql);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  int last = -1;

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      int number = atoi (lines[i] + strlen (prefix) + 1);

      g_assert_cmpint (number, ==, last + 1);
      last = number;
    }
}

static void
test_server_killed (void)
{
  const guint n_rounds = 8;
  const guint n_messages = 12; /* per client and round */
  g_autoptr (ConfabTestServer) server = confab_test_server_new ();
  g_autoptr (ConfabTestDevice) ann = confab_test_device_new ();
  g_autoptr (ConfabTestDevice) bob = confab_test_device_new ();
  ConfabTestDevice *const devices[] = { ann, bob };
  const char *const names[] = { "ann", "bob" };
  char *dumps[2] = { NULL };
  gint64 group;
  gint64 bob_id;

  confab_test_server_start (server);
  for (guint i = 0; i < 2; i++)
    {
      confab_test_device_register (devices[i], confab_test_server_get_origin (server), names[i]);
      confab_test_wait_online (devices[i]->client);
    }
  bob_id = confab_account_get_user_id (confab_client_get_account (bob->client));
  group = confab_conversation_get_id (confab_test_create_group (ann->client, NULL, &bob_id, 1));
  confab_test_until (confab_client_get_conversation (bob->client, group) != NULL);

  for (guint round = 0; round < n_rounds; round++)
    {
      for (guint i = 0; i < n_messages; i++)
        for (guint j = 0; j < 2; j++)
          {
            g_autofree char *text = g_strdup_printf ("%s %u", names[j], round * n_messages + i);

            pending++;
            confab_client_send_async (devices[j]->client,
                                      confab_client_get_conversation (devices[j]->client, group),
                                      text, NULL, sent_cb, NULL);
          }
      confab_test_idle_ms (g_random_int_range (0, 40));
      confab_test_server_kill (server);
      confab_test_idle_ms (g_random_int_range (0, 40));
      confab_test_server_start (server);
    }

  for (guint j = 0; j < 2; j++)
    confab_test_until (pending == 0 && confab_client_get_unsent_count (devices[j]->client) == 0);
  for (guint j = 0; j < 2; j++)
    confab_test_until (confab_conversation_get_last_seq (
                           confab_client_get_conversation (devices[j]->client, group))
                       == n_rounds * n_messages * 2);
  assert_books (confab_test_server_get_database (server), n_rounds * n_messages * 2);
  assert_order (confab_test_server_get_database (server), "ann");
  assert_order (confab_test_server_get_database (server), "bob");
  for (guint j = 0; j < 2; j++)
    {
      g_autofree char *directory = confab_account_store_get_directory (
          devices[j]->store, confab_client_get_account (devices[j]->client));
      g_autofree char *mirror = g_build_filename (directory, "mirror.db", NULL);

      /* The answer to a client's last message may arrive before the other's messages. */
      confab_test_until (dump_number (mirror, "SELECT count (*) FROM messages")
                         == n_rounds * n_messages * 2);
      dumps[j] =
          dump_query (mirror, "SELECT id, client_id, seq, content, rev FROM messages ORDER BY seq");
    }
  g_assert_cmpstr (dumps[0], ==, dumps[1]);
  g_free (dumps[0]);
  g_free (dumps[1]);
}

/* ---- the client: this program as its own child ---- */

/* Sign in, send numbered messages and report those in the outbox; with @count 0 only empty the
 * outbox. */
static int
run_child (const char *folder, const char *origin, int first, int count)
{
  g_autoptr (ConfabEnvironment) environment = confab_environment_new (folder);
  g_autoptr (ConfabAccountStore) store = confab_account_store_new (environment);
  g_autoptr (ConfabClient) client = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabConversation) conversation = NULL;
  GAsyncResult *result = NULL;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  environment->use_keyring = FALSE;
  confab_account_store_load_async (store, NULL, confab_test_result_cb, &result);
  confab_account_store_load_finish (store, confab_test_await (&result), &error);
  g_assert_no_error (error);
  confab_sign_in_async (store, origin, "ann", CONFAB_TEST_PASSWORD, NULL, confab_test_result_cb,
                        &result);
  client = confab_sign_in_finish (confab_test_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
  confab_client_start (client);
  confab_test_until (g_list_model_get_n_items (confab_client_get_conversations (client)) == 1);
  conversation = g_list_model_get_item (confab_client_get_conversations (client), 0);

  puts ("ready");
  fflush (stdout);
  for (int i = first; i < first + count; i++)
    {
      g_autofree char *text = g_strdup_printf ("ann %d", i);

      confab_test_send (client, confab_conversation_get_id (conversation), text);
      printf ("%d\n", i);
      fflush (stdout);
    }
  confab_test_until (confab_client_get_unsent_count (client) == 0);
  confab_client_close_async (client, confab_test_result_cb, &result);
  confab_client_close_finish (client, confab_test_await (&result), &error);
  g_assert_no_error (error);

  return 0;
}

static const char *program;

static GSubprocess *
spawn_child (const char *folder, const char *origin, int first, int count)
{
  g_autofree char *first_text = g_strdup_printf ("%d", first);
  g_autofree char *count_text = g_strdup_printf ("%d", count);
  g_autoptr (GError) error = NULL;
  GSubprocess *child;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--child", folder,
                            origin, first_text, count_text, NULL);
  g_assert_no_error (error);

  return child;
}

/* On a thread, because the test waits for the child's output. */
static gpointer
kill_soon (gpointer user_data)
{
  g_usleep ((gulong)g_random_int_range (0, 200000));
  g_subprocess_force_exit (user_data);

  return NULL;
}

/* Let a child send from @first on, and kill it at a random moment after it is ready. Return the
 * number after the last one that it reported. */
static int
run_and_kill (const char *folder, const char *origin, int first)
{
  g_autoptr (GSubprocess) child = spawn_child (folder, origin, first, 150);
  g_autoptr (GDataInputStream) output =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_autofree char *ready = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  GThread *killer;
  char *line;
  int next = first;

  g_assert_cmpstr (ready, ==, "ready");
  killer = g_thread_new ("killer", kill_soon, child);
  while ((line = g_data_input_stream_read_line (output, NULL, NULL, NULL)) != NULL)
    {
      next = atoi (line) + 1;
      g_free (line);
    }
  g_thread_join (killer);
  g_subprocess_wait (child, NULL, NULL);

  return next;
}

static void
test_client_killed (void)
{
  const int n_rounds = 10;
  g_autoptr (ConfabTestServer) server = confab_test_server_new ();
  g_autoptr (ConfabTestDevice) ann = confab_test_device_new ();
  g_autofree char *folder = confab_test_make_folder ();
  g_autoptr (GSubprocess) last = NULL;
  g_autofree char *stored = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  const char *origin = confab_test_server_get_origin (server);
  const char *database = confab_test_server_get_database (server);
  GArray *acknowledged = g_array_new (FALSE, FALSE, sizeof (int));
  int next = 0;

  confab_test_server_start (server);
  confab_test_device_register (ann, origin, "ann");
  confab_test_wait_online (ann->client);
  confab_test_create_group (ann->client, NULL, NULL, 0);
  confab_test_device_close (ann);

  for (int round = 0; round < n_rounds; round++)
    {
      int after = run_and_kill (folder, origin, next);

      for (int i = next; i < after; i++)
        g_array_append_val (acknowledged, i);
      next = after + 1; /* it may have been stored before the kill */
    }
  last = spawn_child (folder, origin, next, 0);
  g_subprocess_wait_check (last, NULL, NULL);
  g_assert_true (g_subprocess_get_successful (last));

  g_test_message ("%u messages were acknowledged", acknowledged->len);
  g_assert_cmpuint (acknowledged->len, >, 0);
  stored = dump_query (database, "SELECT content FROM messages");
  lines = g_strsplit (stored, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_hash_table_add (known, GINT_TO_POINTER (atoi (lines[i] + strlen ("ann ")) + 1));
  for (guint i = 0; i < acknowledged->len; i++)
    g_assert_true (
        g_hash_table_contains (known, GINT_TO_POINTER (g_array_index (acknowledged, int, i) + 1)));
  assert_books (database, (guint)dump_number (database, "SELECT count (*) FROM messages"));
  g_array_unref (acknowledged);
  confab_test_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  if (argc == 6 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], argv[3], atoi (argv[4]), atoi (argv[5]));

  program = argv[0];
  confab_test_init (&argc, &argv);
  g_test_add_func ("/engine/crash/server-killed", test_server_killed);
  g_test_add_func ("/engine/crash/client-killed", test_client_killed);

  return g_test_run ();
}
