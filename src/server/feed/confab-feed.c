/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-feed-private.h"

ConfabFeed *
confab_feed_new (const ConfabFeedThreads *threads, const char *epoch, guint streams_per_user)
{
  ConfabFeed *self = g_new0 (ConfabFeed, 1);

  self->threads = *threads;
  self->epoch = g_strdup (epoch);
  self->streams_per_user = streams_per_user;
  self->members = confab_members_new ();
  self->unapplied = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_outcome_unref);
  self->users = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                       (GDestroyNotify)g_ptr_array_unref);
  self->streams = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->touched = g_ptr_array_new ();
  self->now = g_get_monotonic_time () / G_USEC_PER_SEC;

  return self;
}

void
confab_feed_free (ConfabFeed *self)
{
  g_free (self->epoch);
  confab_members_free (self->members);
  g_ptr_array_unref (self->unapplied);
  g_hash_table_unref (self->users);
  g_hash_table_unref (self->streams);
  g_ptr_array_unref (self->touched);
  g_free (self);
}

/* ---- opening and closing ---- */

static GPtrArray *
get_streams (ConfabFeed *self, gint64 user_id)
{
  return g_hash_table_lookup (self->users, &user_id);
}

gboolean
confab_feed_has_room (ConfabFeed *self, gint64 user_id)
{
  const GPtrArray *streams = get_streams (self, user_id);

  return streams == NULL || streams->len < self->streams_per_user;
}

guint
confab_feed_get_n_streams (ConfabFeed *self)
{
  return g_hash_table_size (self->streams);
}

ConfabStream *
confab_feed_open (ConfabFeed *self, ConfabSocket *socket, gint64 user_id, gint64 session_id)
{
  ConfabStream *stream = g_new0 (ConfabStream, 1);
  GPtrArray *streams = get_streams (self, user_id);

  stream->feed = self;
  stream->socket = socket;
  stream->serial = ++self->last_serial;
  stream->user_id = user_id;
  stream->session_id = session_id;
  stream->problem = -1;
  stream->opened_at = stream->heard_at = stream->pinged_at = stream->progress_at = self->now;
  if (streams == NULL)
    {
      gint64 *key = g_new (gint64, 1);

      *key = user_id;
      streams = g_ptr_array_new ();
      g_hash_table_insert (self->users, key, streams);
    }
  g_ptr_array_add (streams, stream);
  g_hash_table_insert (self->streams, &stream->serial, stream);

  return stream;
}

void
confab_stream_free (gpointer data)
{
  ConfabStream *self = data;
  GPtrArray *streams = get_streams (self->feed, self->user_id);

  g_ptr_array_remove_fast (streams, self);
  if (streams->len == 0)
    g_hash_table_remove (self->feed->users, &self->user_id);
  g_hash_table_remove (self->feed->streams, &self->serial);
  g_clear_pointer (&self->queue, g_ptr_array_unref);
  g_free (self);
}

/* @func cannot free a stream: the transport frees streams later, from its own callbacks. */
static void
foreach_stream (ConfabFeed *self, void (*func) (ConfabStream *stream, gint64 value), gint64 value)
{
  GHashTableIter iter;
  gpointer stream;

  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, NULL, &stream))
    func (stream, value);
}

void
confab_feed_set_suspended (ConfabFeed *self, const GArray *user_ids)
{
  self->suspended = user_ids;
}

static gboolean
is_suspended (const ConfabFeed *self, gint64 user_id)
{
  for (guint i = 0; self->suspended != NULL && i < self->suspended->len; i++)
    if (g_array_index (self->suspended, gint64, i) == user_id)
      return TRUE;

  return FALSE;
}

void
confab_feed_end_session (ConfabFeed *self, gint64 session_id, int problem)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      ConfabStream *stream = value;

      if (stream->session_id != session_id)
        continue;
      if (problem < 0 && is_suspended (self, stream->user_id))
        confab_stream_end (stream, CONFAB_PROBLEM_ACCOUNT_SUSPENDED);
      else
        confab_stream_end (stream, problem);
    }
}

static void
close_for_stop (ConfabStream *stream, gint64 value)
{
  confab_stream_close (stream, CONFAB_CLOSE_GOING_AWAY);
}

void
confab_feed_stop (ConfabFeed *self)
{
  foreach_stream (self, close_for_stop, 0);
}

void
confab_feed_tick (ConfabFeed *self, gint64 now)
{
  self->now = now;
  foreach_stream (self, confab_stream_tick, now);
}

/* ---- publishing ---- */

/* Rows of one conversation, to send at once to its members. */
typedef struct
{
  ConfabFeed *feed;
  ConfabFrameBody *body;
  gint64 head; /* the revision at which the batch ends */
} Delivery;

static void
deliver_to (gint64 user_id, gpointer data)
{
  const Delivery *delivery = data;
  const GPtrArray *streams = get_streams (delivery->feed, user_id);

  for (guint i = 0; streams != NULL && i < streams->len; i++)
    confab_stream_push (g_ptr_array_index (streams, i), delivery->body, delivery->head);
}

/* Messages of one conversation in one batch, which are sent together. */
typedef struct
{
  gint64 conversation_id;
  GPtrArray *sets; /* ConfabRows, borrowed from the outcomes */
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_ptr_array_unref (group->sets);
  g_free (group);
}

static void
deliver_group (ConfabFeed *self, const Group *group, gint64 head)
{
  const Delivery delivery = { self, confab_frame_body_merge (group->sets), head };

  confab_members_foreach (self->members, group->conversation_id, deliver_to, (gpointer)&delivery);
  confab_frame_body_unref (delivery.body);
}

static void
add_to_group (GHashTable *groups, const ConfabOutcome *outcome)
{
  Group *group = g_hash_table_lookup (groups, &outcome->conversation_id);

  if (group == NULL)
    {
      group = g_new0 (Group, 1);
      group->conversation_id = outcome->conversation_id;
      group->sets = g_ptr_array_new ();
      g_hash_table_insert (groups, &group->conversation_id, group);
    }
  g_ptr_array_add (group->sets, outcome->shared_rows);
}

static void
fall_behind (gint64 user_id, gpointer data)
{
  const Delivery *delivery = data;
  const GPtrArray *streams = get_streams (delivery->feed, user_id);

  for (guint i = 0; streams != NULL && i < streams->len; i++)
    confab_stream_fall_behind (g_ptr_array_index (streams, i), delivery->head);
}

/* Members change: send earlier rows to the members before, later ones to the members after. */
static void
publish_membership (ConfabFeed *self, GHashTable *groups, const ConfabOutcome *outcome, gint64 head)
{
  Delivery delivery = { self, NULL, head };
  const Group *group = g_hash_table_lookup (groups, &outcome->conversation_id);

  if (group != NULL)
    {
      deliver_group (self, group, head);
      g_hash_table_remove (groups, &outcome->conversation_id);
    }

  confab_members_apply (self->members, outcome);
  for (guint i = 0; outcome->gained != NULL && i < outcome->gained->len; i++)
    fall_behind (g_array_index (outcome->gained, gint64, i), &delivery);
  if (outcome->shared_rows == NULL)
    return;

  delivery.body = confab_frame_body_new (outcome->shared_rows);
  confab_members_foreach (self->members, outcome->conversation_id, deliver_to, &delivery);
  for (guint i = 0; outcome->lost != NULL && i < outcome->lost->len; i++)
    deliver_to (g_array_index (outcome->lost, gint64, i), &delivery);
  confab_frame_body_unref (delivery.body);
}

static void
publish_listed (ConfabFeed *self, const ConfabOutcome *outcome, gint64 head)
{
  const Delivery delivery = { self, NULL, head };

  confab_members_apply (self->members, outcome);
  for (guint i = 0; i < outcome->listed->len; i++)
    fall_behind (g_array_index (outcome->listed, gint64, i), (gpointer)&delivery);
}

static gboolean
changes_members (const ConfabOutcome *outcome)
{
  return (outcome->gained != NULL && outcome->gained->len > 0)
         || (outcome->lost != NULL && outcome->lost->len > 0);
}

static void
publish_one (ConfabFeed *self, GHashTable *groups, const ConfabOutcome *outcome, gint64 head)
{
  if (changes_members (outcome))
    publish_membership (self, groups, outcome, head);
  else if (outcome->audience == CONFAB_AUDIENCE_ALL)
    foreach_stream (self, confab_stream_fall_behind, head);
  else if (outcome->audience == CONFAB_AUDIENCE_LISTED)
    publish_listed (self, outcome, head);
  else if (outcome->audience == CONFAB_AUDIENCE_MEMBERS && outcome->shared_rows != NULL)
    add_to_group (groups, outcome);
  else if (outcome->audience == CONFAB_AUDIENCE_ACTOR && outcome->shared_rows != NULL
           && get_streams (self, outcome->actor_id) != NULL)
    {
      Delivery delivery = { self, confab_frame_body_new (outcome->shared_rows), head };

      deliver_to (outcome->actor_id, &delivery);
      confab_frame_body_unref (delivery.body);
    }
}

/* Notices are rare, so streams read them from the database, where they are assembled. */
static void
publish_notice (ConfabFeed *self, const ConfabOutcome *outcome, gint64 head)
{
  const Delivery delivery = { self, NULL, head };

  if (outcome->notified_user_id > 0)
    fall_behind (outcome->notified_user_id, (gpointer)&delivery);
}

static void
advance (ConfabStream *stream, gint64 value)
{
  confab_stream_advance (stream);
}

void
confab_feed_publish (ConfabFeed *self, GPtrArray *outcomes)
{
  g_autoptr (GHashTable) groups =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, group_free);
  GHashTableIter iter;
  gpointer group;
  gint64 head = self->head;

  for (guint i = 0; i < outcomes->len; i++)
    head = MAX (head, ((ConfabOutcome *)g_ptr_array_index (outcomes, i))->rev);

  for (guint i = 0; i < outcomes->len; i++)
    {
      ConfabOutcome *outcome = g_ptr_array_index (outcomes, i);

      if (outcome->rev <= self->head)
        continue;
      if (self->reloading)
        g_ptr_array_add (self->unapplied, confab_outcome_ref (outcome));
      else
        {
          publish_one (self, groups, outcome, head);
          publish_notice (self, outcome, head);
        }
    }

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    deliver_group (self, group, head);
  self->head = head;
  if (self->reloading)
    foreach_stream (self, confab_stream_fall_behind, head);

  for (guint i = 0; i < self->touched->len; i++)
    confab_stream_settle (g_ptr_array_index (self->touched, i), head);
  g_ptr_array_set_size (self->touched, 0);
}

/* ---- memberships ---- */

static void
collect (gint64 conversation_id, gint64 user_id, gpointer user_data)
{
  const ConfabMembership membership = { conversation_id, user_id };

  g_array_append_val ((GArray *)user_data, membership);
}

GArray *
confab_feed_read_memberships (ConfabDatabase *database, gint64 *head, GError **error)
{
  g_autoptr (GArray) memberships = g_array_new (FALSE, FALSE, sizeof (ConfabMembership));

  if (!confab_backend_list_memberships (database, collect, memberships, head, error))
    return NULL;

  return g_steal_pointer (&memberships);
}

void
confab_feed_begin_reload (ConfabFeed *self)
{
  self->reloading = TRUE;
  g_ptr_array_set_size (self->unapplied, 0);
  foreach_stream (self, confab_stream_fall_behind, self->head + 1);
}

void
confab_feed_reload (ConfabFeed *self, GArray *memberships, gint64 head)
{
  confab_members_free (self->members);
  self->members = confab_members_new ();
  for (guint i = 0; i < memberships->len; i++)
    {
      const ConfabMembership *membership = &g_array_index (memberships, ConfabMembership, i);

      confab_members_add (self->members, membership->conversation_id, membership->user_id);
    }

  for (guint i = 0; i < self->unapplied->len; i++)
    {
      const ConfabOutcome *outcome = g_ptr_array_index (self->unapplied, i);

      if (outcome->rev > head)
        confab_members_apply (self->members, outcome);
    }
  g_ptr_array_set_size (self->unapplied, 0);
  self->reloading = FALSE;
  self->head = MAX (self->head, head);
  foreach_stream (self, advance, 0);
}
