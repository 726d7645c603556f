/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The items of a timeline: created on request, and the same object as long as it is in use. */

#include "confab-timeline-internal.h"

/* An item in use. This holds no reference: the entry is removed with the item. */
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

GHashTable *
confab_timeline_live_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, live_free);
}

/* Request the texts of items in use that are not loaded, because their requests were dropped. */
void
confab_timeline_want_live (ConfabTimeline *self)
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

GArray *
confab_timeline_list_live (ConfabTimeline *self)
{
  GArray *seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer live;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &live))
    g_array_append_val (seqs, ((Live *)live)->seq);
  return seqs;
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

/* Show the present state of @row, which is not loaded if its content is NULL. */
static void
update (ConfabTimeline *self, ConfabMessage *message, const ConfabMessageRow *row)
{
  confab_message_update (message, row, confab_user_pool_get (self->users, row->sender_id),
                         row->sender_id == self->self_user_id);
}

void
confab_timeline_fill (ConfabTimeline *self, ConfabMessage *message, const ConfabMessageRow *row)
{
  g_object_freeze_notify (G_OBJECT (message));
  update (self, message, row);
  confab_message_set_state (message, CONFAB_MESSAGE_SENT, -1);
  g_object_thaw_notify (G_OBJECT (message));
}

void
confab_timeline_fill_queued (ConfabTimeline *self,
                             ConfabMessage *message,
                             const ConfabOutboxRow *row)
{
  gboolean failed = row->state == CONFAB_OUTBOX_FAILED;
  const ConfabMessageRow shown = { .client_id = row->client_id,
                                   .sender_id = self->self_user_id,
                                   .content = row->content,
                                   .sent_at = row->created_at };

  g_object_freeze_notify (G_OBJECT (message));
  update (self, message, &shown);
  confab_message_set_state (message, failed ? CONFAB_MESSAGE_FAILED : CONFAB_MESSAGE_WAITING,
                            failed ? row->problem : -1);
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

/* Set what the key contains at once; the text follows. */
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
      const ConfabMessageRow known = { .sender_id = key->sender_id,
                                       .seq = key->seq,
                                       .sent_at = key->sent_at };

      update (self, message, &known);
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

ConfabMessage *
confab_timeline_get_message (ConfabTimeline *self, guint position)
{
  ConfabMessage *message;

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
