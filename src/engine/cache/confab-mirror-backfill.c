/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-private.h"

#include "confab-mirror-rows.h"

typedef struct
{
  gint64 conversation_id;
  gint64 before_seq;
} Backfill;

/* The conversation to load first, and those whose history cannot be loaded. */
typedef struct
{
  gint64 preferred;
  GHashTable *fruitless; /* set of gint64* */
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_hash_table_unref (wish->fruitless);
  g_free (wish);
}

/* Stored messages are contiguous up to the newest (a conversation is gained with its newest
 * messages, and all later ones arrive), so the oldest shows what is missing. */
static gpointer
next_backfill (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  const Wish *wish = data;
  g_autofree Backfill *next = g_new0 (Backfill, 1);
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "WITH histories AS (SELECT c.id,"
      " coalesce ((SELECT min (seq) FROM messages WHERE conversation_id = c.id), c.last_seq + 1)"
      " AS first_seq FROM conversations c"
      " WHERE c.id NOT IN (SELECT conversation_id FROM closed_conversations))"
      " SELECT id, first_seq FROM histories WHERE first_seq > 1"
      " ORDER BY id = $1 DESC, (SELECT sent_at FROM messages WHERE conversation_id = histories.id"
      " ORDER BY seq DESC LIMIT 1) DESC",
      sql_int (wish->preferred));

  while (next->conversation_id == 0 && confab_result_next (result))
    {
      gint64 id = confab_result_get_int (result, 0);

      if (g_hash_table_contains (wish->fruitless, &id))
        continue;
      next->conversation_id = id;
      next->before_seq = confab_result_get_int (result, 1);
    }
  return confab_result_end (result, error) ? g_steal_pointer (&next) : NULL;
}

void
confab_mirror_next_backfill_async (ConfabMirror *self,
                                   gint64 preferred,
                                   GHashTable *fruitless,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  Wish *wish = g_new0 (Wish, 1);
  const ConfabMirrorJob job = { .target = CONFAB_MIRROR_READER,
                                .func = next_backfill,
                                .arguments = wish,
                                .free_arguments = wish_free,
                                .free_result = g_free };

  wish->preferred = preferred;
  wish->fruitless = confab_id_set_new ();
  if (fruitless != NULL)
    confab_id_set_add_all (wish->fruitless, fruitless);

  confab_mirror_run (self,
                     confab_mirror_task_new (self, confab_mirror_next_backfill_async, cancellable,
                                             callback, user_data),
                     &job);
}

gboolean
confab_mirror_next_backfill_finish (ConfabMirror *self,
                                    GAsyncResult *result,
                                    gint64 *conversation_id,
                                    gint64 *before_seq,
                                    GError **error)
{
  g_autofree Backfill *next = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  next = g_task_propagate_pointer (G_TASK (result), error);
  if (next == NULL || next->conversation_id == 0)
    return FALSE;
  *conversation_id = next->conversation_id;
  *before_seq = next->before_seq;
  return TRUE;
}
