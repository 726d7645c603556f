/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads the keys of a timeline: the newest first, then the others in large parts; and again when
 * another file has replaced the mirror, or when a read failed. */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-timeline-internal.h"

#define OLDER_KEYS 65536 /* read at once, so that other reads can run in between */
#define AGAIN_S 5        /* after a read that failed */

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const ConfabMessageKey *one = a;
  const ConfabMessageKey *other = b;

  return (one->seq > other->seq) - (one->seq < other->seq);
}

/* Merge the keys read and those that arrived meanwhile, in the timeline's order. */
static void
put_in_order (GArray *keys)
{
  guint kept = 0;
  gboolean descending = TRUE;

  for (guint i = 1; i < keys->len && descending; i++)
    descending = compare_keys (&g_array_index (keys, ConfabMessageKey, i - 1),
                               &g_array_index (keys, ConfabMessageKey, i))
                 > 0;
  if (descending)
    {
      for (guint i = 0, j = keys->len; i + 1 < j; i++)
        {
          ConfabMessageKey key = g_array_index (keys, ConfabMessageKey, i);

          g_array_index (keys, ConfabMessageKey, i) = g_array_index (keys, ConfabMessageKey, --j);
          g_array_index (keys, ConfabMessageKey, j) = key;
        }
      return;
    }
  g_array_sort (keys, compare_keys);
  for (guint i = 0; i < keys->len; i++)
    {
      ConfabMessageKey key = g_array_index (keys, ConfabMessageKey, i);

      if (kept == 0 || g_array_index (keys, ConfabMessageKey, kept - 1).seq != key.seq)
        g_array_index (keys, ConfabMessageKey, kept++) = key;
    }
  g_array_set_size (keys, kept);
}

static gboolean
same_at (GArray *keys,
         GPtrArray *waiting,
         guint i,
         GArray *other_keys,
         GPtrArray *other_waiting,
         guint j)
{
  const ConfabWaiting *one;
  const ConfabWaiting *other;

  if (i < keys->len && j < other_keys->len)
    return g_array_index (keys, ConfabMessageKey, i).seq
           == g_array_index (other_keys, ConfabMessageKey, j).seq;
  if (i < keys->len || j < other_keys->len)
    return FALSE;
  one = waiting->pdata[i - keys->len];
  other = other_waiting->pdata[j - other_keys->len];
  return g_str_equal (one->row->client_id, other->row->client_id);
}

/* Waiting messages keep their objects. */
static GPtrArray *
make_all_waiting (ConfabTimeline *self, GPtrArray *queued)
{
  GPtrArray *waiting =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_timeline_waiting_free);

  for (guint i = 0; i < queued->len; i++)
    {
      ConfabWaiting *entry = confab_timeline_waiting_new (queued->pdata[i]);

      for (guint j = 0; j < self->waiting->len; j++)
        {
          ConfabWaiting *old = self->waiting->pdata[j];

          if (g_str_equal (old->row->client_id, entry->row->client_id) && old->message != NULL)
            {
              g_set_weak_pointer (&entry->message, old->message);
              confab_timeline_fill_queued (self, old->message, entry->row);
            }
        }
      g_ptr_array_add (waiting, entry);
    }
  return waiting;
}

/* Replace everything shown, in one run. */
static void
replace_all (ConfabTimeline *self, GArray *keys, GPtrArray *waiting)
{
  g_autoptr (GArray) old_keys = g_steal_pointer (&self->keys);
  g_autoptr (GPtrArray) old_waiting = g_steal_pointer (&self->waiting);
  guint old_n = old_keys->len + old_waiting->len;
  guint n = keys->len + waiting->len;
  guint prefix = 0;
  guint suffix = 0;

  while (prefix < MIN (old_n, n) && same_at (old_keys, old_waiting, prefix, keys, waiting, prefix))
    prefix++;
  while (suffix < MIN (old_n, n) - prefix
         && same_at (old_keys, old_waiting, old_n - 1 - suffix, keys, waiting, n - 1 - suffix))
    suffix++;
  self->keys = g_array_ref (keys);
  self->waiting = g_ptr_array_ref (waiting);
  if (prefix + suffix < MAX (old_n, n))
    confab_timeline_emit (self, prefix, old_n - prefix - suffix, n - prefix - suffix);
}

/* Apply the changes committed while the first part was read; they may be included already, which
 * does not matter. */
static void
apply_early (ConfabTimeline *self)
{
  g_autoptr (GPtrArray) early = g_steal_pointer (&self->early);

  self->early = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_changes_unref);
  for (guint i = 0; i < early->len; i++)
    {
      ConfabChanges *changes = early->pdata[i];
      ConfabTimelineChange *change =
          g_hash_table_lookup (changes->timelines, &self->conversation_id);

      if (change != NULL)
        confab_timeline_apply (self, change);
    }
}

static void
end_reading (ConfabTimeline *self)
{
  g_autoptr (GArray) keys = g_steal_pointer (&self->fresh);
  g_autoptr (GPtrArray) queued = g_steal_pointer (&self->fresh_queued);
  gboolean showing = self->showing;

  g_clear_object (&self->reading);
  put_in_order (keys);
  self->showing = FALSE;
  if (showing)
    {
      /* Insert before what is shown, which has changed meanwhile. */
      g_array_append_vals (keys, self->keys->data, self->keys->len);
      replace_all (self, keys, self->waiting);
    }
  else
    {
      g_autoptr (GPtrArray) waiting = make_all_waiting (self, queued);

      replace_all (self, keys, waiting);
      apply_early (self);
      confab_timeline_want_live (self);
    }
  confab_timeline_set_loaded (self);
}

/* Return whether another read has begun since, or the conversation is gone. */
static gboolean
is_overtaken (ConfabTimeline *self, GAsyncResult *result)
{
  return self->reading == NULL || g_task_get_cancellable (G_TASK (result)) != self->reading;
}

static void
again_cb (gpointer data)
{
  ConfabTimeline *self = data;

  self->again_timer = 0;
  confab_timeline_begin_reading (self);
}

void
confab_timeline_read_again (ConfabTimeline *self)
{
  if (self->again_timer == 0)
    self->again_timer = g_timeout_add_seconds_once (AGAIN_S, again_cb, self);
}

/* Keep what is shown. */
static void
fail_reading (ConfabTimeline *self, const GError *error)
{
  g_debug ("The messages could not be read: %s", error->message);
  if (self->showing)
    end_reading (self); /* what was read continues what is shown */
  else
    {
      if (!self->loading)
        apply_early (self);
      confab_timeline_stop_reading (self);
    }
  if (self->loading)
    confab_timeline_set_error (self, error);
  confab_timeline_read_again (self);
}

static void
older_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabTimeline) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = confab_mirror_read_keys_finish (CONFAB_MIRROR (source), result, &error);

  if (is_overtaken (self, result))
    return;
  if (keys == NULL)
    {
      fail_reading (self, error);
      return;
    }
  g_array_append_vals (self->fresh, keys->data, keys->len);
  if (keys->len < OLDER_KEYS)
    {
      end_reading (self);
      return;
    }
  confab_mirror_read_keys_async (self->mirror, self->conversation_id,
                                 g_array_index (keys, ConfabMessageKey, keys->len - 1).seq,
                                 OLDER_KEYS, self->reading, older_cb, g_object_ref (self));
}

static void
note_unread (ConfabTimeline *self, ConfabTimelineStart *start)
{
  self->unread_after = start->unread_after;
  self->unread_until = start->last_seq;
  if (start->keys->len > 0)
    self->unread_until = MAX (
        start->last_seq, g_array_index (start->keys, ConfabMessageKey, start->keys->len - 1).seq);
}

/* Return whether the newest messages include the first unread one, or none is unread. */
static gboolean
reaches_unread (ConfabTimelineStart *start)
{
  return start->keys->len == 0 || start->unread_after == G_MAXINT64
         || g_array_index (start->keys, ConfabMessageKey, 0).seq - 1 <= start->unread_after;
}

/* The first time, show the newest messages before reading the older ones. */
static void
show_start (ConfabTimeline *self, ConfabTimelineStart *start)
{
  g_autoptr (GPtrArray) waiting = make_all_waiting (self, start->queued);

  self->showing = TRUE;
  replace_all (self, start->keys, waiting);
  apply_early (self);
  confab_timeline_set_loaded (self);
}

static void
start_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabTimeline) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabTimelineStart) start =
      confab_mirror_read_start_finish (CONFAB_MIRROR (source), result, &error);

  if (is_overtaken (self, result))
    return;
  if (start == NULL)
    {
      fail_reading (self, error);
      return;
    }
  self->fresh = g_array_new (FALSE, FALSE, sizeof (ConfabMessageKey));
  self->empty = start->last_seq == 0;
  for (guint i = 0; i < start->users->len; i++)
    confab_user_pool_update (self->users, start->users->pdata[i]);
  for (guint i = 0; i < start->messages->len; i++)
    confab_timeline_rows_keep (self->rows, start->messages->pdata[i], TRUE);
  if (self->loading)
    note_unread (self, start);
  /* The timeline opens at its first unread message, so show nothing until that is known. */
  if (self->loading && reaches_unread (start))
    show_start (self, start);
  else
    {
      for (guint i = start->keys->len; i-- > 0;)
        g_array_append_val (self->fresh, g_array_index (start->keys, ConfabMessageKey, i));
      self->fresh_queued = g_ptr_array_ref (start->queued);
    }
  if (start->keys->len == 0)
    end_reading (self);
  else
    confab_mirror_read_keys_async (self->mirror, self->conversation_id,
                                   g_array_index (start->keys, ConfabMessageKey, 0).seq, OLDER_KEYS,
                                   self->reading, older_cb, g_object_ref (self));
}

void
confab_timeline_stop_reading (ConfabTimeline *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_handle_id (&self->again_timer, g_source_remove);
  g_clear_pointer (&self->fresh, g_array_unref);
  g_clear_pointer (&self->fresh_queued, g_ptr_array_unref);
  g_ptr_array_set_size (self->early, 0);
  self->showing = FALSE;
}

void
confab_timeline_begin_reading (ConfabTimeline *self)
{
  confab_timeline_stop_reading (self);
  confab_timeline_rows_clear (self->rows);
  self->reading = g_cancellable_new ();
  confab_mirror_read_start_async (self->mirror, self->conversation_id, self->reading, start_cb,
                                  g_object_ref (self));
}

/* The conversation is gone. */
void
confab_timeline_clear (ConfabTimeline *self)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (ConfabMessageKey));
  g_autoptr (GPtrArray) waiting =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_timeline_waiting_free);

  confab_timeline_stop_reading (self);
  confab_timeline_rows_clear (self->rows);
  replace_all (self, keys, waiting);
  self->empty = TRUE;
  confab_timeline_set_loaded (self);
}
