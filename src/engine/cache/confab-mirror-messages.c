/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a timeline reads. Always by key and index, never by offset: the cost does not grow with the
 * conversation. */

#include "confab-mirror-private.h"
#include "confab-mirror-reader.h"
#include "confab-mirror-rows.h"

#define START_KEYS 40 /* the newest: more than a window shows */
#define START_UNREAD                                                                               \
  2000 /* at most so many unread ones beyond that, so that the first unread is among them */
#define START_CONTEXT 20 /* before the first unread */

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

static void
bind_range (ConfabStatement *statement, gint64 conversation_id, gint64 first, gint64 last)
{
  confab_statement_bind_int (statement, 1, conversation_id);
  confab_statement_bind_int (statement, 2, first);
  confab_statement_bind_int (statement, 3, last);
}

/* ---- keys ---- */

static GArray *
collect_keys (ConfabStatement *statement, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (ConfabMessageKey));
  g_autoptr (GError) failure = NULL;

  while (confab_statement_step (statement, &failure))
    {
      const ConfabMessageKey key = { confab_statement_get_int (statement, 0),
                                     confab_statement_get_int (statement, 1),
                                     confab_statement_get_int (statement, 2) };

      g_array_append_val (keys, key);
    }
  if (failure == NULL)
    return g_steal_pointer (&keys);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static gpointer
read_keys (ConfabDatabase *database, gpointer data, ConfabChanges *changes, GError **error)
{
  const RangeArguments *arguments = data;
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database,
      "SELECT seq, sender_id, sent_at FROM messages WHERE conversation_id = ? AND seq < ?"
      " ORDER BY seq DESC LIMIT ?",
      error);

  if (statement == NULL)
    return NULL;
  bind_range (statement, arguments->conversation_id, arguments->last_seq, arguments->limit);
  return collect_keys (statement, error);
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
  g_autoptr (ConfabStatement) rows = confab_database_prepare (
      database,
      "SELECT " CONFAB_MIRROR_MESSAGE_COLUMNS " FROM messages m"
      " WHERE m.conversation_id = ? AND m.seq BETWEEN ? AND ? ORDER BY m.seq",
      error);
  g_autoptr (ConfabStatement) senders = NULL;

  if (rows == NULL)
    return FALSE;
  bind_range (rows, conversation_id, first, last);
  *messages = confab_mirror_rows_collect (rows, (ConfabMirrorRowsFunc)confab_mirror_rows_message,
                                          (GDestroyNotify)confab_message_row_free, error);
  if (*messages == NULL)
    return FALSE;
  senders = confab_database_prepare (
      database,
      "SELECT " CONFAB_MIRROR_USER_COLUMNS " FROM users u WHERE u.id IN (SELECT sender_id"
      " FROM messages WHERE conversation_id = ? AND seq BETWEEN ? AND ?)",
      error);
  if (senders == NULL)
    return FALSE;
  bind_range (senders, conversation_id, first, last);
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
  g_autoptr (ConfabStatement) statement = confab_database_prepare (
      database,
      "SELECT " CONFAB_MIRROR_OUTBOX_COLUMNS " FROM outbox o WHERE o.conversation_id = ?"
      " ORDER BY o.id",
      error);

  if (statement == NULL)
    return FALSE;
  confab_statement_bind_int (statement, 1, conversation_id);
  start->queued =
      confab_mirror_rows_collect (statement, (ConfabMirrorRowsFunc)confab_mirror_rows_outbox,
                                  (GDestroyNotify)confab_outbox_row_free, error);
  return start->queued != NULL;
}

/* The position that was read, moved on over what follows it and does not count as unread: one's own
 * messages and removed ones. G_MAXINT64 if nothing that is here is unread. @read_seq itself if what
 * follows it is not here yet. */
static gboolean
find_unread_after (ConfabDatabase *database,
                   gint64 conversation_id,
                   gint64 read_seq,
                   gint64 *unread_after,
                   GError **error)
{
  gint64 first;
  gint64 gap;

  if (!confab_mirror_rows_int (
          database,
          "SELECT m.seq FROM messages m WHERE m.conversation_id = ?1 AND m.seq > coalesce (?2, 0)"
          " AND NOT EXISTS (SELECT 1 FROM uncounted u WHERE u.conversation_id = ?1"
          "   AND u.seq = m.seq) ORDER BY m.seq LIMIT 1",
          conversation_id, read_seq, G_MAXINT64, &first, error))
    return FALSE;
  *unread_after = first;
  if (first == G_MAXINT64)
    return TRUE;
  if (!confab_mirror_rows_int (
          database,
          "SELECT NOT EXISTS (SELECT 1 FROM messages WHERE conversation_id = ?1 AND seq = ?2 - 1)",
          conversation_id, first, 0, &gap, error))
    return FALSE;
  *unread_after = gap ? read_seq : first - 1;
  return TRUE;
}

/* The newest keys, and as many more as reach back to the first unread message. */
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

  if (!confab_mirror_rows_int (database, "SELECT last_seq FROM conversations WHERE id = ?",
                               conversation_id, 0, 0, &start->last_seq, error)
      || !confab_mirror_rows_int (database,
                                  "SELECT max (last_read_seq, local_read_seq) FROM read_positions "
                                  "WHERE conversation_id = ?",
                                  conversation_id, 0, 0, &read_seq, error)
      || !confab_mirror_rows_int (database,
                                  "SELECT max (seq) FROM messages WHERE conversation_id = ?",
                                  conversation_id, 0, 0, &newest, error))
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

/* Who may speak up while the conversation is open. Everyone who ever spoke is among them. */
static GPtrArray *
collect_people (ConfabDatabase *database, gint64 conversation_id, GError **error)
{
  g_autoptr (ConfabStatement) people = confab_database_prepare (
      database,
      "SELECT " CONFAB_MIRROR_USER_COLUMNS " FROM users u WHERE u.id IN (SELECT user_id"
      " FROM conversation_users WHERE conversation_id = ?)",
      error);

  if (people == NULL)
    return NULL;
  confab_statement_bind_int (people, 1, conversation_id);
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
