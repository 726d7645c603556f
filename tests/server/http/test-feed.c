/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feed-fixture.h"

#include <string.h>

#include "confab-cursor.h"
#include "confab-json.h"
#include "confab-limits.h"

static void
test_follows (FeedFixture *self, gconstpointer data)
{
  gint64 group = feed_fixture_create (self, 1, &self->ben);
  g_autoptr (FeedClient) ben = NULL;
  g_autoptr (FeedClient) cora = NULL;

  feed_fixture_publish (self);
  ben = feed_client_ready (self, self->ben);
  cora = feed_client_ready (self, self->cora);
  for (guint i = 0; i < 3; i++)
    {
      feed_fixture_send (self, self->anna, group, "hello");
      feed_fixture_publish (self);
      feed_client_read_all (ben);
      g_assert_cmpuint (ben->n_rows, ==, i + 1);
      g_assert_cmpint (ben->fold->cursor, ==, fixture_head (&self->backend));
    }
  feed_client_assert_complete (ben);
  feed_client_read_all (cora);
  g_assert_cmpuint (cora->n_rows, ==, 0);
}

/* A slow reader has one waiting frame, which grows. */
static void
test_coalesces (FeedFixture *self, gconstpointer data)
{
  gint64 group = feed_fixture_create (self, 1, &self->ben);
  g_autoptr (FeedClient) ben = NULL;

  feed_fixture_publish (self);
  ben = feed_client_ready (self, self->ben);
  for (guint i = 0; i < 50; i++)
    {
      feed_fixture_send (self, self->anna, group, "hello");
      if (i % 3 == 0)
        feed_fixture_publish (self);
    }
  feed_fixture_publish (self);
  g_assert_true (ben->stream->live);
  feed_client_read_all (ben);
  g_assert_cmpuint (ben->n_rows, ==, 1);
  feed_client_assert_complete (ben);
}

/* Messages of one conversation in one batch share one body among all recipients. */
static void
test_batch_is_one_frame (FeedFixture *self, gconstpointer data)
{
  gint64 group = feed_fixture_create (self, 1, &self->ben);
  gint64 other = feed_fixture_create (self, 1, &self->ben);
  g_autoptr (FeedClient) ben = NULL;

  feed_fixture_publish (self);
  ben = feed_client_ready (self, self->ben);
  for (guint i = 0; i < 10; i++)
    feed_fixture_send (self, self->anna, i % 2 == 0 ? group : other, "hello");
  feed_fixture_publish (self);
  g_assert_cmpuint (ben->stream->queue->len, ==, 2);
  feed_client_read_all (ben);
  g_assert_cmpuint (ben->n_rows, ==, 1);
  feed_client_assert_complete (ben);
}

/* When the waiting frame is too long it is dropped, and its rows are read from the database. */
static void
test_overflow (FeedFixture *self, gconstpointer data)
{
  g_autofree char *text = g_strnfill (9000, 'x');
  gint64 group = feed_fixture_create (self, 1, &self->ben);
  g_autoptr (FeedClient) ben = NULL;
  guint n_published = 0;

  feed_fixture_publish (self);
  ben = feed_client_ready (self, self->ben);
  while (ben->stream->live)
    {
      feed_fixture_send (self, self->anna, group, text);
      feed_fixture_publish (self);
      g_assert_cmpuint (ben->stream->queue_length, <=, CONFAB_PAGE_TARGET_BYTES);
      g_assert_cmpuint (++n_published, <, 100);
    }
  for (guint i = 0; i < 40; i++)
    {
      feed_fixture_send (self, self->anna, group, text);
      feed_fixture_publish (self);
      g_assert_cmpuint (ben->stream->queue_length, <=, CONFAB_PAGE_TARGET_BYTES);
    }
  feed_client_read_all (ben);
  g_assert_cmpint (ben->fold->cursor, ==, fixture_head (&self->backend));
  feed_client_assert_complete (ben);

  /* The stream is live again. */
  g_assert_true (ben->stream->live);
  feed_fixture_send (self, self->anna, group, "hello");
  feed_fixture_publish (self);
  g_assert_false (ben->stream->reading);
  feed_client_read_all (ben);
  feed_client_assert_complete (ben);
}

/* A page contains a commit before the feed publishes it: its rows must arrive exactly once. */
static void
test_page_overlaps (FeedFixture *self, gconstpointer data)
{
  gint64 group = feed_fixture_create (self, 1, &self->ben);
  g_autoptr (FeedClient) ben = NULL;

  feed_fixture_publish (self);
  ben = feed_client_new (self, self->ben);
  feed_fixture_send (self, self->anna, group, "in the page, published after it came");
  feed_client_say_hello (ben);
  feed_fixture_take_page (self);
  g_assert_true (ben->stream->live);
  feed_fixture_publish (self);
  g_assert_cmpuint (ben->stream->queue->len, ==, 1);
  feed_fixture_send (self, self->anna, group, "after the page, while it waits");
  feed_fixture_publish (self);
  feed_client_read_all (ben);
  g_assert_cmpuint (ben->n_rows, ==, 1);
  g_assert_cmpint (ben->fold->cursor, ==, fixture_head (&self->backend));
  feed_client_assert_complete (ben);

  feed_fixture_send (self, self->anna, group, "published while a page is read");
  confab_stream_fall_behind (ben->stream, 0);
  feed_fixture_publish (self);
  feed_client_read_all (ben);
  g_assert_cmpint (ben->fold->cursor, ==, fixture_head (&self->backend));
  feed_client_assert_complete (ben);
}

/* A page that was read too early does not make the stream live. */
static void
test_page_is_not_enough (FeedFixture *self, gconstpointer data)
{
  gint64 group = feed_fixture_create (self, 1, &self->ben);
  g_autoptr (FeedClient) ben = NULL;
  g_autofree FeedPosted *page = NULL;

  feed_fixture_publish (self);
  ben = feed_client_new (self, self->ben);
  feed_client_say_hello (ben);
  page = g_async_queue_timeout_pop (self->posted,
                                    30 * G_USEC_PER_SEC); /* has been read, but not delivered */
  g_assert_nonnull (page);
  feed_fixture_send (self, self->anna, group, "missed by the page");
  feed_fixture_publish (self);
  page->func (page->data);
  g_assert_false (ben->stream->live);
  feed_client_read_all (ben);
  g_assert_true (ben->stream->live);
  feed_client_assert_complete (ben);
}

static void
test_gained_and_lost_in_one_batch (FeedFixture *self, gconstpointer data)
{
  gint64 group = feed_fixture_create (self, 1, &self->ben);
  g_autoptr (FeedClient) ben = NULL;
  g_autoptr (FeedClient) cora = NULL;

  feed_fixture_publish (self);
  ben = feed_client_ready (self, self->ben);
  cora = feed_client_ready (self, self->cora);
  feed_fixture_send (self, self->anna, group, "before");
  feed_fixture_commit (self, command_members (self->anna, group, 1, &self->cora));
  feed_fixture_send (self, self->anna, group, "between");
  feed_fixture_commit (self, command_leave (self->ben, group));
  feed_fixture_send (self, self->anna, group, "after");
  feed_fixture_publish (self);
  g_assert_false (cora->stream->live);
  feed_client_read_all (ben);
  feed_client_read_all (cora);
  feed_client_assert_complete (ben);
  feed_client_assert_complete (cora);

  /* A user joins and leaves between two frames. */
  feed_fixture_commit (self, command_members (self->anna, group, 1, &self->ben));
  feed_fixture_send (self, self->anna, group, "both are in");
  feed_fixture_commit (self, command_leave (self->ben, group));
  feed_fixture_commit (self, command_leave (self->cora, group));
  feed_fixture_commit (self, command_members (self->anna, group, 1, &self->cora));
  feed_fixture_send (self, self->anna, group, "one is in");
  feed_fixture_publish (self);
  feed_client_read_all (ben);
  feed_client_read_all (cora);
  feed_client_assert_complete (ben);
  feed_client_assert_complete (cora);
}

/* When a stream falls behind within a batch, the earlier part of it is not a frame. */
static void
test_behind_within_a_batch (FeedFixture *self, gconstpointer data)
{
  gint64 group = feed_fixture_create (self, 1, &self->ben);
  gint64 other = feed_fixture_create (self, 0, NULL);
  g_autoptr (FeedClient) ben = NULL;

  feed_fixture_publish (self);
  ben = feed_client_ready (self, self->ben);
  feed_fixture_commit (self, command_rename (self->anna, group, "Renamed"));
  feed_fixture_commit (
      self, command_members (self->anna, group, 1, &self->cora)); /* publishes the earlier part */
  feed_fixture_commit (self, command_members (self->anna, other, 1, &self->ben));
  feed_fixture_send (self, self->anna, group, "after");
  feed_fixture_publish (self);
  g_assert_false (ben->stream->live);
  g_assert_null (ben->stream->queue);
  feed_client_read_all (ben);
  g_assert_cmpuint (ben->n_rows, ==, 1);
  feed_client_assert_complete (ben);
}

/* Another process changed the database: all streams are behind until the memberships are read
 * again. */
static void
test_reload (FeedFixture *self, gconstpointer data)
{
  gint64 group = feed_fixture_create (self, 1, &self->ben);
  g_autoptr (FeedClient) ben = NULL;
  g_autoptr (FeedClient) cora = NULL;
  ConfabOutcome *unseen;

  feed_fixture_publish (self);
  ben = feed_client_ready (self, self->ben);
  cora = feed_client_ready (self, self->cora);
  unseen = fixture_do (&self->backend, command_members (self->anna, group, 1, &self->cora));
  confab_outcome_unref (unseen);
  confab_feed_begin_reload (self->feed);
  feed_fixture_send (self, self->anna, group, "while it is read");
  feed_fixture_publish (self);
  g_assert_false (ben->stream->live || cora->stream->live);
  feed_fixture_reload (self);
  feed_client_read_all (ben);
  feed_client_read_all (cora);
  feed_client_assert_complete (ben);
  feed_client_assert_complete (cora);

  feed_fixture_send (self, self->anna, group, "live");
  feed_fixture_publish (self);
  g_assert_nonnull (cora->stream->queue);
  feed_client_read_all (ben);
  feed_client_read_all (cora);
  feed_client_assert_complete (ben);
  feed_client_assert_complete (cora);
}

/* A read position goes to all streams of its owner only. */
static void
test_own_rows (FeedFixture *self, gconstpointer data)
{
  gint64 group = feed_fixture_create (self, 1, &self->ben);
  g_autoptr (FeedClient) ben = NULL;
  g_autoptr (FeedClient) bens_other = NULL;
  g_autoptr (FeedClient) anna = NULL;

  feed_fixture_send (self, self->anna, group, "hello");
  feed_fixture_publish (self);
  ben = feed_client_ready (self, self->ben);
  bens_other = feed_client_ready (self, self->ben);
  anna = feed_client_ready (self, self->anna);
  feed_fixture_commit (self, command_read (self->ben, group, 1));
  feed_fixture_publish (self);
  feed_client_read_all (ben);
  feed_client_read_all (bens_other);
  feed_client_read_all (anna);
  g_assert_cmpuint (ben->n_rows, ==, 1);
  g_assert_cmpuint (bens_other->n_rows, ==, 1);
  g_assert_cmpuint (anna->n_rows, ==, 0);
  feed_client_assert_complete (ben);
  feed_client_assert_complete (bens_other);
}

static void
test_session_ends (FeedFixture *self, gconstpointer data)
{
  gint64 group = feed_fixture_create (self, 1, &self->ben);
  g_autoptr (FeedClient) ben = NULL;
  g_autoptr (FeedClient) anna = NULL;

  feed_fixture_publish (self);
  ben = feed_client_ready (self, self->ben);
  anna = feed_client_ready (self, self->anna);
  feed_fixture_send (self, self->anna, group, "waits, and is not sent any more");
  feed_fixture_publish (self);
  confab_feed_end_session (self->feed, self->ben * 100, -1);
  g_assert_cmpuint (ben->socket->close_code, ==, CONFAB_CLOSE_POLICY);
  g_assert_cmpuint (anna->socket->close_code, ==, 0);
  feed_client_read_all (ben);
  g_assert_cmpuint (ben->n_rows, ==, 0);

  feed_fixture_send (self, self->anna, group, "to one who is going");
  feed_fixture_publish (self);
  confab_feed_stop (self->feed);
  g_assert_cmpuint (ben->socket->close_code, ==, CONFAB_CLOSE_POLICY);
  g_assert_cmpuint (anna->socket->close_code, ==, CONFAB_CLOSE_GOING_AWAY);
}

/* The last frame gives the reason and replaces the waiting one; nothing follows. */
static void
test_session_ends_for_a_reason (FeedFixture *self, gconstpointer data)
{
  gint64 group = feed_fixture_create (self, 1, &self->ben);
  g_autoptr (FeedClient) ben = NULL;

  feed_fixture_publish (self);
  ben = feed_client_ready (self, self->ben);
  feed_fixture_send (self, self->anna, group, "waits, and is not sent any more");
  feed_fixture_publish (self);
  confab_feed_end_session (self->feed, self->ben * 100, CONFAB_PROBLEM_ACCOUNT_SUSPENDED);
  confab_feed_end_session (self->feed, self->ben * 100, CONFAB_PROBLEM_INTERNAL);
  g_assert_cmpuint (ben->socket->close_code, ==, 0);
  confab_stream_write (ben->stream);
  g_assert_cmpuint (ben->socket->close_code, ==, CONFAB_CLOSE_POLICY);
  g_assert_nonnull (strstr (g_ptr_array_index (ben->socket->frames, ben->socket->frames->len - 1),
                            "\"account-suspended\""));
  feed_fixture_send (self, self->anna, group, "to one who is gone");
  feed_fixture_publish (self);
}

/* If the client does not read the reason, the stream is closed without it. */
static void
test_reason_is_not_read (FeedFixture *self, gconstpointer data)
{
  gint64 now = self->feed->now;
  g_autoptr (FeedClient) ben = feed_client_ready (self, self->ben);

  confab_feed_end_session (self->feed, self->ben * 100, CONFAB_PROBLEM_ACCOUNT_DELETED);
  for (gint64 second = 1; second <= 62; second++)
    {
      confab_stream_note_alive (ben->stream);
      confab_feed_tick (self->feed, now + second);
    }
  g_assert_true (ben->socket->aborted);
}

/* The stream is closed before its page arrives. */
static void
test_goes_while_reading (FeedFixture *self, gconstpointer data)
{
  FeedClient *ben = feed_client_new (self, self->ben);

  feed_client_say_hello (ben);
  g_assert_true (ben->stream->reading);
  feed_client_free (ben);
  feed_fixture_take_page (self);
  g_assert_cmpuint (confab_feed_get_n_streams (self->feed), ==, 0);
}

static void
test_time (FeedFixture *self, gconstpointer data)
{
  gint64 group = feed_fixture_create (self, 1, &self->ben);
  gint64 now = self->feed->now;
  g_autoptr (FeedClient) silent = NULL;
  g_autoptr (FeedClient) stalled = NULL;
  g_autoptr (FeedClient) fine = NULL;

  feed_fixture_publish (self);
  silent = feed_client_new (self, self->cora);
  stalled = feed_client_ready (self, self->ben);
  fine = feed_client_ready (self, self->ben);
  feed_fixture_send (self, self->anna, group, "hello");
  feed_fixture_publish (self);
  feed_client_read_all (fine);
  for (guint i = 1; i <= 60; i++)
    {
      confab_feed_tick (self->feed, now + i);
      g_assert_cmpuint (silent->socket->close_code, ==, i > 10 ? CONFAB_CLOSE_NOT_UNDERSTOOD : 0);
      g_assert_cmpint (silent->socket->aborted, ==, i > 50);
      g_assert_false (stalled->socket->aborted);
      g_assert_cmpuint (fine->socket->n_pings, ==, i / 20);
      confab_stream_note_alive (stalled->stream);
      confab_stream_note_alive (fine->stream);
    }
  confab_feed_tick (self->feed, now + 61);
  g_assert_true (stalled->socket->aborted);
  g_assert_false (fine->socket->aborted);
}

static void
test_not_understood (FeedFixture *self, gconstpointer data)
{
  static const char *const messages[] = {
    "", "{", "[]", "{}", "{\"type\":\"bye\"}", "{\"type\":1}", "{\"type\":\"hello\",\"cursor\":1}"
  };
  const char *other_epoch = "{\"type\":\"hello\",\"cursor\":\"other:1\"}";
  g_autoptr (FeedClient) twice = feed_client_ready (self, self->ben);
  g_autoptr (FeedClient) binary = feed_client_new (self, self->ben);
  g_autoptr (FeedClient) old = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (FeedClient) client = feed_client_new (self, self->anna);

      confab_stream_take_message (client->stream, messages[i], strlen (messages[i]), TRUE);
      g_assert_cmpuint (client->socket->close_code, ==, CONFAB_CLOSE_NOT_UNDERSTOOD);
      g_assert_false (client->stream->reading);
    }
  feed_client_say_hello (twice);
  g_assert_cmpuint (twice->socket->close_code, ==, CONFAB_CLOSE_NOT_UNDERSTOOD);
  confab_stream_take_message (binary->stream, "{\"type\":\"hello\"}",
                              strlen ("{\"type\":\"hello\"}"), FALSE);
  g_assert_cmpuint (binary->socket->close_code, ==, CONFAB_CLOSE_NOT_UNDERSTOOD);

  old = feed_client_new (self, self->cora);
  confab_stream_take_message (old->stream, other_epoch, strlen (other_epoch), TRUE);
  g_assert_true (old->socket->wants_write);
  confab_stream_write (old->stream);
  g_assert_cmpuint (old->socket->frames->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (old->socket->frames, 0), "\"cursor-too-old\""));
  g_assert_cmpuint (old->socket->close_code, ==, CONFAB_CLOSE_NORMAL);
}

static void
test_room (FeedFixture *self, gconstpointer data)
{
  FeedClient *clients[STREAMS_PER_USER];

  for (guint i = 0; i < STREAMS_PER_USER; i++)
    {
      g_assert_true (confab_feed_has_room (self->feed, self->ben));
      clients[i] = feed_client_new (self, self->ben);
    }
  g_assert_false (confab_feed_has_room (self->feed, self->ben));
  g_assert_true (confab_feed_has_room (self->feed, self->anna));
  feed_client_free (clients[1]);
  g_assert_true (confab_feed_has_room (self->feed, self->ben));
  feed_client_free (clients[0]);
  feed_client_free (clients[2]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/feed/" path, FeedFixture, NULL, feed_fixture_set_up, func, feed_fixture_tear_down)
  ADD ("follows", test_follows);
  ADD ("coalesces", test_coalesces);
  ADD ("batch-is-one-frame", test_batch_is_one_frame);
  ADD ("overflow", test_overflow);
  ADD ("page-overlaps", test_page_overlaps);
  ADD ("page-is-not-enough", test_page_is_not_enough);
  ADD ("gained-and-lost-in-one-batch", test_gained_and_lost_in_one_batch);
  ADD ("behind-within-a-batch", test_behind_within_a_batch);
  ADD ("reload", test_reload);
  ADD ("own-rows", test_own_rows);
  ADD ("session-ends", test_session_ends);
  ADD ("session-ends-for-a-reason", test_session_ends_for_a_reason);
  ADD ("reason-is-not-read", test_reason_is_not_read);
  ADD ("goes-while-reading", test_goes_while_reading);
  ADD ("time", test_time);
  ADD ("not-understood", test_not_understood);
  ADD ("room", test_room);

  return g_test_run ();
}
