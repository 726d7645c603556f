/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Copies closed conversations from a damaged mirror. The server would not send them again, so copy
 * all that can be read: row by row, by the index from both ends, and by the table itself. */

#include "confab-mirror-keep.h"

#include <string.h>

#include "confab-mirror-rows.h"

#define MAX_COLUMNS 9

/* How to copy each column: 'i' an integer, 'n' one that may be NULL, 't' a text, 'o' one that may
 * be NULL. Return whether @value is set: rows with a damaged text are skipped. */
static gboolean
take_column (ConfabResult *from, int column, char type, ConfabValue *value)
{
  const char *text = confab_result_get_text (from, column);

  if (type == 'i')
    *value = sql_int (confab_result_get_int (from, column));
  else if (type == 'n')
    *value = sql_id (confab_result_get_int (from, column));
  else if (text == NULL ? type == 't' : !g_utf8_validate (text, -1, NULL))
    return FALSE;
  else
    *value = sql_text (text);
  return TRUE;
}

/* Run @select, with @id if that is not 0, and @insert for each row, up to the first that cannot be
 * read. Both are literals. */
static gboolean
copy_rows (ConfabDatabase *source,
           const char *select,
           gint64 id,
           const char *types,
           ConfabDatabase *target,
           const char *insert,
           GError **error)
{
  const ConfabValue *with_id = CONFAB_VALUES (sql_int (id));
  g_autoptr (ConfabResult) from =
      confab_database_query_values (source, select, id != 0 ? with_id : CONFAB_VALUES ());

  g_assert (strlen (types) <= MAX_COLUMNS);

  while (confab_result_next (from))
    {
      ConfabValue values[MAX_COLUMNS + 1] = { 0 };
      gboolean whole = TRUE;
      guint n = 0;

      for (; types[n] != '\0' && whole; n++)
        whole = take_column (from, (int)n, types[n], &values[n]);
      values[n].type = CONFAB_VALUE_END;
      if (whole && !confab_database_run_values (target, insert, values, error))
        return FALSE;
    }
  return TRUE;
}

#define CLOSED                                                                                     \
  "SELECT conversation_id, reason, by_name, closed_at, rev, hidden FROM closed_conversations"
#define MEMBERS                                                                                    \
  "SELECT id, conversation_id, user_id, joined_at, left_at, removed_by, rev FROM "                 \
  "conversation_users"
#define MESSAGES                                                                                   \
  "SELECT id, client_id, conversation_id, sender_id, seq, content, sent_at, removed_at, rev FROM " \
  "messages"

static gboolean
copy_closed (ConfabDatabase *source, ConfabDatabase *target, GError **error)
{
  static const char insert[] =
      "INSERT OR IGNORE INTO closed_conversations"
      " (conversation_id, reason, by_name, closed_at, rev, hidden) SELECT $1, $2, $3, $4, $5, $6"
      " WHERE $2 IN ('left', 'removed', 'lost', 'deleted')";

  return copy_rows (source, CLOSED " ORDER BY conversation_id", 0, "itoiii", target, insert, error)
         && copy_rows (source, CLOSED " ORDER BY conversation_id DESC", 0, "itoiii", target, insert,
                       error);
}

static gboolean
copy_messages (ConfabDatabase *source, ConfabDatabase *target, gint64 id, GError **error)
{
  static const char *const selects[] = {
    MESSAGES " WHERE conversation_id = $1 ORDER BY seq",
    MESSAGES " WHERE conversation_id = $1 ORDER BY seq DESC",
    MESSAGES " NOT INDEXED WHERE conversation_id = $1 ORDER BY rowid",
    MESSAGES " NOT INDEXED WHERE conversation_id = $1 ORDER BY rowid DESC",
  };

  for (guint i = 0; i < G_N_ELEMENTS (selects); i++)
    {
      if (!copy_rows (source, selects[i], id, "itiiitini", target,
                      "INSERT OR IGNORE INTO messages (id, client_id, conversation_id, sender_id,"
                      " seq, content, sent_at, removed_at, rev) VALUES ($1, $2, $3, $4, $5, $6, "
                      "$7, $8, $9)",
                      error))
        return FALSE;
    }
  return TRUE;
}

/* @id: of a closed conversation. Copy its messages even if its name is lost. */
static gboolean
copy_conversation (ConfabDatabase *source, ConfabDatabase *target, gint64 id, GError **error)
{
  static const char insert_member[] =
      "INSERT OR IGNORE INTO conversation_users"
      " (id, conversation_id, user_id, joined_at, left_at, removed_by, rev)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)";

  return copy_rows (source,
                    "SELECT id, kind, title, created_at, last_seq, rev FROM conversations"
                    " WHERE id = $1",
                    id, "itoiii", target,
                    "INSERT OR IGNORE INTO conversations"
                    " (id, kind, title, created_at, last_seq, rev) SELECT $1, $2, $3, $4, $5, $6"
                    " WHERE $2 IN ('direct', 'group')",
                    error)
         && copy_messages (source, target, id, error)
         && copy_rows (source, MEMBERS " WHERE conversation_id = $1", id, "iiiinni", target,
                       insert_member, error)
         && copy_rows (source, MEMBERS " NOT INDEXED WHERE conversation_id = $1", id, "iiiinni",
                       target, insert_member, error)
         && copy_rows (source,
                       "SELECT conversation_id, max (last_read_seq, local_read_seq)"
                       " FROM read_positions WHERE conversation_id = $1",
                       id, "ii", target,
                       "INSERT OR IGNORE INTO read_positions (conversation_id, last_read_seq, rev)"
                       " SELECT $1, $2, 0 WHERE EXISTS (SELECT 1 FROM conversations WHERE id = $1)",
                       error);
}

/* Revision 0, so that any row from the server is newer. */
static gboolean
copy_people (ConfabDatabase *source, ConfabDatabase *target, GError **error)
{
  g_autoptr (ConfabResult) unknown =
      confab_database_query (target, "SELECT user_id FROM conversation_users"
                                     " UNION SELECT sender_id FROM messages"
                                     " EXCEPT SELECT id FROM users");
  g_autoptr (GPtrArray) ids = confab_mirror_rows_ids (unknown, error);

  if (ids == NULL
      || !copy_rows (source, "SELECT id, rolename, label, base FROM roles", 0, "itot", target,
                     "INSERT OR IGNORE INTO roles (id, rolename, label, base, rev)"
                     " SELECT $1, $2, $3, $4, 0 WHERE $4 IN ('admin', 'moderator', 'user')",
                     error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      if (!copy_rows (
              source,
              "SELECT id, username, email, about, picture, created_at, role_id, deleted"
              " FROM users WHERE id = $1",
              *(gint64 *)ids->pdata[i], "itoooiii", target,
              "INSERT OR IGNORE INTO users (id, username, email, about, picture,"
              " created_at, role_id, deleted, rev) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)",
              error))
        return FALSE;
    }
  return TRUE;
}

/* Create a conversation or user without a name for rows whose references could not be read. */
static gboolean
fill_gaps (ConfabDatabase *target, GError **error)
{
  return confab_database_exec (
      target,
      "INSERT OR IGNORE INTO conversations (id, kind, title, created_at, last_seq, rev)"
      " SELECT conversation_id, 'group', NULL, min (sent_at), max (seq), 0 FROM messages"
      "  GROUP BY conversation_id;"
      "DELETE FROM conversation_users WHERE conversation_id NOT IN (SELECT id FROM conversations);"
      "INSERT INTO users (id, username, created_at, role_id, deleted, rev)"
      " SELECT id, 'deleted:' || id, 0, coalesce ((SELECT min (id) FROM roles), 1), 1, 0 FROM"
      "  (SELECT user_id AS id FROM conversation_users UNION SELECT sender_id FROM messages"
      "   EXCEPT SELECT id FROM users);"
      "INSERT INTO roles (id, rolename, base, rev) SELECT role_id, 'role:' || role_id, 'user', 0"
      " FROM (SELECT role_id FROM users EXCEPT SELECT id FROM roles);",
      error);
}

gboolean
confab_mirror_salvage_closed (ConfabDatabase *source, ConfabDatabase *target, GError **error)
{
  g_autoptr (ConfabResult) shown = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  if (!copy_closed (source, target, error))
    return FALSE;
  shown = confab_database_query (
      target, "SELECT conversation_id FROM closed_conversations WHERE NOT hidden");
  ids = confab_mirror_rows_ids (shown, error);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      if (!copy_conversation (source, target, *(gint64 *)ids->pdata[i], error))
        return FALSE;
    }
  return ids->len == 0 || (copy_people (source, target, error) && fill_gaps (target, error));
}
