/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The order of a timeline, and how each message relates to its neighbours, from the keys alone. */

#include "confab-timeline-internal.h"

#include "confab-clock.h"

#define GROUP_GAP_MS (5 * 60 * 1000)

guint
confab_timeline_find (ConfabTimeline *self, gint64 seq)
{
  guint low = 0;
  guint high = self->keys->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->keys, ConfabMessageKey, middle).seq < seq)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gboolean
confab_timeline_has (ConfabTimeline *self, gint64 seq, guint *position)
{
  *position = confab_timeline_find (self, seq);
  return *position < self->keys->len
         && g_array_index (self->keys, ConfabMessageKey, *position).seq == seq;
}

guint
confab_timeline_n_items (ConfabTimeline *self)
{
  return self->keys->len + self->waiting->len;
}

/* ---- relation to neighbours ---- */

/* Return the key at @position; for a waiting message, the expected one. */
static ConfabMessageKey
key_at (ConfabTimeline *self, guint position)
{
  const ConfabWaiting *waiting;

  if (position < self->keys->len)
    return g_array_index (self->keys, ConfabMessageKey, position);
  waiting = g_ptr_array_index (self->waiting, position - self->keys->len);
  return (ConfabMessageKey){ 0, self->self_user_id, waiting->row->created_at };
}

static gboolean
starts_day (ConfabTimeline *self, guint position)
{
  return position == 0
         || confab_clock_day (key_at (self, position).sent_at)
                != confab_clock_day (key_at (self, position - 1).sent_at);
}

static gboolean
starts_group (ConfabTimeline *self, guint position)
{
  ConfabMessageKey key = key_at (self, position);
  ConfabMessageKey before;

  if (position == 0)
    return TRUE;
  before = key_at (self, position - 1);
  /* Unsigned, because a server's times may be anything. */
  return key.sender_id != before.sender_id
         || (key.sent_at > before.sent_at
             && (guint64)key.sent_at - (guint64)before.sent_at > GROUP_GAP_MS)
         || starts_day (self, position);
}

static gboolean
starts_unread (ConfabTimeline *self, guint position)
{
  return self->unread_seq != 0 && key_at (self, position).seq == self->unread_seq;
}

void
confab_timeline_stand (ConfabTimeline *self, ConfabMessage *message, guint position)
{
  gboolean last = position + 1 == confab_timeline_n_items (self);

  confab_message_set_standing (message, starts_day (self, position), starts_group (self, position),
                               last || starts_group (self, position + 1),
                               starts_unread (self, position));
}

static ConfabMessage *
live_at (ConfabTimeline *self, guint position)
{
  ConfabWaiting *waiting;

  if (position < self->keys->len)
    return confab_timeline_lookup_live (self,
                                        g_array_index (self->keys, ConfabMessageKey, position).seq);
  waiting = g_ptr_array_index (self->waiting, position - self->keys->len);
  return waiting->message;
}

void
confab_timeline_refresh (ConfabTimeline *self, guint first, guint last)
{
  for (guint i = first; i <= last && i < confab_timeline_n_items (self); i++)
    {
      ConfabMessage *message = live_at (self, i);

      if (message == NULL)
        continue;
      /* A callback may drop it from the list. */
      g_object_ref (message);
      confab_timeline_stand (self, message, i);
      g_object_unref (message);
    }
}

void
confab_timeline_refresh_live (ConfabTimeline *self)
{
  g_autoptr (GArray) seqs = confab_timeline_list_live (self);
  guint position;

  for (guint i = 0; i < seqs->len; i++)
    {
      if (confab_timeline_has (self, g_array_index (seqs, gint64, i), &position))
        confab_timeline_refresh (self, position, position);
    }
  if (self->waiting->len > 0)
    confab_timeline_refresh (self, self->keys->len, confab_timeline_n_items (self) - 1);
}

/* ---- unread messages ---- */

static gint64
first_unread (ConfabTimeline *self)
{
  if (self->unread_after == G_MAXINT64)
    return 0;
  for (guint i = confab_timeline_find (self, self->unread_after + 1); i < self->keys->len; i++)
    {
      const ConfabMessageKey *key = &g_array_index (self->keys, ConfabMessageKey, i);

      if (key->seq > self->unread_until)
        return 0;
      if (key->sender_id != self->self_user_id)
        return key->seq;
    }
  return 0;
}

static void
refresh_seq (ConfabTimeline *self, gint64 seq)
{
  guint position;

  if (seq != 0 && confab_timeline_has (self, seq, &position))
    confab_timeline_refresh (self, position, position);
}

void
confab_timeline_emit (ConfabTimeline *self, guint position, guint removed, guint added)
{
  gint64 was_unread = self->unread_seq;

  self->unread_seq = first_unread (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);

  /* New items are created with their relations; items in use must be updated. Within the run only
   * moved items are in use, and such runs are short. */
  if (removed > 0)
    confab_timeline_refresh (self, position > 0 ? position - 1 : 0, position + added);
  else
    {
      confab_timeline_refresh (self, position > 0 ? position - 1 : 0, position);
      confab_timeline_refresh (self, position + added - 1, position + added);
    }
  if (was_unread != self->unread_seq)
    {
      refresh_seq (self, was_unread);
      refresh_seq (self, self->unread_seq);
    }
}
