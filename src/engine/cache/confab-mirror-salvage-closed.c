/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Closed conversations out of a damaged mirror. The server would not give them again, so
 * whatever can be read is worth having: row by row, by the index from both ends, and by the
 * table itself. */

#include "confab-mirror-keep.h"

#include "confab-mirror-rows.h"

/* How each column is copied: 'i' an integer, 'n' one that may be NULL, 't' a text, 'o' one that
 * may be NULL. A row with a damaged text is passed over. */
static gboolean
bind_column (ConfabStatement *from, int column, char type, ConfabStatement *to)
{
  g_autofree char *text = NULL;

  if (type == 'i')
    confab_statement_bind_int (to, column + 1, confab_statement_get_int (from, column));
  else if (type == 'n')
    confab_statement_bind_id (to, column + 1, confab_statement_get_int (from, column));
  else if (!confab_mirror_rows_optional_text (from, column, &text, NULL)
           || (type == 't' && text == NULL))
    return FALSE;
  else
    confab_statement_bind_string (to, column + 1, text);
  return TRUE;
}

/* Runs @select, with @id bound if it has a parameter, and @insert for each row until the first that
 * cannot be read. */
static gboolean
copy_rows (ConfabDatabase *source,
           const char *select,
           gint64 id,
           const char *types,
           ConfabDatabase *target,
           const char *insert,
           GError **error)
{
  g_autoptr (ConfabStatement) from = confab_database_prepare (source, select, NULL);

  if (from == NULL)
    return TRUE;
  if (id != 0)
    confab_statement_bind_int (from, 1, id);
  while (confab_statement_step (from, NULL))
    {
      g_autoptr (ConfabStatement) to = confab_database_prepare (target, insert, error);
      gboolean whole = TRUE;

      if (to == NULL)
        return FALSE;
      for (int i = 0; types[i] != '\0' && whole; i++)
        whole = bind_column (from, i, types[i], to);
      if (whole && !confab_statement_run (to, error))
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
      " (conversation_id, reason, by_name, closed_at, rev, hidden) SELECT ?1, ?2, ?3, ?4, ?5, ?6"
      " WHERE ?2 IN ('left', 'removed', 'lost', 'deleted')";

  return copy_rows (source, CLOSED " ORDER BY conversation_id", 0, "itoiii", target, insert, error)
         && copy_rows (source, CLOSED " ORDER BY conversation_id DESC", 0, "itoiii", target, insert,
                       error);
}

static gboolean
copy_messages (ConfabDatabase *source, ConfabDatabase *target, gint64 id, GError **error)
{
  static const char *const selects[] = {
    MESSAGES " WHERE conversation_id = ? ORDER BY seq",
    MESSAGES " WHERE conversation_id = ? ORDER BY seq DESC",
    MESSAGES " NOT INDEXED WHERE conversation_id = ? ORDER BY rowid",
    MESSAGES " NOT INDEXED WHERE conversation_id = ? ORDER BY rowid DESC",
  };

  for (guint i = 0; i < G_N_ELEMENTS (selects); i++)
    {
      if (!copy_rows (source, selects[i], id, "itiiitini", target,
                      "INSERT OR IGNORE INTO messages (id, client_id, conversation_id, sender_id,"
                      " seq, content, sent_at, removed_at, rev) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      error))
        return FALSE;
    }
  return TRUE;
}

/* @id: of a closed conversation. What it was called may be lost, and its messages not. */
static gboolean
copy_conversation (ConfabDatabase *source, ConfabDatabase *target, gint64 id, GError **error)
{
  static const char insert_member[] =
      "INSERT OR IGNORE INTO conversation_users"
      " (id, conversation_id, user_id, joined_at, left_at, removed_by, rev)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)";

  return copy_rows (source,
                    "SELECT id, kind, title, created_at, last_seq, rev FROM conversations"
                    " WHERE id = ?",
                    id, "itoiii", target,
                    "INSERT OR IGNORE INTO conversations"
                    " (id, kind, title, created_at, last_seq, rev) SELECT ?1, ?2, ?3, ?4, ?5, ?6"
                    " WHERE ?2 IN ('direct', 'group')",
                    error)
         && copy_messages (source, target, id, error)
         && copy_rows (source, MEMBERS " WHERE conversation_id = ?", id, "iiiinni", target,
                       insert_member, error)
         && copy_rows (source, MEMBERS " NOT INDEXED WHERE conversation_id = ?", id, "iiiinni",
                       target, insert_member, error)
         && copy_rows (source,
                       "SELECT conversation_id, max (last_read_seq, local_read_seq)"
                       " FROM read_positions WHERE conversation_id = ?",
                       id, "ii", target,
                       "INSERT OR IGNORE INTO read_positions (conversation_id, last_read_seq, rev)"
                       " SELECT ?1, ?2, 0 WHERE EXISTS (SELECT 1 FROM conversations WHERE id = ?1)",
                       error);
}

static GArray *
list_ids (ConfabDatabase *target, const char *sql, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ConfabStatement) statement = confab_database_prepare (target, sql, error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return NULL;
  while (confab_statement_step (statement, &failure))
    {
      gint64 id = confab_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
    }
  if (failure == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/* Revision 0: whatever the server says of a person is newer. */
static gboolean
copy_people (ConfabDatabase *source, ConfabDatabase *target, GError **error)
{
  g_autoptr (GArray) ids = list_ids (target,
                                     "SELECT user_id FROM conversation_users"
                                     " UNION SELECT sender_id FROM messages"
                                     " EXCEPT SELECT id FROM users",
                                     error);

  if (ids == NULL
      || !copy_rows (source, "SELECT id, rolename, label, base FROM roles", 0, "itot", target,
                     "INSERT OR IGNORE INTO roles (id, rolename, label, base, rev)"
                     " SELECT ?1, ?2, ?3, ?4, 0 WHERE ?4 IN ('admin', 'moderator', 'user')",
                     error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      if (!copy_rows (source,
                      "SELECT id, username, email, about, picture, created_at, role_id, deleted"
                      " FROM users WHERE id = ?",
                      g_array_index (ids, gint64, i), "itoooiii", target,
                      "INSERT OR IGNORE INTO users (id, username, email, about, picture,"
                      " created_at, role_id, deleted, rev) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
                      error))
        return FALSE;
    }
  return TRUE;
}

/* Rows that refer to what could not be read need something to refer to: a conversation without a
 * name, somebody without one. */
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
  g_autoptr (GArray) ids = NULL;

  if (!copy_closed (source, target, error))
    return FALSE;
  ids =
      list_ids (target, "SELECT conversation_id FROM closed_conversations WHERE NOT hidden", error);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      if (!copy_conversation (source, target, g_array_index (ids, gint64, i), error))
        return FALSE;
    }
  return ids->len == 0 || (copy_people (source, target, error) && fill_gaps (target, error));
}
