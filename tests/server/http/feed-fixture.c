/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feed-fixture.h"

#include <string.h>

#include "confab-cursor.h"
#include "confab-json.h"

/* ---- the loop ---- */

static void
post (gpointer target, void (*func) (gpointer data), gpointer data)
{
  FeedPosted *posted = g_new (FeedPosted, 1);

  posted->func = func;
  posted->data = data;
  g_async_queue_push (((FeedFixture *)target)->posted, posted);
}

static ConfabDatabase *
make_reader (gpointer path, GError **error)
{
  return confab_backend_open_to_read (path, error);
}

void
feed_fixture_take_page (FeedFixture *self)
{
  g_autofree FeedPosted *posted = g_async_queue_timeout_pop (self->posted, 30 * G_USEC_PER_SEC);

  g_assert_nonnull (posted);
  posted->func (posted->data);
}

void
feed_fixture_reload (FeedFixture *self)
{
  g_autoptr (GError) error = NULL;
  gint64 head;
  g_autoptr (GArray) memberships =
      confab_feed_read_memberships (self->backend.reader, &head, &error);

  g_assert_no_error (error);
  confab_feed_reload (self->feed, memberships, head);
}

void
feed_fixture_set_up (FeedFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ConfabFeedThreads threads = { .post = post, .target = self };

  backend_fixture_set_up (&self->backend);
  self->anna = fixture_user (&self->backend, "anna");
  self->ben = fixture_user (&self->backend, "ben");
  self->cora = fixture_user (&self->backend, "cora");
  self->posted = g_async_queue_new ();
  self->batch = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_outcome_unref);
  self->readers = confab_reader_pool_new (make_reader, self->backend.path, 1, &error);
  g_assert_no_error (error);
  threads.readers = self->readers;
  self->epoch = confab_backend_get_epoch (self->backend.reader, NULL);
  self->feed = confab_feed_new (&threads, self->epoch, STREAMS_PER_USER);
  feed_fixture_reload (self);
}

void
feed_fixture_tear_down (FeedFixture *self, gconstpointer data)
{
  g_assert_cmpuint (confab_feed_get_n_streams (self->feed), ==, 0);
  confab_reader_pool_free (self->readers);
  while (g_async_queue_length (self->posted) > 0)
    feed_fixture_take_page (self);
  confab_feed_free (self->feed);
  g_async_queue_unref (self->posted);
  g_ptr_array_unref (self->batch);
  g_free (self->epoch);
  backend_fixture_tear_down (&self->backend);
}

gint64
feed_fixture_commit (FeedFixture *self, ConfabCommand *command)
{
  ConfabOutcome *outcome = fixture_do (&self->backend, command);

  g_ptr_array_add (self->batch, outcome);

  return outcome->id;
}

void
feed_fixture_publish (FeedFixture *self)
{
  confab_feed_publish (self->feed, self->batch);
  g_ptr_array_set_size (self->batch, 0);
}

void
feed_fixture_send (FeedFixture *self, gint64 sender, gint64 conversation, const char *text)
{
  g_autofree char *client_id = g_uuid_string_random ();

  feed_fixture_commit (self, command_send (sender, conversation, client_id, text));
}

gint64
feed_fixture_create (FeedFixture *self, guint n_users, const gint64 *user_ids)
{
  return feed_fixture_commit (
      self, command_create (self->anna, CONFAB_CONVERSATION_GROUP, NULL, n_users, user_ids));
}

/* ---- clients ---- */

static gint64
parse_cursor (FeedClient *self, JsonObject *frame, const char *member)
{
  gint64 rev;

  g_assert_true (confab_cursor_parse (json_object_get_null_member (frame, member)
                                          ? NULL
                                          : json_object_get_string_member (frame, member),
                                      self->fixture->epoch, &rev));

  return rev;
}

static void
take_frame (FeedClient *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) frame = confab_json_parse_answer (text, strlen (text), 1 << 24, &error);
  const char *type;

  g_assert_no_error (error);
  type = json_object_get_string_member (frame, "type");
  if (g_str_equal (type, "rows"))
    {
      g_autoptr (ConfabRows) rows =
          confab_codec_decode_rows (json_object_get_object_member (frame, "rows"), &error);

      g_assert_no_error (error);
      g_assert_cmpint (parse_cursor (self, frame, "from"), ==, self->fold->cursor);
      self->fold->cursor = parse_cursor (self, frame, "to");
      fold_apply (self->fold, rows);
      self->n_rows++;
    }
  else
    {
      g_assert_cmpstr (type, ==, "ready");
      g_assert_false (self->ready);
      self->ready = TRUE;
    }
}

gboolean
feed_client_read_one (FeedClient *self)
{
  if (!self->socket->wants_write)
    return FALSE;

  self->socket->wants_write = FALSE;
  confab_stream_write (self->stream);
  while (self->n_read < self->socket->frames->len)
    take_frame (self, g_ptr_array_index (self->socket->frames, self->n_read++));

  return TRUE;
}

void
feed_client_read_all (FeedClient *self)
{
  do
    {
      while (self->stream->reading)
        feed_fixture_take_page (self->fixture);
    }
  while (feed_client_read_one (self) || self->stream->reading);
}

void
feed_client_say_hello (FeedClient *self)
{
  g_autofree char *cursor = confab_cursor_format (self->fixture->epoch, self->fold->cursor);
  g_autofree char *hello = self->fold->cursor == 0
                               ? g_strdup ("{\"type\":\"hello\"}")
                               : g_strdup_printf ("{\"type\":\"hello\",\"cursor\":\"%s\"}", cursor);

  confab_stream_take_message (self->stream, hello, strlen (hello), TRUE);
}

FeedClient *
feed_client_new (FeedFixture *fixture, gint64 user_id)
{
  FeedClient *self = g_new0 (FeedClient, 1);

  self->fixture = fixture;
  self->socket = memory_socket_new ();
  self->fold = fold_new (user_id);
  self->stream = confab_feed_open (fixture->feed, self->socket, user_id, user_id * 100);

  return self;
}

FeedClient *
feed_client_ready (FeedFixture *fixture, gint64 user_id)
{
  FeedClient *self = feed_client_new (fixture, user_id);

  feed_client_say_hello (self);
  feed_client_read_all (self);
  g_assert_true (self->ready);
  self->n_rows = 0;

  return self;
}

void
feed_client_free (FeedClient *self)
{
  confab_stream_free (self->stream);
  memory_socket_free (self->socket);
  fold_free (self->fold);
  g_free (self);
}

void
feed_client_assert_complete (FeedClient *self)
{
  g_autoptr (Fold) truth = fold_from_sql (&self->fixture->backend, self->fold->user_id);

  fold_backfill (self->fold, &self->fixture->backend, 50);
  fold_assert_equal (self->fold, truth);
}
