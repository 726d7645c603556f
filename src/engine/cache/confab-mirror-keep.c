/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-keep.h"

#include "confab-mirror-rows.h"
#include "confab-problem.h"

#define SELF "(SELECT CAST (value AS INTEGER) FROM main.meta WHERE key = 'self_user_id')"

/* Return an unused id for each row of @table, in the order of @order. */
#define ID_BELOW(table, order)                                                                     \
  "(SELECT min (0, coalesce (min (id), 0)) FROM old." table                                        \
  ") - row_number () OVER (ORDER BY " order ")"

/* A direct conversation that was removed from this computer must not reappear, although the server
 * still has it. It is deleted later like every hidden one. */
static const char hide_again[] =
    "INSERT INTO main.closed_conversations (conversation_id, reason, closed_at, rev, hidden)"
    " SELECT c.id, 'deleted', 0, own.rev, 1 FROM old.closed_conversations o"
    " JOIN main.conversations c ON c.id = o.conversation_id AND c.kind = 'direct'"
    " JOIN main.conversation_users own ON own.conversation_id = c.id AND own.user_id = " SELF
    " AND own.rev = o.rev"
    " WHERE o.reason = 'deleted' AND o.hidden;";

/* First, conversations whose closing both files have, and those with local ids; then those missing
 * in the new file, or with another conversation there under their id. Another version may have
 * mended the kind and the time of the same conversation, see confab-row-reader.h. */
static const char choose_conversations[] =
    "CREATE TEMP TABLE kept (old_id INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE);"
    "INSERT INTO kept SELECT c.id, c.id FROM old.conversations c"
    " JOIN old.closed_conversations o ON o.conversation_id = c.id AND NOT o.hidden"
    " WHERE c.id < 0 OR EXISTS (SELECT 1 FROM main.closed_conversations n"
    "  WHERE n.conversation_id = c.id AND n.rev = o.rev AND n.closed_at = o.closed_at);"
    "INSERT INTO kept SELECT c.id, " ID_BELOW (
        "conversations",
        "c.id") " FROM old.conversations c LEFT JOIN old.closed_conversations o ON "
                "o.conversation_id = c.id"
                " WHERE coalesce (o.hidden, 0) = 0 AND c.id NOT IN (SELECT old_id FROM kept)"
                " AND NOT EXISTS (SELECT 1 FROM main.conversations n"
                "  WHERE n.id = c.id AND (n.kind = c.kind OR c.kind = 'group')"
                "  AND (n.created_at = c.created_at OR c.created_at = 0))"
                " AND (EXISTS (SELECT 1 FROM old.messages WHERE conversation_id = c.id)"
                "  OR EXISTS (SELECT 1 FROM old.outbox WHERE conversation_id = c.id)"
                "  OR EXISTS (SELECT 1 FROM old.drafts WHERE conversation_id = c.id));";

/* A user keeps their id if the new file has the same user (the same id and creation time), or if
 * they are in a conversation that keeps its ids, because then they existed before the histories
 * diverged. */
static const char choose_people[] =
    "CREATE TEMP TABLE kept_users (old_id INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE);"
    "INSERT INTO kept_users"
    " WITH needed AS (SELECT user_id, max (same) AS sure FROM"
    "  (SELECT user_id, old_id = k.id AS same FROM old.conversation_users"
    "    JOIN kept k ON k.old_id = conversation_id"
    "   UNION ALL SELECT sender_id, old_id = k.id FROM old.messages"
    "    JOIN kept k ON k.old_id = conversation_id)"
    "  GROUP BY user_id)"
    " SELECT u.id, u.id FROM old.users u JOIN needed ON needed.user_id = u.id"
    "  WHERE u.id < 0 OR u.id = " SELF " OR sure"
    "  OR EXISTS (SELECT 1 FROM main.users n WHERE n.id = u.id AND n.created_at = u.created_at);"
    "INSERT INTO kept_users SELECT u.id, " ID_BELOW (
        "users",
        "u.id") " FROM old.users u WHERE u.id NOT IN (SELECT old_id FROM kept_users)"
                " AND (u.id IN (SELECT user_id FROM old.conversation_users"
                "   WHERE conversation_id IN (SELECT old_id FROM kept))"
                "  OR u.id IN (SELECT sender_id FROM old.messages"
                "   WHERE conversation_id IN (SELECT old_id FROM kept)));";

/* Revision 0, so that any row from the server is newer. */
static const char copy_people[] =
    "INSERT INTO main.roles (id, rolename, label, base, rev)"
    " SELECT id, rolename, label, base, 0 FROM old.roles"
    " WHERE NOT EXISTS (SELECT 1 FROM main.roles);"
    "INSERT OR IGNORE INTO main.users"
    " (id, username, email, about, picture, created_at, role_id, deleted, rev)"
    " SELECT k.id, username, email, about, picture, created_at,"
    "  coalesce ((SELECT id FROM main.roles WHERE id = role_id), (SELECT min (id) FROM "
    "main.roles)),"
    "  deleted, 0 FROM old.users u JOIN kept_users k ON k.old_id = u.id;";

static const char copy_conversations[] =
    "INSERT INTO main.conversations (id, kind, title, created_at, last_seq, rev)"
    " SELECT k.id, kind, title, created_at, last_seq, rev"
    "  FROM old.conversations c JOIN kept k ON k.old_id = c.id;"
    "INSERT INTO main.conversation_users"
    " (id, conversation_id, user_id, joined_at, left_at, removed_by, rev)"
    " SELECT iif (k.id = k.old_id, m.id, " ID_BELOW (
        "conversation_users",
        "m.id") "),"
                "  k.id, u.id, joined_at, left_at, removed_by, rev FROM old.conversation_users m"
                "  JOIN kept k ON k.old_id = m.conversation_id JOIN kept_users u ON u.old_id = "
                "m.user_id;"
                "INSERT INTO main.messages (id, client_id, conversation_id, sender_id, seq, "
                "content, sent_at,"
                "  removed_at, rev)"
                " SELECT iif (k.id = k.old_id, m.id, " ID_BELOW (
                    "messages",
                    "m.id") "),"
                            "  client_id, k.id, u.id, seq, content, sent_at, removed_at, rev FROM "
                            "old.messages m"
                            "  JOIN kept k ON k.old_id = m.conversation_id JOIN kept_users u ON "
                            "u.old_id = m.sender_id;"
                            "INSERT INTO main.read_positions (conversation_id, last_read_seq, rev)"
                            " SELECT k.id, max (last_read_seq, local_read_seq), 0 FROM "
                            "old.read_positions r"
                            "  JOIN kept k ON k.old_id = r.conversation_id;";

/* For a conversation that was open in the old file, the server's rows give the reason for closing;
 * without any, the conversation is lost. */
static const char copy_reasons[] =
    "UPDATE main.closed_conversations SET by_name = coalesce (by_name, (SELECT o.by_name"
    "  FROM old.closed_conversations o WHERE o.conversation_id = "
    "closed_conversations.conversation_id))"
    " WHERE conversation_id IN (SELECT id FROM kept);"
    "INSERT INTO main.closed_conversations (conversation_id, reason, by_name, closed_at, rev)"
    " SELECT k.id, coalesce (o.reason, n.reason, 'lost'),"
    "  iif (o.reason IS NOT NULL, o.by_name, n.by_name),"
    "  coalesce (o.closed_at, n.closed_at, unixepoch () * 1000), 0 FROM kept k"
    "  LEFT JOIN old.closed_conversations o ON o.conversation_id = k.old_id"
    "  LEFT JOIN main.closed_conversations n ON n.conversation_id = k.old_id"
    " WHERE k.id < 0;";

gboolean
confab_mirror_keep_closed (ConfabDatabase *target, GError **error)
{
  return confab_database_exec (target, hide_again, error)
         && confab_database_exec (target, choose_conversations, error)
         && confab_database_exec (target, choose_people, error)
         && confab_database_exec (target, copy_people, error)
         && confab_database_exec (target, copy_conversations, error)
         && confab_database_exec (target, copy_reasons, error)
         && confab_database_exec (target, "DROP TABLE temp.kept_users", error);
}

gboolean
confab_mirror_keep_unsent (ConfabDatabase *target, GError **error)
{
  return confab_database_exec (
             target,
             "CREATE TEMP TABLE placeless AS SELECT conversation_id FROM main.outbox"
             " UNION SELECT conversation_id FROM main.drafts"
             " EXCEPT SELECT id FROM main.conversations;"
             /* Conversations removed from this computer stay removed, and are deleted with their
              * unsent text. */
             "INSERT OR IGNORE INTO main.closed_conversations"
             " (conversation_id, reason, closed_at, rev, hidden)"
             " SELECT conversation_id, reason, closed_at, rev, 1 FROM old.closed_conversations"
             " WHERE hidden AND conversation_id IN (SELECT conversation_id FROM placeless);"
             "DELETE FROM placeless WHERE conversation_id IN"
             " (SELECT conversation_id FROM main.closed_conversations WHERE hidden);"
             "INSERT OR IGNORE INTO main.closed_conversations"
             " (conversation_id, reason, closed_at, rev)"
             " SELECT conversation_id, 'lost', unixepoch () * 1000, 0 FROM placeless;"
             "INSERT INTO main.conversations (id, kind, title, created_at, last_seq, rev)"
             " SELECT conversation_id, 'group', NULL, 0, 0, 0 FROM placeless;"
             "DROP TABLE temp.placeless; DROP TABLE temp.kept;"
             /* The mark of the unsent file: the tables contain all of it. */
             "INSERT OR REPLACE INTO main.meta SELECT key, value FROM old.meta"
             " WHERE key = 'unsent';",
             error)
         && confab_database_run (target, error,
                                 "UPDATE main.outbox SET state = 1, problem = $1 WHERE state = 0"
                                 " AND conversation_id IN"
                                 " (SELECT conversation_id FROM main.closed_conversations)",
                                 sql_int (CONFAB_PROBLEM_NOT_FOUND));
}
