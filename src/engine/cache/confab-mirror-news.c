/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-news.h"

#include "confab-mirror-private.h"
#include "confab-mirror-rows.h"

typedef struct
{
  GArray *ids; /* (nullable) */
  gint64 self_user_id;
  gint64 conversation_id;
  gint64 seq;
} NewsArguments;

static void
news_arguments_free (gpointer data)
{
  NewsArguments *self = data;

  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

/* ---- reading ---- */

static void
line_free (gpointer data)
{
  ConfabNewsLine *self = data;

  g_free (self->sender);
  g_free (self->text);
  g_free (self);
}

void
confab_news_item_free (ConfabNewsItem *self)
{
  g_clear_object (&self->conversation);
  g_ptr_array_unref (self->lines);
  g_free (self->picture);
  g_free (self);
}

/* The rows come newest first. */
static gboolean
read_line (ConfabResult *result, ConfabNewsItem *item, GError **error)
{
  g_autofree char *text = confab_mirror_rows_text (result, 1, error);
  g_autofree char *sender = confab_mirror_rows_text (result, 2, error);
  ConfabNewsLine *line;

  if (text == NULL || sender == NULL)
    return FALSE;
  if (item->lines->len == 0 && !confab_mirror_rows_optional_text (result, 4, &item->picture, error))
    return FALSE;
  line = g_new0 (ConfabNewsLine, 1);
  line->seq = confab_result_get_int (result, 0);
  line->text = g_steal_pointer (&text);
  line->sender =
      g_strdup (confab_user_choose_name (sender, confab_result_get_int (result, 3) != 0));
  item->seq = MAX (item->seq, line->seq);
  item->removed = confab_result_get_int (result, 5) != 0;
  g_ptr_array_insert (item->lines, 0, line);
  return TRUE;
}

/* What the user has answered, perhaps on another device, is no news any more. */
static ConfabNewsItem *
read_item (ConfabDatabase *database, gint64 id, gint64 self_user_id, GError **error)
{
  g_autoptr (ConfabNewsItem) item = g_new0 (ConfabNewsItem, 1);
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "WITH read (seq) AS (SELECT coalesce ((SELECT max (last_read_seq, local_read_seq)"
      " FROM read_positions WHERE conversation_id = $1), 0))"
      " SELECT m.seq, substr (m.content, 1, 500), u.username, u.deleted, u.picture,"
      " EXISTS (SELECT 1 FROM messages r WHERE r.conversation_id = $1 AND r.sender_id <> $2"
      " AND r.removed_at IS NOT NULL AND r.seq > (SELECT seq FROM read))"
      " FROM messages m JOIN users u ON u.id = m.sender_id"
      " WHERE m.conversation_id = $1 AND m.sender_id <> $2 AND m.removed_at IS NULL"
      " AND m.seq > (SELECT seq FROM read) AND NOT EXISTS (SELECT 1 FROM messages o"
      " WHERE o.conversation_id = $1 AND o.seq > m.seq AND o.sender_id = $2)"
      " ORDER BY m.seq DESC LIMIT $3",
      sql_int (id), sql_int (self_user_id), sql_int (CONFAB_NEWS_LINES));

  item->conversation_id = id;
  item->lines = g_ptr_array_new_with_free_func (line_free);
  while (confab_result_next (result))
    {
      if (!read_line (result, item, error))
        return NULL;
    }
  return confab_result_end (result, error) ? g_steal_pointer (&item) : NULL;
}

static gpointer
read_news (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  NewsArguments *arguments = data;
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_news_item_free);

  for (guint i = 0; i < arguments->ids->len; i++)
    {
      ConfabNewsItem *item = read_item (database, g_array_index (arguments->ids, gint64, i),
                                        arguments->self_user_id, error);

      if (item == NULL)
        return NULL;
      g_ptr_array_add (items, item);
    }
  return g_steal_pointer (&items);
}

void
confab_mirror_read_news_async (ConfabMirror *self,
                               GArray *ids,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  ConfabMirrorJob job = { .target = CONFAB_MIRROR_READER,
                          .func = read_news,
                          .free_arguments = news_arguments_free,
                          .free_result = (GDestroyNotify)g_ptr_array_unref };
  NewsArguments *arguments;

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  arguments = g_new0 (NewsArguments, 1);
  arguments->ids = g_array_ref (ids);
  arguments->self_user_id = confab_mirror_get_self_user_id (self);
  job.arguments = arguments;
  confab_mirror_run (
      self, confab_mirror_task_new (self, confab_mirror_read_news_async, NULL, callback, user_data),
      &job);
}

GPtrArray *
confab_mirror_read_news_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- what the user was notified of ---- */

static gpointer
read_notified (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  g_autoptr (GHashTable) notified = confab_id_map_new (g_free);
  g_autoptr (ConfabResult) result =
      confab_database_query (database, "SELECT conversation_id, seq FROM notified");

  while (confab_result_next (result))
    {
      gint64 id = confab_result_get_int (result, 0);
      gint64 seq = confab_result_get_int (result, 1);

      confab_id_map_set (notified, id, g_memdup2 (&seq, sizeof seq));
    }
  return confab_result_end (result, error) ? g_steal_pointer (&notified) : NULL;
}

void
confab_mirror_read_notified_async (ConfabMirror *self,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  const ConfabMirrorJob job = { .target = CONFAB_MIRROR_READER,
                                .func = read_notified,
                                .free_result = (GDestroyNotify)g_hash_table_unref };

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  confab_mirror_run (
      self,
      confab_mirror_task_new (self, confab_mirror_read_notified_async, NULL, callback, user_data),
      &job);
}

GHashTable *
confab_mirror_read_notified_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
mark_notified (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  NewsArguments *arguments = data;

  return confab_database_run (database, error,
                              "INSERT INTO notified (conversation_id, seq) VALUES ($1, $2)"
                              " ON CONFLICT (conversation_id) DO UPDATE SET seq = excluded.seq"
                              " WHERE excluded.seq > notified.seq",
                              sql_int (arguments->conversation_id), sql_int (arguments->seq))
             ? CONFAB_MIRROR_DONE
             : NULL;
}

void
confab_mirror_mark_notified_async (ConfabMirror *self,
                                   gint64 conversation_id,
                                   gint64 seq,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  ConfabMirrorJob job = { .target = CONFAB_MIRROR_WRITER,
                          .func = mark_notified,
                          .free_arguments = news_arguments_free };
  NewsArguments *arguments;

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  arguments = g_new0 (NewsArguments, 1);
  arguments->conversation_id = conversation_id;
  arguments->seq = seq;
  job.arguments = arguments;
  confab_mirror_run (
      self,
      confab_mirror_task_new (self, confab_mirror_mark_notified_async, NULL, callback, user_data),
      &job);
}
