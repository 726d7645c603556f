/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Applies the user's own memberships, which close and open conversations. When a conversation
 * closes, its rows stay readable. */

#include "confab-mirror-apply.h"

#include "confab-mirror-private.h"
#include "confab-mirror-rows.h"
#include "confab-mirror-unsent.h"
#include "confab-problem.h"

gboolean
confab_apply_takes (ConfabApply *self,
                    gint64 conversation_id,
                    gint64 rev,
                    gboolean *takes,
                    GError **error)
{
  gint64 newest;

  *takes = confab_id_set_has (self->known, conversation_id);
  if (*takes)
    return TRUE;
  if (!confab_database_query_int (
          self->database, &newest, error,
          "SELECT coalesce ((SELECT rev FROM closed_conversations"
          " WHERE conversation_id = c.id), -1) FROM conversations c WHERE c.id = $1",
          sql_int (conversation_id)))
    return FALSE;
  *takes = newest < 0 || rev <= newest;
  if (newest < 0)
    confab_id_set_add (self->known, conversation_id);
  return TRUE;
}

/* ---- closing ---- */

/* Return the user's name as far as known, from the newer rows of this set first. NULL without an
 * error if unknown. */
static gboolean
find_name (ConfabApply *self, gint64 user_id, char **name, GError **error)
{
  g_autoptr (ConfabResult) result = NULL;

  *name = NULL;
  for (guint i = 0; i < self->rows->users->len; i++)
    {
      const ConfabUserRow *row = g_ptr_array_index (self->rows->users, i);

      if (row->id == user_id)
        {
          *name = row->deleted ? NULL : g_strdup (row->username);
          return TRUE;
        }
    }
  result = confab_database_query (self->database,
                                  "SELECT username FROM users WHERE id = $1 AND NOT deleted",
                                  sql_int (user_id));
  if (!confab_result_next (result))
    return confab_result_end (result, error);
  *name = confab_mirror_rows_text (result, 0, error);
  return *name != NULL;
}

static gboolean
write_closed (ConfabApply *self, const ConfabMembershipRow *row, GError **error)
{
  g_autofree char *name = NULL;
  gboolean removed = row->removed_by != 0;
  ConfabClosedReason reason = removed ? CONFAB_CLOSED_REMOVED : CONFAB_CLOSED_LEFT;

  if (removed && !find_name (self, row->removed_by, &name, error))
    return FALSE;
  return confab_database_run (self->database, error,
                              "INSERT OR REPLACE INTO closed_conversations"
                              " (conversation_id, reason, by_name, closed_at, rev)"
                              " VALUES ($1, $2, $3, $4, $5)",
                              sql_int (row->conversation_id),
                              sql_text (confab_mirror_closed_to_string (reason)), sql_text (name),
                              sql_int (row->left_at), sql_int (row->rev));
}

/* Make sure that the conversation has a row, so that its unsent text is visible even if nothing
 * else of it is stored (after the mirror was rebuilt). */
static gboolean
make_place_for_unsent (ConfabApply *self, const ConfabMembershipRow *row, GError **error)
{
  return confab_database_run (
      self->database, error,
      "INSERT OR IGNORE INTO conversations (id, kind, title, created_at, last_seq, rev)"
      " SELECT $1, 'group', NULL, $2, 0, 0 WHERE EXISTS (SELECT 1 FROM outbox"
      " WHERE conversation_id = $1) OR EXISTS (SELECT 1 FROM drafts WHERE conversation_id = $1)",
      sql_int (row->conversation_id), sql_int (row->joined_at));
}

static GPtrArray *
list_waiting (ConfabApply *self, gint64 conversation_id, GError **error)
{
  g_autoptr (ConfabResult) result =
      confab_database_query (self->database,
                             "SELECT " CONFAB_MIRROR_OUTBOX_COLUMNS " FROM outbox o"
                             " WHERE o.conversation_id = $1 AND o.state = 0 ORDER BY o.id",
                             sql_int (conversation_id));

  return confab_mirror_rows_collect (result, (ConfabMirrorRowsFunc)confab_mirror_rows_outbox,
                                     (GDestroyNotify)confab_outbox_row_free, error);
}

/* Waiting messages stay readable but are not sent any more. */
static gboolean
refuse_waiting (ConfabApply *self, gint64 conversation_id, GError **error)
{
  g_autoptr (GPtrArray) waiting = list_waiting (self, conversation_id, error);

  if (waiting == NULL)
    return FALSE;
  while (waiting->len > 0)
    {
      ConfabOutboxRow *row = g_ptr_array_steal_index (waiting, 0);

      row->state = CONFAB_OUTBOX_FAILED;
      row->problem = CONFAB_PROBLEM_NOT_FOUND;
      confab_unsent_note_message (self->changes, row);
      g_ptr_array_add (confab_changes_timeline (self->changes, conversation_id)->queued, row);
      self->changes->outbox = TRUE;
    }
  return confab_database_run (
      self->database, error,
      "UPDATE outbox SET state = $1, problem = $2 WHERE conversation_id = $3 AND state = 0",
      sql_int (CONFAB_OUTBOX_FAILED), sql_int (CONFAB_PROBLEM_NOT_FOUND),
      sql_int (conversation_id));
}

static gboolean
close_conversation (ConfabApply *self, const ConfabMembershipRow *row, GError **error)
{
  confab_id_set_add (self->changes->conversations, row->conversation_id);
  confab_id_set_add (self->changes->members, row->conversation_id);
  return write_closed (self, row, error) && make_place_for_unsent (self, row, error)
         && refuse_waiting (self, row->conversation_id, error);
}

/* ---- opening ---- */

/* A gained conversation comes with its newest messages, and there may be a gap between older ones
 * and these. History is loaded backwards from the oldest message and would never fill the gap, so
 * delete the older messages. */
static gboolean
forget_history (ConfabApply *self, gint64 conversation_id, GError **error)
{
  confab_changes_timeline (self->changes, conversation_id)->anew = TRUE;
  return confab_database_run (self->database, error,
                              "DELETE FROM messages WHERE conversation_id = $1",
                              sql_int (conversation_id))
         && confab_database_run (self->database, error,
                                 "DELETE FROM uncounted WHERE conversation_id = $1",
                                 sql_int (conversation_id));
}

static gboolean
open_conversation (ConfabApply *self, gint64 conversation_id, GError **error)
{
  confab_id_set_add (self->changes->conversations, conversation_id);
  confab_id_set_add (self->changes->members, conversation_id);
  return confab_database_run (self->database, error,
                              "DELETE FROM closed_conversations WHERE conversation_id = $1",
                              sql_int (conversation_id));
}

/* ---- both ---- */

/* @row is the newest row about the user in its conversation. */
static gboolean
apply_own_membership (ConfabApply *self, const ConfabMembershipRow *row, GError **error)
{
  gint64 id = row->conversation_id;
  gint64 closed_rev;
  gint64 own_rev;
  gint64 joined_at;

  if (!confab_database_query_int (self->database, &closed_rev, error,
                                  "SELECT rev FROM closed_conversations WHERE conversation_id = $1",
                                  sql_int (id))
      || !confab_database_query_int (self->database, &joined_at, error,
                                     "SELECT max (joined_at) FROM conversation_users WHERE "
                                     "conversation_id = $1 AND user_id = $2",
                                     sql_int (id), sql_int (self->self_user_id))
      || !confab_database_query_int (
          self->database, &own_rev, error,
          "SELECT max (rev) FROM conversation_users WHERE conversation_id = $1 AND user_id = $2",
          sql_int (id), sql_int (self->self_user_id)))
    return FALSE;
  if (row->rev <= MAX (closed_rev, own_rev))
    return TRUE;
  if (row->left_at != 0)
    return close_conversation (self, row, error);
  if ((closed_rev != 0 || (own_rev != 0 && row->joined_at != joined_at))
      && !forget_history (self, id, error))
    return FALSE;
  return closed_rev == 0 || open_conversation (self, id, error);
}

gboolean
confab_apply_own_memberships (ConfabApply *self, GError **error)
{
  g_autoptr (GHashTable) newest = g_hash_table_new (g_int64_hash, g_int64_equal);
  GHashTableIter iter;
  gpointer row;

  for (guint i = 0; i < self->rows->memberships->len; i++)
    {
      ConfabMembershipRow *own = g_ptr_array_index (self->rows->memberships, i);
      ConfabMembershipRow *best = g_hash_table_lookup (newest, &own->conversation_id);

      if (own->user_id == self->self_user_id && (best == NULL || best->rev < own->rev))
        g_hash_table_replace (newest, &own->conversation_id, own);
    }
  g_hash_table_iter_init (&iter, newest);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      if (!apply_own_membership (self, row, error))
        return FALSE;
    }
  return TRUE;
}
