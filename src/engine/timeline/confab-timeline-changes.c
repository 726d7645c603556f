/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Applies a commit to a timeline in the smallest runs. A message keeps its object when it turns
 * from waiting to sent. */

#include "confab-timeline-internal.h"

static gboolean
find_waiting (ConfabTimeline *self, const char *client_id, guint *index)
{
  for (guint i = 0; i < self->waiting->len; i++)
    {
      const ConfabWaiting *waiting = g_ptr_array_index (self->waiting, i);

      if (g_str_equal (waiting->row->client_id, client_id))
        {
          *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

static ConfabMessageKey
key_of (const ConfabMessageRow *row)
{
  return (ConfabMessageKey){ row->seq, row->sender_id, row->sent_at };
}

/* ---- sent messages ---- */

/* The waiting message at @index was sent as @row. Usually it keeps its position, and no list is
 * notified. */
static void
take_sent (ConfabTimeline *self, guint index, const ConfabMessageRow *row)
{
  ConfabMessageKey key = key_of (row);
  guint from = self->keys->len + index;
  guint to = confab_timeline_find (self, row->seq);
  ConfabWaiting *waiting = g_ptr_array_index (self->waiting, index);
  g_autoptr (ConfabMessage) message = NULL;

  g_set_object (&message, waiting->message);
  g_ptr_array_remove_index (self->waiting, index);
  g_array_insert_val (self->keys, to, key);
  confab_timeline_rows_keep (self->rows, row, TRUE);
  if (message != NULL)
    {
      confab_timeline_keep_live (self, row->seq, message);
      confab_timeline_fill (self, message, row);
    }
  if (from != to)
    confab_timeline_emit (self, to, from - to + 1, from - to + 1);
  else
    confab_timeline_refresh (self, to > 0 ? to - 1 : 0, to + 1);
}

/* Update those of @rows that were waiting. Return the others that are new. */
static GPtrArray *
take_known (ConfabTimeline *self, GPtrArray *rows)
{
  GPtrArray *others = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      const ConfabMessageRow *row = rows->pdata[i];
      guint index;

      if (confab_timeline_has (self, row->seq, &index))
        {
          ConfabMessage *message = confab_timeline_lookup_live (self, row->seq);

          confab_timeline_rows_keep (self->rows, row, FALSE);
          if (message != NULL)
            confab_timeline_fill (self, message, row);
        }
      else if (row->sender_id == self->self_user_id && find_waiting (self, row->client_id, &index))
        take_sent (self, index, row);
      else
        g_ptr_array_add (others, rows->pdata[i]);
    }
  return others;
}

/* ---- new messages ---- */

/* Insert the run of @rows from @first on, up to a known message in between. Return its length. */
static guint
insert_run (ConfabTimeline *self, GPtrArray *rows, guint first)
{
  guint position = confab_timeline_find (self, ((ConfabMessageRow *)rows->pdata[first])->seq);
  gboolean newest = position == self->keys->len;
  gint64 end = newest ? G_MAXINT64 : g_array_index (self->keys, ConfabMessageKey, position).seq;
  g_autoptr (GArray) run = g_array_new (FALSE, FALSE, sizeof (ConfabMessageKey));

  for (guint i = first; i < rows->len; i++)
    {
      const ConfabMessageRow *row = rows->pdata[i];
      ConfabMessageKey key = key_of (row);

      if (row->seq >= end)
        break;
      if (run->len == 0 || g_array_index (run, ConfabMessageKey, run->len - 1).seq != row->seq)
        g_array_append_val (run, key);
      confab_timeline_rows_keep (self->rows, row, newest);
      first++;
    }
  g_array_insert_vals (self->keys, position, run->data, run->len);
  confab_timeline_emit (self, position, 0, run->len);
  return first;
}

/* Add messages older than those shown to the ones being read. */
static guint
put_with_older (ConfabTimeline *self, GPtrArray *rows)
{
  guint n = 0;

  if (!self->showing || self->keys->len == 0)
    return 0;
  while (n < rows->len
         && ((ConfabMessageRow *)rows->pdata[n])->seq
                < g_array_index (self->keys, ConfabMessageKey, 0).seq)
    {
      ConfabMessageKey key = key_of (rows->pdata[n++]);

      g_array_append_val (self->fresh, key);
    }
  return n;
}

/* ---- the outbox ---- */

static void
drop_gone (ConfabTimeline *self, GPtrArray *gone)
{
  for (guint i = 0; i < gone->len; i++)
    {
      guint index;

      if (!find_waiting (self, gone->pdata[i], &index))
        continue;
      g_ptr_array_remove_index (self->waiting, index);
      confab_timeline_emit (self, self->keys->len + index, 1, 0);
    }
}

static void
take_queued (ConfabTimeline *self, GPtrArray *queued)
{
  for (guint i = 0; i < queued->len; i++)
    {
      const ConfabOutboxRow *row = queued->pdata[i];
      ConfabWaiting *waiting;
      guint index;

      if (!find_waiting (self, row->client_id, &index))
        {
          g_ptr_array_add (self->waiting, confab_timeline_waiting_new (row));
          confab_timeline_emit (self, confab_timeline_n_items (self) - 1, 0, 1);
          continue;
        }
      waiting = g_ptr_array_index (self->waiting, index);
      g_clear_pointer (&waiting->row, confab_outbox_row_free);
      waiting->row = confab_outbox_row_copy (row);
      if (waiting->message != NULL)
        confab_timeline_fill_queued (self, waiting->message, row);
    }
}

/* ---- all changes ---- */

void
confab_timeline_apply (ConfabTimeline *self, ConfabTimelineChange *change)
{
  /* First the waiting ones: then the positions of the others do not change any more. */
  g_autoptr (GPtrArray) others = take_known (self, change->messages);

  for (guint i = put_with_older (self, others); i < others->len;)
    i = insert_run (self, others, i);
  drop_gone (self, change->gone);
  take_queued (self, change->queued);
  self->empty = self->empty && change->messages->len == 0;
  confab_timeline_update_complete (self);
}
