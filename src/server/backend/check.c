/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-call.h"

/* An invariant: @sql returns a row for each violation. */
typedef struct
{
  const char *what;
  const char *sql;
} Invariant;

static const Invariant invariants[] = {
  { "the database is damaged",
    "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'" },
  { "a reference leads nowhere",
    "SELECT \"table\" || ' row ' || coalesce (rowid, '?') || ' refers to ' || parent"
    "  FROM pragma_foreign_key_check" },
  { "there is not exactly one clock",
    "SELECT count (*) || ' rows' FROM clock HAVING count (*) <> 1" },
  { "a conversation's messages are not numbered 1, 2, 3 … to its last_seq",
    "SELECT 'conversation ' || c.id || ': last_seq ' || c.last_seq || ', ' || count (m.id)"
    "       || ' messages, from ' || coalesce (min (m.seq), 0) || ' to ' || coalesce (max (m.seq), "
    "0)"
    "  FROM conversations AS c LEFT JOIN messages AS m ON m.conversation_id = c.id GROUP BY c.id"
    " HAVING count (m.id) <> c.last_seq OR coalesce (max (m.seq), 0) <> c.last_seq" },
  { "a revision is beyond the clock",
    "SELECT 'rev ' || max (rev) || ' in ' || source FROM ("
    "  SELECT rev, 'roles' AS source FROM roles UNION ALL SELECT rev, 'users' FROM users"
    "  UNION ALL SELECT head_rev, 'conversations' FROM conversations"
    "  UNION ALL SELECT rev, 'conversation_users' FROM conversation_users"
    "  UNION ALL SELECT rev, 'read_positions' FROM read_positions"
    "  UNION ALL SELECT rev, 'conversation_settings' FROM conversation_settings"
    "  UNION ALL SELECT rev, 'messages' FROM messages UNION ALL SELECT rev, 'audit' FROM audit)"
    " GROUP BY source HAVING max (rev) > (SELECT rev FROM clock)" },
  { "two messages have one revision",
    "SELECT 'rev ' || rev FROM messages GROUP BY rev HAVING count (*) > 1" },
  { "a picture is nobody's", "SELECT hash FROM pictures WHERE hash NOT IN (SELECT picture FROM "
                             "users WHERE picture IS NOT NULL)" },
  { "a reset has a code without a token, or a token without a code",
    "SELECT 'user ' || id FROM users LEFT JOIN password_resets ON user_id = id"
    " WHERE (reset_password_token IS NULL) <> (user_id IS NULL)" },
  { "a deleted account has kept something",
    "SELECT 'user ' || id FROM users"
    " WHERE state = 'deleted'"
    "   AND (username <> 'deleted:' || id OR email <> 'deleted:' || id OR password <> '' OR about "
    "IS NOT NULL"
    "        OR picture IS NOT NULL OR reset_password_token IS NOT NULL"
    "        OR id IN (SELECT user_id FROM email_changes) OR id IN (SELECT user_id FROM "
    "read_positions)"
    "        OR id IN (SELECT user_id FROM conversation_settings)"
    "        OR id IN (SELECT user_id FROM known_devices) OR id IN (SELECT user_id FROM "
    "known_networks))" },
  { "somebody who may not sign in has a session",
    "SELECT 'user ' || id FROM users WHERE state <> 'active' AND id IN (SELECT user_id FROM "
    "sessions)" },
  { "messages of a conversation are not in the order of their revisions",
    "SELECT 'conversation ' || conversation_id || ', seq ' || seq FROM ("
    "  SELECT conversation_id, seq, rev,"
    "         lag (rev) OVER (PARTITION BY conversation_id ORDER BY seq) AS before"
    "    FROM messages WHERE removed_at IS NULL)"
    " WHERE rev <= before" },
  { "a conversation is behind what hangs on it",
    "SELECT 'conversation ' || c.id FROM conversations AS c"
    " WHERE c.head_rev < (SELECT max (rev) FROM conversation_users WHERE conversation_id = c.id)"
    "    OR c.head_rev < (SELECT max (rev) FROM messages WHERE conversation_id = c.id)"
    "    OR c.rev < (SELECT max (rev) FROM messages WHERE conversation_id = c.id AND removed_at IS "
    "NULL)" },
  { "a direct conversation has not exactly two people in it",
    "SELECT 'conversation ' || c.id FROM conversations AS c"
    " WHERE c.kind = 'direct' AND (SELECT count (*) FROM conversation_users"
    "                               WHERE conversation_id = c.id AND left_at IS NULL) <> 2" },
  { "a direct conversation's key does not name its members",
    "SELECT 'conversation ' || c.id FROM conversations AS c"
    " WHERE c.kind = 'direct'"
    "   AND c.direct_key <> (SELECT min (user_id) || ':' || max (user_id) FROM conversation_users"
    "                         WHERE conversation_id = c.id)" },
  { "a message is from somebody who was never in the conversation",
    "SELECT 'message ' || m.id FROM messages AS m"
    " WHERE NOT EXISTS (SELECT 1 FROM conversation_users AS u"
    "                    WHERE u.conversation_id = m.conversation_id AND u.user_id = "
    "m.sender_id)" },
  { "the texts that are stored of somebody are not as long as was counted",
    "SELECT 'user ' || u.id || ': counted ' || coalesce (s.bytes, 0) || ', stored ' || coalesce "
    "(t.bytes, 0)"
    "  FROM users AS u LEFT JOIN stored_texts AS s ON s.user_id = u.id"
    "  LEFT JOIN (SELECT sender_id, sum (octet_length (content)) AS bytes FROM messages"
    "              GROUP BY sender_id) AS t ON t.sender_id = u.id"
    " WHERE coalesce (s.bytes, 0) <> coalesce (t.bytes, 0)" },
  { "more is read than was written",
    "SELECT 'user ' || r.user_id || ', conversation ' || r.conversation_id"
    "  FROM read_positions AS r JOIN conversations AS c ON c.id = r.conversation_id"
    " WHERE r.last_read_seq > c.last_seq" },
  { "a read position is of somebody who is not in the conversation",
    "SELECT 'user ' || r.user_id || ', conversation ' || r.conversation_id FROM read_positions AS r"
    " WHERE NOT EXISTS (SELECT 1 FROM conversation_users AS u"
    "                    WHERE u.conversation_id = r.conversation_id AND u.user_id = r.user_id"
    "                      AND u.left_at IS NULL)" },
  { "settings are of somebody who was never in the conversation",
    "SELECT 'user ' || s.user_id || ', conversation ' || s.conversation_id"
    "  FROM conversation_settings AS s"
    " WHERE NOT EXISTS (SELECT 1 FROM conversation_users AS u"
    "                    WHERE u.conversation_id = s.conversation_id AND u.user_id = s.user_id)" },
};

static gboolean
look_for (ConfabDatabase *database, const Invariant *invariant, GPtrArray *findings, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConfabResult) result =
      confab_database_query_values (database, invariant->sql, CONFAB_VALUES ());

  while (confab_result_next (result))
    g_ptr_array_add (
        findings, g_strdup_printf ("%s: %s", invariant->what, confab_result_get_text (result, 0)));

  if (confab_result_end (result, &local_error))
    return TRUE;

  /* The database may be too damaged to be checked. */
  if (g_error_matches (local_error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CORRUPT))
    {
      g_ptr_array_add (findings, g_strdup_printf ("%s: %s", invariant->what, local_error->message));
      return TRUE;
    }

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

GPtrArray *
confab_backend_check (const char *path, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ConfabDatabase) database = confab_backend_open_to_read (path, error);

  if (database == NULL || !confab_backend_begin_snapshot (database, error))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (invariants); i++)
    {
      if (!look_for (database, &invariants[i], findings, error))
        return NULL;
    }

  return g_steal_pointer (&findings);
}
