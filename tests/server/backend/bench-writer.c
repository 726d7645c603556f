/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Messages a second through the writer, beside what SQLite itself does with the same tables, the
 * same indexes and the same batches. The folder is made under TMPDIR: let that be on a real
 * disk. */

#include "backend-fixture.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define N_MESSAGES 20000
#define BATCH 64
#define TEXT "A sentence of a usual length, as people write them to each other all day long."

static void
print_rate (const char *what, gint64 began)
{
  double seconds = (g_get_monotonic_time () - began) / (double)G_TIME_SPAN_SECOND;

  printf ("%-44s %8.0f messages/s\n", what, N_MESSAGES / seconds);
}

static void
set_up (BackendFixture *fixture)
{
  gint64 ada;

  backend_fixture_set_up (fixture);
  ada = fixture_user (fixture, "ada");
  for (guint i = 0; i < 10; i++)
    fixture_group (fixture, ada, 0, NULL);
}

static void
bench_writer (gboolean one_at_a_time)
{
  BackendFixture fixture = { 0 };
  ConfabWriter *writer;
  gint64 began;

  set_up (&fixture);
  writer = confab_writer_new (g_steal_pointer (&fixture.writer), NULL, NULL);
  began = g_get_monotonic_time ();
  for (guint i = 0; i < N_MESSAGES; i++)
    {
      gint64 conversation = 1 + i % 10;

      if (one_at_a_time)
        confab_outcome_unref (
            confab_writer_submit_sync (writer, command_send (1, conversation, NULL, TEXT)));
      else
        while (
            !confab_writer_submit (writer, command_send (1, conversation, NULL, TEXT), NULL, NULL))
          g_usleep (200);
    }
  confab_writer_free (writer);
  print_rate (one_at_a_time ? "the writer, one at a time" : "the writer, as many as wait", began);
  fixture_check (&fixture);
  backend_fixture_tear_down (&fixture);
}

static void
step (sqlite3_stmt *statement)
{
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_reset (statement);
}

static sqlite3_stmt *
prepare (sqlite3 *handle, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);

  return statement;
}

static void
bench_bare (guint batch)
{
  BackendFixture fixture = { 0 };
  sqlite3 *handle = NULL;
  sqlite3_stmt *begin, *insert, *update, *clock, *stored, *commit;
  gint64 began, rev = 1000;
  g_autofree char *what = g_strdup_printf ("SQLite alone, %u to a transaction", batch);

  set_up (&fixture);
  g_assert_cmpint (sqlite3_open (fixture.path, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle,
                "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -8192",
                NULL, NULL, NULL);
  begin = prepare (handle, "BEGIN IMMEDIATE");
  insert =
      prepare (handle, "INSERT INTO messages (sender_id, conversation_id, content, sent_at, seq,"
                       " client_id, rev) VALUES (1, ?1, ?2, 1, ?3, ?4, ?5)");
  update = prepare (
      handle, "UPDATE conversations SET last_seq = ?2, rev = ?3, head_rev = ?3 WHERE id = ?1");
  clock = prepare (handle, "UPDATE clock SET rev = ?1");
  stored = prepare (handle, "INSERT INTO stored_texts (user_id, bytes) VALUES (1, ?1)"
                            " ON CONFLICT (user_id) DO UPDATE SET bytes = bytes + excluded.bytes");
  commit = prepare (handle, "COMMIT");

  began = g_get_monotonic_time ();
  for (guint i = 0; i < N_MESSAGES; i++)
    {
      g_autofree char *client_id = g_uuid_string_random ();

      if (i % batch == 0)
        step (begin);
      sqlite3_bind_int64 (insert, 1, 1 + i % 10);
      sqlite3_bind_text (insert, 2, TEXT, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (insert, 3, 1 + i / 10);
      sqlite3_bind_text (insert, 4, client_id, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (insert, 5, ++rev);
      step (insert);
      sqlite3_bind_int64 (update, 1, 1 + i % 10);
      sqlite3_bind_int64 (update, 2, 1 + i / 10);
      sqlite3_bind_int64 (update, 3, rev);
      step (update);
      sqlite3_bind_int64 (stored, 1, strlen (TEXT));
      step (stored);
      if (i % batch == batch - 1 || i == N_MESSAGES - 1)
        {
          sqlite3_bind_int64 (clock, 1, rev);
          step (clock);
          step (commit);
        }
    }
  print_rate (what, began);

  sqlite3_finalize (begin);
  sqlite3_finalize (insert);
  sqlite3_finalize (update);
  sqlite3_finalize (clock);
  sqlite3_finalize (stored);
  sqlite3_finalize (commit);
  sqlite3_close (handle);
  fixture_check (&fixture);
  backend_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  bench_bare (1);
  bench_writer (TRUE);
  bench_bare (BATCH);
  bench_writer (FALSE);

  return 0;
}
