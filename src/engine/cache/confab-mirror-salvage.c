/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-salvage.h"

#include "confab-mirror-keep.h"
#include "confab-mirror-rows.h"

/* ---- copying from a damaged file ---- */

typedef gboolean (*SalvageFunc) (ConfabResult *from, ConfabDatabase *target, GError **error);

static gboolean
salvage_outbox_row (ConfabResult *from, ConfabDatabase *target, GError **error)
{
  g_autoptr (ConfabOutboxRow) row = confab_mirror_rows_outbox (from, NULL);

  if (row == NULL)
    return TRUE; /* a damaged text: the next row may be intact */
  return confab_database_run (target, error,
                              "INSERT OR IGNORE INTO outbox (id, client_id, "
                              "conversation_id, content, created_at, state, problem)"
                              " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                              sql_int (row->id), sql_text (row->client_id),
                              sql_int (row->conversation_id), sql_text (row->content),
                              sql_int (row->created_at), sql_int (row->state),
                              sql_int (row->problem));
}

static gboolean
salvage_draft (ConfabResult *from, ConfabDatabase *target, GError **error)
{
  g_autofree char *content = confab_mirror_rows_text (from, 1, NULL);

  if (content == NULL)
    return TRUE;
  return confab_database_run (
      target, error, "INSERT OR IGNORE INTO drafts (conversation_id, content) VALUES ($1, $2)",
      sql_int (confab_result_get_int (from, 0)), sql_text (content));
}

/* Copy rows up to the first that cannot be read. */
static gboolean
salvage_rows (ConfabDatabase *source,
              const char *sql,
              SalvageFunc salvage,
              ConfabDatabase *target,
              GError **error)
{
  g_autoptr (ConfabResult) from = confab_database_query_values (source, sql, CONFAB_VALUES ());

  while (confab_result_next (from))
    {
      if (!salvage (from, target, error))
        return FALSE;
    }
  return TRUE;
}

/* Read from both ends, so that a damaged page does not hide the rows behind it. */
static gboolean
salvage_unsent (ConfabDatabase *source, ConfabDatabase *target, GError **error)
{
  return salvage_rows (source,
                       "SELECT " CONFAB_MIRROR_OUTBOX_COLUMNS " FROM outbox o ORDER BY o.id",
                       salvage_outbox_row, target, error)
         && salvage_rows (
             source, "SELECT " CONFAB_MIRROR_OUTBOX_COLUMNS " FROM outbox o ORDER BY o.id DESC",
             salvage_outbox_row, target, error)
         && salvage_rows (source,
                          "SELECT conversation_id, content FROM drafts ORDER BY conversation_id",
                          salvage_draft, target, error)
         && salvage_rows (
             source, "SELECT conversation_id, content FROM drafts ORDER BY conversation_id DESC",
             salvage_draft, target, error);
}

gboolean
confab_mirror_salvage_unsent (const char *path, ConfabDatabase *target, GError **error)
{
  g_autoptr (ConfabDatabase) source =
      confab_database_open (path, CONFAB_DATABASE_READ_DAMAGED, FALSE, NULL);

  return source == NULL || salvage_unsent (source, target, error);
}

gboolean
confab_mirror_salvage (const char *path, ConfabDatabase *target, GError **error)
{
  g_autoptr (ConfabDatabase) source =
      confab_database_open (path, CONFAB_DATABASE_READ_DAMAGED, FALSE, NULL);

  return source == NULL
         || (salvage_unsent (source, target, error)
             && confab_mirror_salvage_closed (source, target, error));
}

/* ---- copying from an intact file ---- */

static gboolean
copy (ConfabDatabase *target, GError **error)
{
  return confab_database_exec (
      target,
      "INSERT INTO outbox (id, client_id, conversation_id, content, created_at, state, problem)"
      " SELECT o.id, client_id, coalesce (k.id, o.conversation_id), content, created_at, state,"
      "  problem FROM old.outbox o LEFT JOIN kept k ON k.old_id = o.conversation_id"
      " WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = o.conversation_id"
      "   AND m.client_id = o.client_id"
      "   AND m.sender_id = (SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'self_user_id'))"
      " ORDER BY o.id;"
      "INSERT INTO drafts (conversation_id, content)"
      " SELECT coalesce (k.id, d.conversation_id), content FROM old.drafts d"
      "  LEFT JOIN kept k ON k.old_id = d.conversation_id;"
      "INSERT INTO read_positions (conversation_id, last_read_seq, rev, local_read_seq)"
      " SELECT conversation_id, 0, 0, local_read_seq FROM old.read_positions"
      " WHERE local_read_seq > last_read_seq AND conversation_id IN (SELECT id FROM conversations)"
      " AND conversation_id NOT IN (SELECT old_id FROM kept)"
      " ON CONFLICT (conversation_id) DO UPDATE SET local_read_seq = excluded.local_read_seq;"
      "DELETE FROM uncounted WHERE seq <= (SELECT max (last_read_seq, local_read_seq)"
      " FROM read_positions r WHERE r.conversation_id = uncounted.conversation_id);",
      error);
}

gboolean
confab_mirror_carry_over (const char *path, ConfabDatabase *target, GError **error)
{
  gboolean copied;

  if (!confab_database_run (target, error, "ATTACH $1 AS old", sql_text (path)))
    return FALSE;
  copied = confab_database_begin (target, error) && confab_mirror_keep_closed (target, error)
           && copy (target, error) && confab_mirror_keep_unsent (target, error)
           && confab_database_commit (target, error);
  if (!copied)
    confab_database_rollback (target);
  return confab_database_exec (target, "DETACH old", copied ? error : NULL) && copied;
}
