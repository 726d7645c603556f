/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Applies messages, including removed ones. */

#include "confab-mirror-apply.h"

#include "confab-mirror-rows.h"
#include "confab-mirror-unsent.h"

/* Delete the outbox row of a message that the user sent, in whatever answer it returns first, once
 * the mirror has it: a row that clashes with another message is not stored, and the text must not
 * be lost. */
static gboolean
drop_outbox_row (ConfabApply *self, const ConfabMessageRow *row, GError **error)
{
  gboolean dropped;

  if (!confab_apply_run (
          self, &dropped, error,
          "DELETE FROM outbox WHERE client_id = $1 AND conversation_id = $2 AND EXISTS (SELECT 1"
          " FROM messages WHERE id = $3 AND client_id = $1 AND conversation_id = $2)",
          sql_text (row->client_id), sql_int (row->conversation_id), sql_int (row->id)))
    return FALSE;
  if (dropped)
    {
      g_ptr_array_add (confab_changes_timeline (self->changes, row->conversation_id)->gone,
                       g_strdup (row->client_id));
      confab_unsent_note_gone (self->changes, row->client_id);
      confab_id_set_add (self->changes->conversations, row->conversation_id);
      self->changes->outbox = TRUE;
    }
  return TRUE;
}

/* The user's own messages and removed ones do not count as unread, stored or not. */
static gboolean
note_uncounted (ConfabApply *self, const ConfabMessageRow *row, GError **error)
{
  return confab_database_run (
      self->database, error,
      "INSERT OR IGNORE INTO uncounted (conversation_id, seq) SELECT $1, $2 WHERE $2 >"
      " coalesce ((SELECT max (last_read_seq, local_read_seq) FROM read_positions"
      " WHERE conversation_id = $1), 0)",
      sql_int (row->conversation_id), sql_int (row->seq));
}

/* A message keeps its id and its number in its conversation for ever. Skip a row that gives the id
 * or the number of one message to another, so that no list shows two messages as one. */
static gboolean
upsert_message (ConfabApply *self, const ConfabMessageRow *row, gboolean *changed, GError **error)
{
  return confab_apply_run (
      self, changed, error,
      "INSERT INTO messages (id, client_id, conversation_id, sender_id, seq, content, sent_at, rev,"
      " removed_at) SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9 WHERE NOT EXISTS (SELECT 1"
      " FROM messages WHERE conversation_id = $3 AND seq = $5 AND id <> $1)"
      " ON CONFLICT (id) DO UPDATE SET"
      " content = excluded.content, removed_at = excluded.removed_at, rev = excluded.rev"
      " WHERE excluded.rev > messages.rev AND excluded.client_id = messages.client_id"
      " AND excluded.conversation_id = messages.conversation_id AND excluded.seq = messages.seq"
      " AND excluded.sender_id = messages.sender_id",
      sql_int (row->id), sql_text (row->client_id), sql_int (row->conversation_id),
      sql_int (row->sender_id), sql_int (row->seq), sql_text (row->content), sql_int (row->sent_at),
      sql_int (row->rev), sql_id (row->removed_at));
}

static gboolean
apply_message (ConfabApply *self, ConfabMessageRow *row, GError **error)
{
  gboolean own = row->sender_id == self->self_user_id;
  gboolean changed;
  gboolean takes;

  if (!confab_apply_takes (self, row->conversation_id, row->rev, &takes, error))
    return FALSE;
  if (!takes)
    return TRUE;
  if (!confab_apply_expect_user (self, row->sender_id, error)
      || !upsert_message (self, row, &changed, error)
      || (own && !drop_outbox_row (self, row, error)))
    return FALSE;
  if (!changed)
    return TRUE;
  g_ptr_array_add (confab_changes_timeline (self->changes, row->conversation_id)->messages, row);
  confab_id_set_add (self->changes->conversations, row->conversation_id);
  return (!own && row->removed_at == 0) || note_uncounted (self, row, error);
}

/* ---- removals that arrive before their message ---- */

/* Return whether a message adjoins stored ones. The oldest stored message shows where the history
 * begins: a single message before it would hide the gap. */
static gboolean
connects (ConfabApply *self, const ConfabMessageRow *row, gboolean *connected, GError **error)
{
  gint64 oldest;

  if (!confab_database_query_int (
          self->database, &oldest, error,
          "SELECT coalesce ((SELECT min (seq) FROM messages WHERE conversation_id = $1),"
          " (SELECT last_seq + 1 FROM conversations WHERE id = $1))",
          sql_int (row->conversation_id)))
    return FALSE;
  *connected = row->seq + 1 >= oldest;
  return TRUE;
}

static gboolean
remember_removal (ConfabApply *self, const ConfabMessageRow *row, GError **error)
{
  gboolean known;

  if (!confab_apply_run (
          self, &known, error,
          "INSERT OR REPLACE INTO early_removals (message_id, conversation_id, removed_at, rev)"
          " SELECT $1, id, $2, $3 FROM conversations WHERE id = $4",
          sql_int (row->id), sql_int (row->removed_at), sql_int (row->rev),
          sql_int (row->conversation_id)))
    return FALSE;
  if (!known)
    return TRUE;
  confab_id_set_add (self->changes->conversations, row->conversation_id);
  return note_uncounted (self, row, error);
}

/* If @row is known to have been removed since, return its new state in @removal. */
static gboolean
recall_removal (ConfabApply *self,
                const ConfabMessageRow *row,
                ConfabMessageRow **removal,
                GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      self->database,
      "SELECT removed_at, rev FROM early_removals WHERE message_id = $1 AND rev > $2",
      sql_int (row->id), sql_int (row->rev));

  *removal = NULL;
  if (confab_result_next (result))
    {
      *removal = confab_message_row_copy (row);
      g_set_str (&(*removal)->content, "");
      (*removal)->removed_at = confab_result_get_int (result, 0);
      (*removal)->rev = confab_result_get_int (result, 1);
      g_ptr_array_add (self->changes->made, *removal);
    }
  return confab_result_end (result, error);
}

static gboolean
apply_standing (ConfabApply *self, gboolean any_early, ConfabMessageRow *row, GError **error)
{
  ConfabMessageRow *removal = NULL;

  if (any_early && !recall_removal (self, row, &removal, error))
    return FALSE;
  return apply_message (self, removal != NULL ? removal : row, error)
         && (removal == NULL
             || confab_database_run (self->database, error,
                                     "DELETE FROM early_removals WHERE message_id = $1",
                                     sql_int (row->id)));
}

static gboolean
apply_removed (ConfabApply *self, ConfabMessageRow *row, GError **error)
{
  gboolean connected;

  if (!connects (self, row, &connected, error))
    return FALSE;
  return connected ? apply_message (self, row, error) : remember_removal (self, row, error);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const ConfabMessageRow *one = *(const ConfabMessageRow *const *)a;
  const ConfabMessageRow *other = *(const ConfabMessageRow *const *)b;

  return (one->seq < other->seq) - (one->seq > other->seq);
}

gboolean
confab_apply_messages (ConfabApply *self, GError **error)
{
  GPtrArray *rows = self->rows->messages;
  g_autoptr (GPtrArray) removed = g_ptr_array_new ();
  gint64 any_early = 0;

  if (rows->len > 0
      && !confab_database_query_int (self->database, &any_early, error,
                                     "SELECT 1 FROM early_removals LIMIT $1", sql_int (1)))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      ConfabMessageRow *row = g_ptr_array_index (rows, i);

      if (row->removed_at != 0)
        g_ptr_array_add (removed, row);
      else if (!apply_standing (self, any_early != 0, row, error))
        return FALSE;
    }
  /* Then apply the others, each adjoining the one after it. */
  g_ptr_array_sort (removed, compare_newest_first);
  for (guint i = 0; i < removed->len; i++)
    {
      if (!apply_removed (self, g_ptr_array_index (removed, i), error))
        return FALSE;
    }
  return TRUE;
}
