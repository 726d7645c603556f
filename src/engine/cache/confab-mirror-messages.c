/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads for timelines. All queries use keys and indexes, never offsets, so the cost does not grow
 * with the conversation. */

#include "confab-mirror-private.h"
#include "confab-mirror-reader.h"
#include "confab-mirror-rows.h"

#define START_KEYS 40     /* the newest keys: more than a window shows */
#define START_UNREAD 2000 /* additional unread ones at most, to include the first unread */
#define START_CONTEXT 20  /* before the first unread */

typedef struct
{
  gint64 conversation_id;
  gint64 first_seq;
  gint64 last_seq;
  guint limit;
} RangeArguments;

void
confab_timeline_start_free (ConfabTimelineStart *self)
{
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->queued, g_ptr_array_unref);
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->users, g_ptr_array_unref);
  g_free (self);
}

void
confab_message_page_free (ConfabMessagePage *self)
{
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->users, g_ptr_array_unref);
  g_free (self);
}

static void
run (ConfabMirror *self,
     GTask *task,
     ConfabMirrorTarget target,
     ConfabMirrorFunc func,
     const RangeArguments *arguments,
     GDestroyNotify free_result)
{
  const ConfabMirrorJob job = { .target = target,
                                .func = func,
                                .arguments = g_memdup2 (arguments, sizeof *arguments),
                                .free_arguments = g_free,
                                .free_result = free_result };

  confab_mirror_run (self, task, &job);
}

/* ---- keys ---- */

static GArray *
collect_keys (ConfabResult *result, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (ConfabMessageKey));

  while (confab_result_next (result))
    {
      const ConfabMessageKey key = { confab_result_get_int (result, 0),
                                     confab_result_get_int (result, 1),
                                     confab_result_get_int (result, 2) };

      g_array_append_val (keys, key);
    }
  return confab_result_end (result, error) ? g_steal_pointer (&keys) : NULL;
}

static gpointer
read_keys (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  const RangeArguments *arguments = data;
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT seq, sender_id, sent_at FROM messages WHERE conversation_id = $1 AND seq < $2"
      " ORDER BY seq DESC LIMIT $3",
      sql_int (arguments->conversation_id), sql_int (arguments->last_seq),
      sql_int (arguments->limit));

  return collect_keys (result, error);
}

void
confab_mirror_read_keys_async (ConfabMirror *self,
                               gint64 conversation_id,
                               gint64 before_seq,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  const RangeArguments arguments = { .conversation_id = conversation_id,
                                     .last_seq = before_seq,
                                     .limit = limit };

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  run (self,
       confab_mirror_task_new (self, confab_mirror_read_keys_async, cancellable, callback,
                               user_data),
       CONFAB_MIRROR_READER, read_keys, &arguments, (GDestroyNotify)g_array_unref);
}

GArray *
confab_mirror_read_keys_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- rows ---- */

static gboolean
collect_messages (ConfabDatabase *database,
                  gint64 conversation_id,
                  gint64 first,
                  gint64 last,
                  GPtrArray **messages,
                  GPtrArray **users,
                  GError **error)
{
  g_autoptr (ConfabResult) rows = confab_database_query (
      database,
      "SELECT " CONFAB_MIRROR_MESSAGE_COLUMNS " FROM messages m"
      " WHERE m.conversation_id = $1 AND m.seq BETWEEN $2 AND $3 ORDER BY m.seq",
      sql_int (conversation_id), sql_int (first), sql_int (last));
  g_autoptr (ConfabResult) senders = confab_database_query (
      database,
      "SELECT " CONFAB_MIRROR_USER_COLUMNS " FROM users u WHERE u.id IN (SELECT sender_id"
      " FROM messages WHERE conversation_id = $1 AND seq BETWEEN $2 AND $3)",
      sql_int (conversation_id), sql_int (first), sql_int (last));

  *messages = confab_mirror_rows_collect (rows, (ConfabMirrorRowsFunc)confab_mirror_rows_message,
                                          (GDestroyNotify)confab_message_row_free, error);
  if (*messages == NULL)
    return FALSE;
  *users = confab_mirror_rows_collect (senders, (ConfabMirrorRowsFunc)confab_mirror_rows_user,
                                       (GDestroyNotify)confab_user_row_free, error);
  return *users != NULL;
}

static gpointer
read_messages (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  const RangeArguments *arguments = data;
  g_autoptr (ConfabMessagePage) page = g_new0 (ConfabMessagePage, 1);

  if (!collect_messages (database, arguments->conversation_id, arguments->first_seq,
                         arguments->last_seq, &page->messages, &page->users, error))
    return NULL;
  return g_steal_pointer (&page);
}

void
confab_mirror_read_messages_async (ConfabMirror *self,
                                   gint64 conversation_id,
                                   gint64 first_seq,
                                   gint64 last_seq,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  const RangeArguments arguments = { .conversation_id = conversation_id,
                                     .first_seq = first_seq,
                                     .last_seq = last_seq };

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  run (self,
       confab_mirror_task_new (self, confab_mirror_read_messages_async, cancellable, callback,
                               user_data),
       CONFAB_MIRROR_READER_URGENT, read_messages, &arguments,
       (GDestroyNotify)confab_message_page_free);
}

ConfabMessagePage *
confab_mirror_read_messages_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- opening a timeline ---- */

static gboolean
read_outbox_of (ConfabDatabase *database,
                gint64 conversation_id,
                ConfabTimelineStart *start,
                GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      database,
      "SELECT " CONFAB_MIRROR_OUTBOX_COLUMNS " FROM outbox o WHERE o.conversation_id = $1"
      " ORDER BY o.id",
      sql_int (conversation_id));

  start->queued =
      confab_mirror_rows_collect (result, (ConfabMirrorRowsFunc)confab_mirror_rows_outbox,
                                  (GDestroyNotify)confab_outbox_row_free, error);
  return start->queued != NULL;
}

/* Return the read position, advanced over the user's own and removed messages that follow it.
 * G_MAXINT64 if no stored message is unread; @read_seq itself if the messages after it are not
 * stored. */
static gboolean
find_unread_after (ConfabDatabase *database,
                   gint64 conversation_id,
                   gint64 read_seq,
                   gint64 *unread_after,
                   GError **error)
{
  gint64 first;
  gint64 gap;

  if (!confab_database_query_int (
          database, &first, error,
          "SELECT coalesce ((SELECT m.seq FROM messages m"
          " WHERE m.conversation_id = $1 AND m.seq > $2"
          " AND NOT EXISTS (SELECT 1 FROM uncounted u WHERE u.conversation_id = $1"
          "   AND u.seq = m.seq) ORDER BY m.seq LIMIT 1), $3)",
          sql_int (conversation_id), sql_int (read_seq), sql_int (G_MAXINT64)))
    return FALSE;
  *unread_after = first;
  if (first == G_MAXINT64)
    return TRUE;
  if (!confab_database_query_int (
          database, &gap, error,
          "SELECT NOT EXISTS (SELECT 1 FROM messages WHERE conversation_id = $1 AND seq = $2 - 1)",
          sql_int (conversation_id), sql_int (first)))
    return FALSE;
  *unread_after = gap ? read_seq : first - 1;
  return TRUE;
}

/* Read the newest keys, and more if needed to include the first unread message. */
static gboolean
read_start_keys (ConfabDatabase *database,
                 gint64 conversation_id,
                 ConfabTimelineStart *start,
                 GError **error)
{
  gint64 read_seq;
  gint64 newest;
  gint64 limit = START_KEYS;
  RangeArguments range = { .conversation_id = conversation_id, .last_seq = G_MAXINT64 };

  if (!confab_database_query_int (database, &start->last_seq, error,
                                  "SELECT last_seq FROM conversations WHERE id = $1",
                                  sql_int (conversation_id))
      || !confab_database_query_int (
          database, &read_seq, error,
          "SELECT max (last_read_seq, local_read_seq) FROM read_positions "
          "WHERE conversation_id = $1",
          sql_int (conversation_id))
      || !confab_database_query_int (database, &newest, error,
                                     "SELECT max (seq) FROM messages WHERE conversation_id = $1",
                                     sql_int (conversation_id)))
    return FALSE;
  if (!find_unread_after (database, conversation_id, read_seq, &start->unread_after, error))
    return FALSE;
  if (start->unread_after < newest && newest - start->unread_after <= START_UNREAD)
    limit = MAX (limit, newest - start->unread_after + START_CONTEXT);
  range.limit = (guint)limit;
  start->keys = read_keys (database, &range, NULL, error);
  return start->keys != NULL;
}

static void
reverse_keys (GArray *keys)
{
  for (guint i = 0, j = keys->len; i + 1 < j; i++)
    {
      ConfabMessageKey key = g_array_index (keys, ConfabMessageKey, i);

      j--;
      g_array_index (keys, ConfabMessageKey, i) = g_array_index (keys, ConfabMessageKey, j);
      g_array_index (keys, ConfabMessageKey, j) = key;
    }
}

/* Return all users who are or were members, and so all possible senders. */
static GPtrArray *
collect_people (ConfabDatabase *database, gint64 conversation_id, GError **error)
{
  g_autoptr (ConfabResult) people = confab_database_query (
      database,
      "SELECT " CONFAB_MIRROR_USER_COLUMNS " FROM users u WHERE u.id IN (SELECT user_id"
      " FROM conversation_users WHERE conversation_id = $1)",
      sql_int (conversation_id));

  return confab_mirror_rows_collect (people, (ConfabMirrorRowsFunc)confab_mirror_rows_user,
                                     (GDestroyNotify)confab_user_row_free, error);
}

static gboolean
read_start_within (ConfabDatabase *database,
                   gint64 conversation_id,
                   ConfabTimelineStart *start,
                   GError **error)
{
  g_autoptr (GPtrArray) senders = NULL;
  guint first;

  if (!read_start_keys (database, conversation_id, start, error)
      || !read_outbox_of (database, conversation_id, start, error))
    return FALSE;
  reverse_keys (start->keys);
  start->users = collect_people (database, conversation_id, error);
  if (start->users == NULL)
    return FALSE;
  if (start->keys->len == 0)
    {
      start->messages = g_ptr_array_new ();
      return TRUE;
    }
  first = start->keys->len > START_KEYS ? start->keys->len - START_KEYS : 0;
  return collect_messages (database, conversation_id,
                           g_array_index (start->keys, ConfabMessageKey, first).seq, G_MAXINT64,
                           &start->messages, &senders, error);
}

static gpointer
read_start (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  const RangeArguments *arguments = data;
  g_autoptr (ConfabTimelineStart) start = g_new0 (ConfabTimelineStart, 1);
  gboolean done;

  if (!confab_database_exec (database, "BEGIN", error))
    return NULL;
  done = read_start_within (database, arguments->conversation_id, start, error);
  confab_database_rollback (database);
  return done ? g_steal_pointer (&start) : NULL;
}

void
confab_mirror_read_start_async (ConfabMirror *self,
                                gint64 conversation_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  const RangeArguments arguments = { .conversation_id = conversation_id };

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  run (self,
       confab_mirror_task_new (self, confab_mirror_read_start_async, cancellable, callback,
                               user_data),
       CONFAB_MIRROR_READER_URGENT, read_start, &arguments,
       (GDestroyNotify)confab_timeline_start_free);
}

ConfabTimelineStart *
confab_mirror_read_start_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
