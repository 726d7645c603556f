/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* kill -9 at any time: acknowledged messages are stored once, without gaps. The test runs itself as
 * the process to kill, which prints each acknowledged client_id. */

#include "backend-fixture.h"

#include <gio/gio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#define N_CYCLES 40

static char *self_path;

static void
acknowledge_cb (ConfabOutcome *outcome, gpointer user_data)
{
  ConfabMessageRow *row;

  g_assert_no_error (outcome->error);
  row = g_ptr_array_index (outcome->rows->messages, 0);
  printf ("%s\n", row->client_id);
  fflush (stdout);
}

/* Send forever; send some messages twice, like a client that got no answer. */
G_NORETURN static void
run_child (const char *path)
{
  g_autoptr (GError) error = NULL;
  ConfabBackendWriter *backend = confab_backend_open_to_write (path, &error);
  ConfabWriter *writer;

  g_assert_no_error (error);
  writer = confab_writer_new (backend, NULL, NULL);
  while (TRUE)
    {
      g_autofree char *client_id = g_uuid_string_random ();
      gint64 conversation = 1 + g_random_int_range (0, 2);
      guint times = 1 + (g_random_int_range (0, 4) == 0);

      for (guint i = 0; i < times; i++)
        confab_writer_submit (writer, command_send (1, conversation, client_id, "text"),
                              acknowledge_cb, NULL);
    }
}

static guint
check_stored (BackendFixture *fixture, GHashTable *acknowledged)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  g_autoptr (GHashTable) stored = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  const char *client_id;

  g_assert_cmpint (sqlite3_open_v2 (fixture->path, &handle, SQLITE_OPEN_READWRITE, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (
      sqlite3_prepare_v2 (handle, "SELECT client_id FROM messages", -1, &statement, NULL), ==,
      SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_assert_true (
        g_hash_table_add (stored, g_strdup ((const char *)sqlite3_column_text (statement, 0))));
  sqlite3_finalize (statement);
  sqlite3_close (handle);

  g_hash_table_iter_init (&iter, acknowledged);
  while (g_hash_table_iter_next (&iter, (gpointer *)&client_id, NULL))
    g_assert_true (g_hash_table_contains (stored, client_id));

  return g_hash_table_size (stored);
}

/* Let the child run for a while, kill it, and collect the ids that it printed. */
static void
run_cycle (BackendFixture *fixture, GHashTable *acknowledged)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                    self_path, "--child", fixture->path, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  gint64 end;
  gboolean killed = FALSE;
  char *line;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));

  /* From its first word on, so that the moment is one of writing. */
  end = 0;
  while ((line = g_data_input_stream_read_line (output, NULL, NULL, NULL)) != NULL)
    {
      gint64 now = g_get_monotonic_time ();

      if (end == 0)
        end = now + g_random_int_range (0, 40000);
      if (now >= end && !killed)
        {
          g_subprocess_send_signal (child, SIGKILL);
          killed = TRUE;
        }

      /* The last word may have been cut off. */
      if (strlen (line) == 36)
        g_hash_table_add (acknowledged, line);
      else
        g_free (line);
    }

  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (child));
}

static void
test_kill (void)
{
  BackendFixture fixture = { 0 };
  g_autoptr (GHashTable) acknowledged =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_cycles = g_test_slow () ? 1000 : N_CYCLES;
  guint n_stored = 0;
  gint64 ada;

  backend_fixture_set_up (&fixture);
  ada = fixture_user (&fixture, "ada");
  fixture_group (&fixture, ada, 0, NULL);
  fixture_group (&fixture, ada, 0, NULL);
  g_clear_object (&fixture.writer);

  for (guint i = 0; i < n_cycles; i++)
    {
      run_cycle (&fixture, acknowledged);
      fixture_check (&fixture);
      n_stored = check_stored (&fixture, acknowledged);
    }

  g_test_message ("%u cycles, %u acknowledged, %u stored", n_cycles,
                  g_hash_table_size (acknowledged), n_stored);
  g_assert_cmpint (g_hash_table_size (acknowledged), >, n_cycles);
  backend_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    run_child (argv[2]);

  g_test_init (&argc, &argv, NULL);
  self_path = argv[0];
  g_test_add_func ("/backend/crash/kill", test_kill);

  return g_test_run ();
}
