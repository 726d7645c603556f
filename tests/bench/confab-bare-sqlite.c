/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The baseline for storing messages: durable batches in the server's own tables, without network,
 * JSON or checks. Prints one JSON object.
 *
 * Usage: confab-bare-sqlite DIRECTORY BATCH */

#include <stdlib.h>
#include <sqlite3.h>

#include "confab-backend.h"

#define SECONDS 3

static sqlite3 *database;

static void
check (int result)
{
  if (result == SQLITE_OK || result == SQLITE_DONE || result == SQLITE_ROW)
    return;
  g_printerr ("confab-bare-sqlite: %s\n", sqlite3_errmsg (database));
  exit (1);
}

static void
run (const char *sql)
{
  check (sqlite3_exec (database, sql, NULL, NULL, NULL));
}

static sqlite3_stmt *
prepare (const char *sql)
{
  sqlite3_stmt *statement = NULL;

  check (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL));
  return statement;
}

static void
step (sqlite3_stmt *statement)
{
  check (sqlite3_step (statement));
  check (sqlite3_reset (statement));
}

static void
make_database (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabBackendWriter) writer = confab_backend_open_to_write (path, &error);

  if (writer == NULL)
    {
      g_printerr ("confab-bare-sqlite: %s\n", error->message);
      exit (1);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  sqlite3_stmt *bump = NULL;
  sqlite3_stmt *clock = NULL;
  sqlite3_stmt *insert = NULL;
  int batch = argc == 3 ? atoi (argv[2]) : 0;
  gint64 commits = 0;
  gint64 start = 0;
  gint64 end = 0;
  double seconds;

  if (batch < 1)
    {
      g_printerr ("Usage: confab-bare-sqlite DIRECTORY BATCH\n");
      return 2;
    }
  path = g_build_filename (argv[1], "bare.db", NULL);
  make_database (path);
  check (sqlite3_open (path, &database));
  run ("PRAGMA synchronous = FULL");
  run ("INSERT INTO users (id, username, email, password, created_at, role_id, username_key, "
       "email_key,"
       "                   username_look, created_rev, rev)"
       " VALUES (1, 'a', 'a@b.c', '', 0, 1, 'a', 'a@b.c', 'a', 1, 1)");
  run ("WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 50)"
       " INSERT INTO conversations (id, created_at, kind, head_rev, rev, creator_id, client_id, "
       "client_digest)"
       " SELECT i, 0, 'group', 1, 1, 1, i, '' FROM n");
  clock = prepare ("UPDATE clock SET rev = rev + ?1");
  bump = prepare ("UPDATE conversations SET last_seq = last_seq + 1, head_rev = ?2 WHERE id = ?1");
  insert = prepare (
      "INSERT INTO messages (sender_id, conversation_id, content, sent_at, seq, client_id, rev)"
      " SELECT 1, id, 'A message of the usual length, as people write them: 01234567', ?2, "
      "last_seq, ?3, ?4"
      " FROM conversations WHERE id = ?1");
  start = g_get_monotonic_time ();
  do
    {
      run ("BEGIN IMMEDIATE");
      sqlite3_bind_int (clock, 1, batch);
      step (clock);
      for (int i = 0; i < batch; i++)
        {
          gint64 rev = 2 + commits * batch + i;
          g_autofree char *uuid = g_uuid_string_random ();

          sqlite3_bind_int64 (bump, 1, 1 + rev % 50);
          sqlite3_bind_int64 (bump, 2, rev);
          step (bump);
          sqlite3_bind_int64 (insert, 1, 1 + rev % 50);
          sqlite3_bind_int64 (insert, 2, g_get_real_time () / 1000);
          sqlite3_bind_text (insert, 3, uuid, -1, SQLITE_STATIC);
          sqlite3_bind_int64 (insert, 4, rev);
          step (insert);
        }
      run ("COMMIT");
      commits++;
      end = g_get_monotonic_time ();
    }
  while (end - start < SECONDS * G_USEC_PER_SEC);
  seconds = (end - start) / (double)G_USEC_PER_SEC;
  g_print ("{\"messages_per_second\": %.0f, \"commits_per_second\": %.0f}\n",
           commits * batch / seconds, commits / seconds);
  sqlite3_finalize (clock);
  sqlite3_finalize (bump);
  sqlite3_finalize (insert);
  sqlite3_close (database);
  return 0;
}
