/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-timeline-internal.h"

#define OLDER_KEYS 65536  /* read at a time: other reads find their way between */
#define PREPARED_ROWS 100 /* on either side of a jump: as many as a list view makes rows for */

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_COMPLETE,
  N_PROPS,
};

enum
{
  OLDER_WANTED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabTimeline,
                               confab_timeline,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* ---- items ---- */

/* An item that somebody uses. It does not keep it: the entry goes when the item does. */
typedef struct
{
  ConfabTimeline *timeline;
  gint64 seq;
  ConfabMessage *message;
} Live;

static void
gone_cb (gpointer user_data, GObject *where_it_was)
{
  Live *live = user_data;

  live->message = NULL;
  g_hash_table_remove (live->timeline->live, &live->seq);
}

static void
live_free (gpointer data)
{
  Live *live = data;

  if (live->message != NULL)
    g_object_weak_unref (G_OBJECT (live->message), gone_cb, live);
  g_free (live);
}

ConfabMessage *
confab_timeline_lookup_live (ConfabTimeline *self, gint64 seq)
{
  const Live *live = g_hash_table_lookup (self->live, &seq);

  return live != NULL ? live->message : NULL;
}

void
confab_timeline_keep_live (ConfabTimeline *self, gint64 seq, ConfabMessage *message)
{
  Live *live = g_new (Live, 1);

  *live = (Live){ self, seq, message };
  g_object_weak_ref (G_OBJECT (message), gone_cb, live);
  g_hash_table_replace (self->live, &live->seq, live);
}

void
confab_timeline_fill (ConfabTimeline *self, ConfabMessage *message, const ConfabMessageRow *row)
{
  g_object_freeze_notify (G_OBJECT (message));
  confab_message_set_client_id (message, row->client_id);
  confab_message_set_seq (message, row->seq);
  confab_message_set_sender (message, confab_user_pool_get (self->users, row->sender_id),
                             row->sender_id == self->self_user_id);
  confab_message_set_content (message, row->content);
  confab_message_set_sent_at (message, row->sent_at);
  confab_message_set_state (message, CONFAB_MESSAGE_SENT, -1);
  confab_message_set_loaded (message, TRUE);
  g_object_thaw_notify (G_OBJECT (message));
}

void
confab_timeline_fill_queued (ConfabTimeline *self,
                             ConfabMessage *message,
                             const ConfabOutboxRow *row)
{
  gboolean failed = row->state == CONFAB_OUTBOX_FAILED;

  g_object_freeze_notify (G_OBJECT (message));
  confab_message_set_client_id (message, row->client_id);
  confab_message_set_sender (message, confab_user_pool_get_self (self->users), TRUE);
  confab_message_set_content (message, row->content);
  confab_message_set_sent_at (message, row->created_at);
  confab_message_set_state (message, failed ? CONFAB_MESSAGE_FAILED : CONFAB_MESSAGE_WAITING,
                            failed ? row->problem : -1);
  confab_message_set_loaded (message, TRUE);
  g_object_thaw_notify (G_OBJECT (message));
}

ConfabWaiting *
confab_timeline_waiting_new (const ConfabOutboxRow *row)
{
  ConfabWaiting *waiting = g_new0 (ConfabWaiting, 1);

  waiting->row = confab_outbox_row_copy (row);
  return waiting;
}

void
confab_timeline_waiting_free (ConfabWaiting *waiting)
{
  g_clear_weak_pointer (&waiting->message);
  confab_outbox_row_free (waiting->row);
  g_free (waiting);
}

/* What the key tells is there at once; the text follows. */
static ConfabMessage *
make_sent (ConfabTimeline *self, guint position)
{
  const ConfabMessageKey *key = &g_array_index (self->keys, ConfabMessageKey, position);
  const ConfabMessageRow *row = confab_timeline_rows_lookup (self->rows, key->seq);
  ConfabMessage *message = confab_message_new ();

  if (row != NULL)
    confab_timeline_fill (self, message, row);
  else
    {
      confab_message_set_seq (message, key->seq);
      confab_message_set_sender (message, confab_user_pool_get (self->users, key->sender_id),
                                 key->sender_id == self->self_user_id);
      confab_message_set_sent_at (message, key->sent_at);
      confab_timeline_rows_want (self->rows, key->seq);
    }
  confab_timeline_keep_live (self, key->seq, message);
  confab_timeline_stand (self, message, position);
  return message;
}

static ConfabMessage *
make_waiting (ConfabTimeline *self, guint position)
{
  ConfabWaiting *waiting = g_ptr_array_index (self->waiting, position - self->keys->len);
  ConfabMessage *message = confab_message_new ();

  confab_timeline_fill_queued (self, message, waiting->row);
  g_set_weak_pointer (&waiting->message, message);
  confab_timeline_stand (self, message, position);
  return message;
}

static gpointer
get_item (GListModel *model, guint position)
{
  ConfabTimeline *self = CONFAB_TIMELINE (model);
  ConfabMessage *message;

  if (position >= confab_timeline_n_items (self))
    return NULL;
  if (position >= self->keys->len)
    {
      ConfabWaiting *waiting = g_ptr_array_index (self->waiting, position - self->keys->len);

      return waiting->message != NULL ? g_object_ref (waiting->message)
                                      : make_waiting (self, position);
    }
  message = confab_timeline_lookup_live (
      self, g_array_index (self->keys, ConfabMessageKey, position).seq);
  if (message == NULL)
    return make_sent (self, position);
  if (!confab_message_get_loaded (message))
    confab_timeline_rows_want (self->rows, confab_message_get_seq (message));
  return g_object_ref (message);
}

static GType
get_item_type (GListModel *model)
{
  return CONFAB_TYPE_MESSAGE;
}

static guint
get_n_items (GListModel *model)
{
  return confab_timeline_n_items (CONFAB_TIMELINE (model));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* ---- reading it whole ---- */

/* Live items whose texts were forgotten are filled again. */
static void
want_live (ConfabTimeline *self)
{
  GHashTableIter iter;
  gpointer live;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &live))
    {
      if (!confab_message_get_loaded (((Live *)live)->message))
        confab_timeline_rows_want (self->rows, ((Live *)live)->seq);
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const ConfabMessageKey *one = a;
  const ConfabMessageKey *other = b;

  return (one->seq > other->seq) - (one->seq < other->seq);
}

/* From the order in which it was read, and what came meanwhile, to the timeline's order. */
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

/* Puts these in the place of what is shown, in one run. */
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

void
confab_timeline_update_complete (ConfabTimeline *self)
{
  gboolean complete = self->keys->len > 0 ? g_array_index (self->keys, ConfabMessageKey, 0).seq <= 1
                                          : self->empty && !self->loading;

  if (self->complete == complete)
    return;
  self->complete = complete;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
}

static void
set_loaded (ConfabTimeline *self)
{
  if (self->loading)
    {
      self->loading = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
    }
  confab_timeline_update_complete (self);
}

/* What was committed while the first part was read is in it or comes now; twice does not matter. */
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
      /* In front of what is shown and has gone on living meanwhile. */
      g_array_append_vals (keys, self->keys->data, self->keys->len);
      replace_all (self, keys, self->waiting);
    }
  else
    {
      g_autoptr (GPtrArray) waiting = make_all_waiting (self, queued);

      replace_all (self, keys, waiting);
      apply_early (self);
      want_live (self);
    }
  set_loaded (self);
}

/* Whether another read has begun since, or the conversation went. */
static gboolean
is_overtaken (ConfabTimeline *self, GAsyncResult *result)
{
  return self->reading == NULL || g_task_get_cancellable (G_TASK (result)) != self->reading;
}

static void
older_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabTimeline) self = user_data;
  g_autoptr (GArray) keys = confab_mirror_read_keys_finish (CONFAB_MIRROR (source), result, NULL);

  if (is_overtaken (self, result))
    return;
  if (keys != NULL)
    g_array_append_vals (self->fresh, keys->data, keys->len);
  if (keys == NULL || keys->len < OLDER_KEYS)
    {
      end_reading (self);
      return;
    }
  confab_mirror_read_keys_async (self->mirror, self->conversation_id,
                                 g_array_index (keys, ConfabMessageKey, keys->len - 1).seq,
                                 OLDER_KEYS, self->reading, older_cb, g_object_ref (self));
}

/* The first time, the newest are shown before the older ones are read. */
static void
show_start (ConfabTimeline *self, ConfabTimelineStart *start)
{
  g_autoptr (GPtrArray) waiting = make_all_waiting (self, start->queued);

  self->unread_after = start->unread_after;
  self->unread_until = start->last_seq;
  if (start->keys->len > 0)
    self->unread_until = MAX (
        start->last_seq, g_array_index (start->keys, ConfabMessageKey, start->keys->len - 1).seq);
  self->showing = TRUE;
  replace_all (self, start->keys, waiting);
  apply_early (self);
  set_loaded (self);
}

static void
start_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabTimeline) self = user_data;
  g_autoptr (ConfabTimelineStart) start =
      confab_mirror_read_start_finish (CONFAB_MIRROR (source), result, NULL);

  if (is_overtaken (self, result))
    return;
  if (start == NULL)
    {
      g_clear_object (&self->reading);
      return;
    }
  self->fresh = g_array_new (FALSE, FALSE, sizeof (ConfabMessageKey));
  self->empty = start->last_seq == 0;
  for (guint i = 0; i < start->users->len; i++)
    confab_user_pool_update (self->users, start->users->pdata[i]);
  for (guint i = 0; i < start->messages->len; i++)
    confab_timeline_rows_keep (self->rows, start->messages->pdata[i], TRUE);
  if (self->loading)
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

static void
stop_reading (ConfabTimeline *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->fresh, g_array_unref);
  g_clear_pointer (&self->fresh_queued, g_ptr_array_unref);
  g_ptr_array_set_size (self->early, 0);
  self->showing = FALSE;
}

static void
begin_reading (ConfabTimeline *self)
{
  stop_reading (self);
  confab_timeline_rows_clear (self->rows);
  self->reading = g_cancellable_new ();
  confab_mirror_read_start_async (self->mirror, self->conversation_id, self->reading, start_cb,
                                  g_object_ref (self));
}

/* ---- changes ---- */

static void
clear (ConfabTimeline *self)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (ConfabMessageKey));
  g_autoptr (GPtrArray) waiting =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_timeline_waiting_free);

  stop_reading (self);
  confab_timeline_rows_clear (self->rows);
  replace_all (self, keys, waiting);
  self->empty = TRUE;
  set_loaded (self);
}

static void
changed_cb (ConfabMirror *mirror, ConfabChanges *changes, gpointer user_data)
{
  ConfabTimeline *self = CONFAB_TIMELINE (user_data);
  ConfabTimelineChange *change = g_hash_table_lookup (changes->timelines, &self->conversation_id);

  if (changes->everything)
    begin_reading (self);
  else if (confab_changes_has (changes->removed_conversations, self->conversation_id))
    clear (self);
  else if (change != NULL && self->reading != NULL && !self->showing)
    g_ptr_array_add (self->early, confab_changes_ref (changes));
  else if (change != NULL)
    confab_timeline_apply (self, change);
}

/* ---- what the app asks ---- */

gint64
confab_timeline_get_conversation_id (ConfabTimeline *self)
{
  g_return_val_if_fail (CONFAB_IS_TIMELINE (self), 0);

  return self->conversation_id;
}

gboolean
confab_timeline_get_loading (ConfabTimeline *self)
{
  g_return_val_if_fail (CONFAB_IS_TIMELINE (self), FALSE);

  return self->loading;
}

gboolean
confab_timeline_get_complete (ConfabTimeline *self)
{
  g_return_val_if_fail (CONFAB_IS_TIMELINE (self), FALSE);

  return self->complete;
}

guint
confab_timeline_get_unread_position (ConfabTimeline *self)
{
  guint position;

  g_return_val_if_fail (CONFAB_IS_TIMELINE (self), G_MAXUINT);

  if (self->unread_seq == 0 || !confab_timeline_has (self, self->unread_seq, &position))
    return G_MAXUINT;
  return position;
}

gint64
confab_timeline_get_seq (ConfabTimeline *self, guint position)
{
  g_return_val_if_fail (CONFAB_IS_TIMELINE (self), 0);

  return position < self->keys->len ? g_array_index (self->keys, ConfabMessageKey, position).seq
                                    : 0;
}

void
confab_timeline_prepare_async (ConfabTimeline *self,
                               guint position,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;
  guint first;
  guint last;

  g_return_if_fail (CONFAB_IS_TIMELINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_timeline_prepare_async);
  if (self->keys->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  position = MIN (position, self->keys->len - 1);
  first = position > PREPARED_ROWS ? position - PREPARED_ROWS : 0;
  last = MIN (position + PREPARED_ROWS, self->keys->len - 1);
  confab_timeline_rows_prepare (self->rows, confab_timeline_get_seq (self, first),
                                confab_timeline_get_seq (self, last), task);
}

gboolean
confab_timeline_prepare_finish (ConfabTimeline *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
confab_timeline_want_older (ConfabTimeline *self)
{
  g_return_if_fail (CONFAB_IS_TIMELINE (self));

  if (!self->complete)
    g_signal_emit (self, signals[OLDER_WANTED], 0);
}

/* ---- the object ---- */

ConfabTimeline *
confab_timeline_new (ConfabMirror *mirror, ConfabUserPool *users, gint64 conversation_id)
{
  ConfabTimeline *self;

  g_return_val_if_fail (CONFAB_IS_MIRROR (mirror), NULL);
  g_return_val_if_fail (CONFAB_IS_USER_POOL (users), NULL);

  self = g_object_new (CONFAB_TYPE_TIMELINE, NULL);
  self->mirror = g_object_ref (mirror);
  self->users = g_object_ref (users);
  self->conversation_id = conversation_id;
  self->self_user_id = confab_mirror_get_self_user_id (mirror);
  g_signal_connect_object (mirror, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_DEFAULT);
  begin_reading (self);
  return self;
}

static void
confab_timeline_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ConfabTimeline *self = CONFAB_TIMELINE (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
confab_timeline_finalize (GObject *object)
{
  ConfabTimeline *self = CONFAB_TIMELINE (object);

  stop_reading (self);
  g_clear_pointer (&self->rows, confab_timeline_rows_free);
  g_clear_pointer (&self->live, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->early, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->users);
  g_clear_object (&self->mirror);

  G_OBJECT_CLASS (confab_timeline_parent_class)->finalize (object);
}

static void
confab_timeline_class_init (ConfabTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = confab_timeline_get_property;
  object_class->finalize = confab_timeline_finalize;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, TRUE, flags);
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OLDER_WANTED] = g_signal_new ("older-wanted", CONFAB_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
confab_timeline_init (ConfabTimeline *self)
{
  self->loading = TRUE;
  self->unread_after = G_MAXINT64;
  self->zone = g_time_zone_new_local ();
  self->keys = g_array_new (FALSE, FALSE, sizeof (ConfabMessageKey));
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_timeline_waiting_free);
  self->live = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, live_free);
  self->early = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_changes_unref);
  self->rows = confab_timeline_rows_new (self);
}
