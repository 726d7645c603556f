/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The fan-out over a real database, with clients that read frames when the test says so. In all
 * cases each frame begins where the previous one ended, and the client's rows equal what the user
 * may see. */

#include <string.h>

#include "confab-feed-private.h"

#include "confab-cursor.h"
#include "confab-json.h"
#include "confab-limits.h"
#include "fold.h"
#include "memory-socket.h"

#define STREAMS_PER_USER 3

typedef struct
{
  BackendFixture backend;
  ConfabFeed *feed;
  ConfabReaderPool *readers;
  GAsyncQueue *posted;
  GPtrArray *batch; /* committed but not published */
  char *epoch;
  gint64 anna, ben, cora;
} Fixture;

typedef struct
{
  void (*func) (gpointer data);
  gpointer data;
} Posted;

/* A stream, and its client. */
typedef struct
{
  Fixture *fixture;
  ConfabStream *stream;
  ConfabSocket *socket;
  Fold *fold;
  guint n_read;   /* frames read from the socket */
  guint n_rows;   /* frames with rows */
  gboolean ready; /* the ready frame was read */
} Client;

/* ---- the loop ---- */

static void
post (gpointer target, void (*func) (gpointer data), gpointer data)
{
  Posted *posted = g_new (Posted, 1);

  posted->func = func;
  posted->data = data;
  g_async_queue_push (((Fixture *)target)->posted, posted);
}

static ConfabDatabase *
make_reader (gpointer path, GError **error)
{
  return confab_backend_open_to_read (path, error);
}

/* Deliver a page that was requested. */
static void
take_page (Fixture *self)
{
  g_autofree Posted *posted = g_async_queue_timeout_pop (self->posted, 30 * G_USEC_PER_SEC);

  g_assert_nonnull (posted);
  posted->func (posted->data);
}

static void
reload (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  gint64 head;
  g_autoptr (GArray) memberships =
      confab_feed_read_memberships (self->backend.reader, &head, &error);

  g_assert_no_error (error);
  confab_feed_reload (self->feed, memberships, head);
}

static void
set_up (Fixture *self, gconstpointer data)
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
  reload (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (confab_feed_get_n_streams (self->feed), ==, 0);
  confab_reader_pool_free (self->readers);
  while (g_async_queue_length (self->posted) > 0)
    take_page (self);
  confab_feed_free (self->feed);
  g_async_queue_unref (self->posted);
  g_ptr_array_unref (self->batch);
  g_free (self->epoch);
  backend_fixture_tear_down (&self->backend);
}

/* Commit @command without publishing it. Takes ownership of @command. Return the outcome's id. */
static gint64
commit (Fixture *self, ConfabCommand *command)
{
  ConfabOutcome *outcome = fixture_do (&self->backend, command);

  g_ptr_array_add (self->batch, outcome);

  return outcome->id;
}

static void
publish (Fixture *self)
{
  confab_feed_publish (self->feed, self->batch);
  g_ptr_array_set_size (self->batch, 0);
}

static void
send_message (Fixture *self, gint64 sender, gint64 conversation, const char *text)
{
  g_autofree char *client_id = g_uuid_string_random ();

  commit (self, command_send (sender, conversation, client_id, text));
}

static gint64
create (Fixture *self, guint n_users, const gint64 *user_ids)
{
  return commit (self,
                 command_create (self->anna, CONFAB_CONVERSATION_GROUP, NULL, n_users, user_ids));
}

/* ---- clients ---- */

static gint64
parse_cursor (Client *self, JsonObject *frame, const char *member)
{
  gint64 rev;

  g_assert_true (confab_cursor_parse (json_object_get_null_member (frame, member)
                                          ? NULL
                                          : json_object_get_string_member (frame, member),
                                      self->fixture->epoch, &rev));

  return rev;
}

static void
take_frame (Client *self, const char *text)
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

/* Let the peer read one frame, if there is one. */
static gboolean
read_one (Client *self)
{
  if (!self->socket->wants_write)
    return FALSE;

  self->socket->wants_write = FALSE;
  confab_stream_write (self->stream);
  while (self->n_read < self->socket->frames->len)
    take_frame (self, g_ptr_array_index (self->socket->frames, self->n_read++));

  return TRUE;
}

/* Read all frames, delivering pages as needed. */
static void
read_all (Client *self)
{
  do
    {
      while (self->stream->reading)
        take_page (self->fixture);
    }
  while (read_one (self) || self->stream->reading);
}

static void
say_hello (Client *self)
{
  g_autofree char *cursor = confab_cursor_format (self->fixture->epoch, self->fold->cursor);
  g_autofree char *hello = self->fold->cursor == 0
                               ? g_strdup ("{\"type\":\"hello\"}")
                               : g_strdup_printf ("{\"type\":\"hello\",\"cursor\":\"%s\"}", cursor);

  confab_stream_take_message (self->stream, hello, strlen (hello), TRUE);
}

static Client *
client_new (Fixture *fixture, gint64 user_id)
{
  Client *self = g_new0 (Client, 1);

  self->fixture = fixture;
  self->socket = memory_socket_new ();
  self->fold = fold_new (user_id);
  self->stream = confab_feed_open (fixture->feed, self->socket, user_id, user_id * 100);

  return self;
}

static Client *
ready_client (Fixture *fixture, gint64 user_id)
{
  Client *self = client_new (fixture, user_id);

  say_hello (self);
  read_all (self);
  g_assert_true (self->ready);
  self->n_rows = 0;

  return self;
}

static void
client_free (Client *self)
{
  confab_stream_free (self->stream);
  memory_socket_free (self->socket);
  fold_free (self->fold);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

/* Check that the client has all rows that the user may see. */
static void
assert_complete (Client *self)
{
  g_autoptr (Fold) truth = fold_from_sql (&self->fixture->backend, self->fold->user_id);

  fold_backfill (self->fold, &self->fixture->backend, 50);
  fold_assert_equal (self->fold, truth);
}

/* ---- tests ---- */

static void
test_follows (Fixture *self, gconstpointer data)
{
  gint64 group = create (self, 1, &self->ben);
  g_autoptr (Client) ben = NULL;
  g_autoptr (Client) cora = NULL;

  publish (self);
  ben = ready_client (self, self->ben);
  cora = ready_client (self, self->cora);
  for (guint i = 0; i < 3; i++)
    {
      send_message (self, self->anna, group, "hello");
      publish (self);
      read_all (ben);
      g_assert_cmpuint (ben->n_rows, ==, i + 1);
      g_assert_cmpint (ben->fold->cursor, ==, fixture_head (&self->backend));
    }
  assert_complete (ben);
  read_all (cora);
  g_assert_cmpuint (cora->n_rows, ==, 0);
}

/* A slow reader has one waiting frame, which grows. */
static void
test_coalesces (Fixture *self, gconstpointer data)
{
  gint64 group = create (self, 1, &self->ben);
  g_autoptr (Client) ben = NULL;

  publish (self);
  ben = ready_client (self, self->ben);
  for (guint i = 0; i < 50; i++)
    {
      send_message (self, self->anna, group, "hello");
      if (i % 3 == 0)
        publish (self);
    }
  publish (self);
  g_assert_true (ben->stream->live);
  read_all (ben);
  g_assert_cmpuint (ben->n_rows, ==, 1);
  assert_complete (ben);
}

/* Messages of one conversation in one batch share one body among all recipients. */
static void
test_batch_is_one_frame (Fixture *self, gconstpointer data)
{
  gint64 group = create (self, 1, &self->ben);
  gint64 other = create (self, 1, &self->ben);
  g_autoptr (Client) ben = NULL;

  publish (self);
  ben = ready_client (self, self->ben);
  for (guint i = 0; i < 10; i++)
    send_message (self, self->anna, i % 2 == 0 ? group : other, "hello");
  publish (self);
  g_assert_cmpuint (ben->stream->queue->len, ==, 2);
  read_all (ben);
  g_assert_cmpuint (ben->n_rows, ==, 1);
  assert_complete (ben);
}

/* When the waiting frame is too long it is dropped, and its rows are read from the database. */
static void
test_overflow (Fixture *self, gconstpointer data)
{
  g_autofree char *text = g_strnfill (9000, 'x');
  gint64 group = create (self, 1, &self->ben);
  g_autoptr (Client) ben = NULL;
  guint n_published = 0;

  publish (self);
  ben = ready_client (self, self->ben);
  while (ben->stream->live)
    {
      send_message (self, self->anna, group, text);
      publish (self);
      g_assert_cmpuint (ben->stream->queue_length, <=, CONFAB_PAGE_TARGET_BYTES);
      g_assert_cmpuint (++n_published, <, 100);
    }
  for (guint i = 0; i < 40; i++)
    {
      send_message (self, self->anna, group, text);
      publish (self);
      g_assert_cmpuint (ben->stream->queue_length, <=, CONFAB_PAGE_TARGET_BYTES);
    }
  read_all (ben);
  g_assert_cmpint (ben->fold->cursor, ==, fixture_head (&self->backend));
  assert_complete (ben);

  /* The stream is live again. */
  g_assert_true (ben->stream->live);
  send_message (self, self->anna, group, "hello");
  publish (self);
  g_assert_false (ben->stream->reading);
  read_all (ben);
  assert_complete (ben);
}

/* A page contains a commit before the feed publishes it: its rows must arrive exactly once. */
static void
test_page_overlaps (Fixture *self, gconstpointer data)
{
  gint64 group = create (self, 1, &self->ben);
  g_autoptr (Client) ben = NULL;

  publish (self);
  ben = client_new (self, self->ben);
  send_message (self, self->anna, group, "in the page, published after it came");
  say_hello (ben);
  take_page (self);
  g_assert_true (ben->stream->live);
  publish (self);
  g_assert_cmpuint (ben->stream->queue->len, ==, 1);
  send_message (self, self->anna, group, "after the page, while it waits");
  publish (self);
  read_all (ben);
  g_assert_cmpuint (ben->n_rows, ==, 1);
  g_assert_cmpint (ben->fold->cursor, ==, fixture_head (&self->backend));
  assert_complete (ben);

  send_message (self, self->anna, group, "published while a page is read");
  confab_stream_fall_behind (ben->stream, 0);
  publish (self);
  read_all (ben);
  g_assert_cmpint (ben->fold->cursor, ==, fixture_head (&self->backend));
  assert_complete (ben);
}

/* A page that was read too early does not make the stream live. */
static void
test_page_is_not_enough (Fixture *self, gconstpointer data)
{
  gint64 group = create (self, 1, &self->ben);
  g_autoptr (Client) ben = NULL;
  g_autofree Posted *page = NULL;

  publish (self);
  ben = client_new (self, self->ben);
  say_hello (ben);
  page = g_async_queue_timeout_pop (self->posted,
                                    30 * G_USEC_PER_SEC); /* has been read, but not delivered */
  g_assert_nonnull (page);
  send_message (self, self->anna, group, "missed by the page");
  publish (self);
  page->func (page->data);
  g_assert_false (ben->stream->live);
  read_all (ben);
  g_assert_true (ben->stream->live);
  assert_complete (ben);
}

static void
test_gained_and_lost_in_one_batch (Fixture *self, gconstpointer data)
{
  gint64 group = create (self, 1, &self->ben);
  g_autoptr (Client) ben = NULL;
  g_autoptr (Client) cora = NULL;

  publish (self);
  ben = ready_client (self, self->ben);
  cora = ready_client (self, self->cora);
  send_message (self, self->anna, group, "before");
  commit (self, command_members (self->anna, group, 1, &self->cora));
  send_message (self, self->anna, group, "between");
  commit (self, command_leave (self->ben, group));
  send_message (self, self->anna, group, "after");
  publish (self);
  g_assert_false (cora->stream->live);
  read_all (ben);
  read_all (cora);
  assert_complete (ben);
  assert_complete (cora);

  /* A user joins and leaves between two frames. */
  commit (self, command_members (self->anna, group, 1, &self->ben));
  send_message (self, self->anna, group, "both are in");
  commit (self, command_leave (self->ben, group));
  commit (self, command_leave (self->cora, group));
  commit (self, command_members (self->anna, group, 1, &self->cora));
  send_message (self, self->anna, group, "one is in");
  publish (self);
  read_all (ben);
  read_all (cora);
  assert_complete (ben);
  assert_complete (cora);
}

/* When a stream falls behind within a batch, the earlier part of it is not a frame. */
static void
test_behind_within_a_batch (Fixture *self, gconstpointer data)
{
  gint64 group = create (self, 1, &self->ben);
  gint64 other = create (self, 0, NULL);
  g_autoptr (Client) ben = NULL;

  publish (self);
  ben = ready_client (self, self->ben);
  commit (self, command_rename (self->anna, group, "Renamed"));
  commit (self,
          command_members (self->anna, group, 1, &self->cora)); /* publishes the earlier part */
  commit (self, command_members (self->anna, other, 1, &self->ben));
  send_message (self, self->anna, group, "after");
  publish (self);
  g_assert_false (ben->stream->live);
  g_assert_null (ben->stream->queue);
  read_all (ben);
  g_assert_cmpuint (ben->n_rows, ==, 1);
  assert_complete (ben);
}

/* Another process changed the database: all streams are behind until the memberships are read
 * again. */
static void
test_reload (Fixture *self, gconstpointer data)
{
  gint64 group = create (self, 1, &self->ben);
  g_autoptr (Client) ben = NULL;
  g_autoptr (Client) cora = NULL;
  ConfabOutcome *unseen;

  publish (self);
  ben = ready_client (self, self->ben);
  cora = ready_client (self, self->cora);
  unseen = fixture_do (&self->backend, command_members (self->anna, group, 1, &self->cora));
  confab_outcome_unref (unseen);
  confab_feed_begin_reload (self->feed);
  send_message (self, self->anna, group, "while it is read");
  publish (self);
  g_assert_false (ben->stream->live || cora->stream->live);
  reload (self);
  read_all (ben);
  read_all (cora);
  assert_complete (ben);
  assert_complete (cora);

  send_message (self, self->anna, group, "live");
  publish (self);
  g_assert_nonnull (cora->stream->queue);
  read_all (ben);
  read_all (cora);
  assert_complete (ben);
  assert_complete (cora);
}

/* A read position goes to all streams of its owner only. */
static void
test_own_rows (Fixture *self, gconstpointer data)
{
  gint64 group = create (self, 1, &self->ben);
  g_autoptr (Client) ben = NULL;
  g_autoptr (Client) bens_other = NULL;
  g_autoptr (Client) anna = NULL;

  send_message (self, self->anna, group, "hello");
  publish (self);
  ben = ready_client (self, self->ben);
  bens_other = ready_client (self, self->ben);
  anna = ready_client (self, self->anna);
  commit (self, command_read (self->ben, group, 1));
  publish (self);
  read_all (ben);
  read_all (bens_other);
  read_all (anna);
  g_assert_cmpuint (ben->n_rows, ==, 1);
  g_assert_cmpuint (bens_other->n_rows, ==, 1);
  g_assert_cmpuint (anna->n_rows, ==, 0);
  assert_complete (ben);
  assert_complete (bens_other);
}

static void
test_session_ends (Fixture *self, gconstpointer data)
{
  gint64 group = create (self, 1, &self->ben);
  g_autoptr (Client) ben = NULL;
  g_autoptr (Client) anna = NULL;

  publish (self);
  ben = ready_client (self, self->ben);
  anna = ready_client (self, self->anna);
  send_message (self, self->anna, group, "waits, and is not sent any more");
  publish (self);
  confab_feed_end_session (self->feed, self->ben * 100, -1);
  g_assert_cmpuint (ben->socket->close_code, ==, CONFAB_CLOSE_POLICY);
  g_assert_cmpuint (anna->socket->close_code, ==, 0);
  read_all (ben);
  g_assert_cmpuint (ben->n_rows, ==, 0);

  send_message (self, self->anna, group, "to one who is going");
  publish (self);
  confab_feed_stop (self->feed);
  g_assert_cmpuint (ben->socket->close_code, ==, CONFAB_CLOSE_POLICY);
  g_assert_cmpuint (anna->socket->close_code, ==, CONFAB_CLOSE_GOING_AWAY);
}

/* The last frame gives the reason and replaces the waiting one; nothing follows. */
static void
test_session_ends_for_a_reason (Fixture *self, gconstpointer data)
{
  gint64 group = create (self, 1, &self->ben);
  g_autoptr (Client) ben = NULL;

  publish (self);
  ben = ready_client (self, self->ben);
  send_message (self, self->anna, group, "waits, and is not sent any more");
  publish (self);
  confab_feed_end_session (self->feed, self->ben * 100, CONFAB_PROBLEM_ACCOUNT_SUSPENDED);
  confab_feed_end_session (self->feed, self->ben * 100, CONFAB_PROBLEM_INTERNAL);
  g_assert_cmpuint (ben->socket->close_code, ==, 0);
  confab_stream_write (ben->stream);
  g_assert_cmpuint (ben->socket->close_code, ==, CONFAB_CLOSE_POLICY);
  g_assert_nonnull (strstr (g_ptr_array_index (ben->socket->frames, ben->socket->frames->len - 1),
                            "\"account-suspended\""));
  send_message (self, self->anna, group, "to one who is gone");
  publish (self);
}

/* If the client does not read the reason, the stream is closed without it. */
static void
test_reason_is_not_read (Fixture *self, gconstpointer data)
{
  gint64 now = self->feed->now;
  g_autoptr (Client) ben = ready_client (self, self->ben);

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
test_goes_while_reading (Fixture *self, gconstpointer data)
{
  Client *ben = client_new (self, self->ben);

  say_hello (ben);
  g_assert_true (ben->stream->reading);
  client_free (ben);
  take_page (self);
  g_assert_cmpuint (confab_feed_get_n_streams (self->feed), ==, 0);
}

static void
test_time (Fixture *self, gconstpointer data)
{
  gint64 group = create (self, 1, &self->ben);
  gint64 now = self->feed->now;
  g_autoptr (Client) silent = NULL;
  g_autoptr (Client) stalled = NULL;
  g_autoptr (Client) fine = NULL;

  publish (self);
  silent = client_new (self, self->cora);
  stalled = ready_client (self, self->ben);
  fine = ready_client (self, self->ben);
  send_message (self, self->anna, group, "hello");
  publish (self);
  read_all (fine);
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
test_not_understood (Fixture *self, gconstpointer data)
{
  static const char *const messages[] = {
    "", "{", "[]", "{}", "{\"type\":\"bye\"}", "{\"type\":1}", "{\"type\":\"hello\",\"cursor\":1}"
  };
  const char *other_epoch = "{\"type\":\"hello\",\"cursor\":\"other:1\"}";
  g_autoptr (Client) twice = ready_client (self, self->ben);
  g_autoptr (Client) binary = client_new (self, self->ben);
  g_autoptr (Client) old = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (Client) client = client_new (self, self->anna);

      confab_stream_take_message (client->stream, messages[i], strlen (messages[i]), TRUE);
      g_assert_cmpuint (client->socket->close_code, ==, CONFAB_CLOSE_NOT_UNDERSTOOD);
      g_assert_false (client->stream->reading);
    }
  say_hello (twice);
  g_assert_cmpuint (twice->socket->close_code, ==, CONFAB_CLOSE_NOT_UNDERSTOOD);
  confab_stream_take_message (binary->stream, "{\"type\":\"hello\"}",
                              strlen ("{\"type\":\"hello\"}"), FALSE);
  g_assert_cmpuint (binary->socket->close_code, ==, CONFAB_CLOSE_NOT_UNDERSTOOD);

  old = client_new (self, self->cora);
  confab_stream_take_message (old->stream, other_epoch, strlen (other_epoch), TRUE);
  g_assert_true (old->socket->wants_write);
  confab_stream_write (old->stream);
  g_assert_cmpuint (old->socket->frames->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (old->socket->frames, 0), "\"cursor-too-old\""));
  g_assert_cmpuint (old->socket->close_code, ==, CONFAB_CLOSE_NORMAL);
}

static void
test_room (Fixture *self, gconstpointer data)
{
  Client *clients[STREAMS_PER_USER];

  for (guint i = 0; i < STREAMS_PER_USER; i++)
    {
      g_assert_true (confab_feed_has_room (self->feed, self->ben));
      clients[i] = client_new (self, self->ben);
    }
  g_assert_false (confab_feed_has_room (self->feed, self->ben));
  g_assert_true (confab_feed_has_room (self->feed, self->anna));
  client_free (clients[1]);
  g_assert_true (confab_feed_has_room (self->feed, self->ben));
  client_free (clients[0]);
  client_free (clients[2]);
}

/* ---- random changes ---- */

static void
change_something (Fixture *self,
                  GRand *rand,
                  const gint64 *groups,
                  guint n_groups,
                  const char *text)
{
  const gint64 users[] = { self->anna, self->ben, self->cora };
  gint64 user = users[g_rand_int_range (rand, 0, 3)];
  gint64 other = users[g_rand_int_range (rand, 0, 3)];
  gint64 group = groups[g_rand_int_range (rand, 0, (gint32)n_groups)];
  g_autofree char *client_id = g_uuid_string_random ();
  ConfabCommand *command;
  ConfabOutcome *outcome;

  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
      command = command_leave (user, group);
      break;
    case 1:
    case 2:
      command = command_members (user, group, 1, &other);
      break;
    case 3:
      command = command_rename (user, group, "Title");
      break;
    case 4:
      command = command_read (user, group, g_rand_int_range (rand, 0, 20));
      break;
    default:
      command = command_send (user, group, client_id, text);
      break;
    }

  outcome = fixture_run (&self->backend, command);
  if (outcome->error == NULL && outcome->rev > 0)
    g_ptr_array_add (self->batch, outcome);
  else
    confab_outcome_unref (outcome);
}

static void
test_random (Fixture *self, gconstpointer data)
{
  const gint64 everybody[] = { self->ben, self->cora };
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  g_autofree char *large = g_strnfill (9000, 'x');
  gint64 groups[3];
  Client *clients[3];

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    groups[i] = create (self, 2, everybody);
  publish (self);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    clients[i] = ready_client (self, i == 0 ? self->anna : everybody[i - 1]);

  for (guint step = 0; step < 1500; step++)
    {
      Client *client = clients[g_rand_int_range (rand, 0, 3)];

      if (g_rand_int_range (rand, 0, 2) == 0)
        change_something (self, rand, groups, 3, g_rand_boolean (rand) ? large : "small");
      if (g_rand_int_range (rand, 0, 5) == 0)
        publish (self);
      if (client->stream->reading && g_rand_int_range (rand, 0, 3) == 0)
        take_page (self);
      if (g_rand_int_range (rand, 0, 6) == 0)
        read_one (client);
    }

  publish (self);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      read_all (clients[i]);
      g_assert_true (clients[i]->stream->live);
      assert_complete (clients[i]);
      client_free (clients[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/feed/" path, Fixture, NULL, set_up, func, tear_down)
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
  ADD ("random", test_random);

  return g_test_run ();
}
