/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dump.h"

#include <sqlite3.h>

static sqlite3 *
open_database (const char *path)
{
  sqlite3 *database = NULL;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (database));
  sqlite3_busy_timeout (database, 10000);

  return database;
}

static void
query (sqlite3 *database, const char *sql, GString *text)
{
  sqlite3_stmt *statement = NULL;
  int step;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (database));
  while ((step = sqlite3_step (statement)) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        {
          const unsigned char *value = sqlite3_column_text (statement, i);

          g_string_append_printf (text, "%s%s", i > 0 ? "|" : "",
                                  value != NULL ? (const char *)value : "NULL");
        }
      g_string_append_c (text, '\n');
    }
  if (step != SQLITE_DONE)
    g_error ("%s: %s", sql, sqlite3_errmsg (database));
  sqlite3_finalize (statement);
}

char *
dump_query (const char *path, const char *sql)
{
  sqlite3 *database = open_database (path);
  GString *text = g_string_new (NULL);

  query (database, sql, text);
  sqlite3_close (database);

  return g_string_free_and_steal (text);
}

gint64
dump_number (const char *path, const char *sql)
{
  g_autofree char *text = dump_query (path, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

/* The rows to compare; %s stands for conversations to leave out. */
static const char *const tables[] = {
  "SELECT 'role', id, rolename, label, base, rev FROM roles ORDER BY id",
  "SELECT 'user', id, username, email, created_at, role_id, rev, about, picture, deleted FROM users"
  " WHERE id = (SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'self_user_id')"
  " OR id IN (SELECT user_id FROM conversation_users WHERE conversation_id NOT IN (%s)) ORDER BY "
  "id",
  "SELECT 'conversation', id, kind, title, created_at, last_seq, rev FROM conversations"
  " WHERE id NOT IN (%s) ORDER BY id",
  "SELECT 'member', id, conversation_id, user_id, joined_at, left_at, removed_by, rev"
  " FROM conversation_users WHERE conversation_id NOT IN (%s) ORDER BY id",
  "SELECT 'read', conversation_id, last_read_seq, rev FROM read_positions"
  " WHERE conversation_id NOT IN (%s) ORDER BY conversation_id",
  "SELECT 'settings', conversation_id, notify, muted_until, rev FROM conversation_settings"
  " WHERE conversation_id NOT IN (%s) ORDER BY conversation_id",
  "SELECT 'message', id, client_id, conversation_id, sender_id, seq, content, sent_at, rev,"
  " removed_at FROM messages WHERE conversation_id NOT IN (%s) ORDER BY id",
  "SELECT 'notice', id, at, action, actor, old_value, new_value, by_self, rev FROM notices"
  " ORDER BY id",
  "SELECT 'closed', conversation_id, reason, closed_at, rev FROM closed_conversations"
  " WHERE reason IN ('left', 'removed') ORDER BY conversation_id",
};

static const char incomplete[] =
    "SELECT id FROM conversations c WHERE id NOT IN (%s)"
    " AND last_seq <> (SELECT count (*) FROM messages WHERE conversation_id = c.id)"
    " UNION ALL SELECT conversation_id FROM read_positions"
    " WHERE local_read_seq > last_read_seq AND conversation_id NOT IN (%s)"
    " UNION ALL SELECT conversation_id FROM outbox WHERE state = 0"
    " UNION ALL SELECT 0 WHERE NOT EXISTS (SELECT * FROM users)";

static char *
fill_in (const char *sql, const char *left_out)
{
  g_auto (GStrv) parts = g_strsplit (sql, "%s", -1);

  return g_strjoinv (left_out, parts);
}

char *
dump_mirror (const char *path, const char *except)
{
  g_autofree char *left_out = g_strdup_printf ("SELECT conversation_id FROM closed_conversations"
                                               " UNION ALL SELECT value FROM json_each ('[%s]')",
                                               except != NULL ? except : "");
  g_autofree char *unfinished = fill_in (incomplete, left_out);
  sqlite3 *database = open_database (path);
  GString *text = g_string_new (NULL);

  /* One snapshot. */
  query (database, "BEGIN", text);
  query (database, unfinished, text);
  if (text->len > 0)
    {
      sqlite3_close (database);
      g_string_free (text, TRUE);
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = fill_in (tables[i], left_out);

      query (database, sql, text);
    }
  sqlite3_close (database);

  return g_string_free_and_steal (text);
}

char *
dump_difference (const char *a, const char *b)
{
  g_auto (GStrv) lines_a = g_strsplit (a, "\n", -1);
  g_auto (GStrv) lines_b = g_strsplit (b, "\n", -1);
  guint i = 0;

  while (lines_a[i] != NULL && lines_b[i] != NULL && g_str_equal (lines_a[i], lines_b[i]))
    i++;

  return g_strdup_printf ("line %u: “%s” and “%s”", i, lines_a[i] != NULL ? lines_a[i] : "(end)",
                          lines_b[i] != NULL ? lines_b[i] : "(end)");
}
