/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The fan-out over a real database, with clients that read frames when the test says so. In all
 * cases each frame begins where the previous one ended, and the client's rows equal what the user
 * may see. */

#pragma once

#include "confab-feed-private.h"

#include "fold.h"
#include "memory-socket.h"

#define STREAMS_PER_USER 3

/* A call that a thread passed to the loop. */
typedef struct
{
  void (*func) (gpointer data);
  gpointer data;
} FeedPosted;

typedef struct
{
  BackendFixture backend;
  ConfabFeed *feed;
  ConfabReaderPool *readers;
  GAsyncQueue *posted; /* of FeedPosted */
  GPtrArray *batch;    /* committed but not published */
  char *epoch;
  gint64 anna, ben, cora;
} FeedFixture;

/* A stream, and its client. */
typedef struct
{
  FeedFixture *fixture;
  ConfabStream *stream;
  ConfabSocket *socket;
  Fold *fold;
  guint n_read;   /* frames read from the socket */
  guint n_rows;   /* frames with rows */
  gboolean ready; /* the ready frame was read */
} FeedClient;

/* Deliver a page that was requested. */
void feed_fixture_take_page (FeedFixture *self);
void feed_fixture_reload (FeedFixture *self);
void feed_fixture_set_up (FeedFixture *self, gconstpointer data);
void feed_fixture_tear_down (FeedFixture *self, gconstpointer data);
/* Commit @command (transfer full) without publishing it. Return the outcome's id. */
gint64 feed_fixture_commit (FeedFixture *self, ConfabCommand *command);
void feed_fixture_publish (FeedFixture *self);
void feed_fixture_send (FeedFixture *self, gint64 sender, gint64 conversation, const char *text);
gint64 feed_fixture_create (FeedFixture *self, guint n_users, const gint64 *user_ids);
/* Let the peer read one frame, if there is one. */
gboolean feed_client_read_one (FeedClient *self);
/* Read all frames, delivering pages as needed. */
void feed_client_read_all (FeedClient *self);
void feed_client_say_hello (FeedClient *self);
FeedClient *feed_client_new (FeedFixture *fixture, gint64 user_id);
/* Return a client that said hello and has read all frames. */
FeedClient *feed_client_ready (FeedFixture *fixture, gint64 user_id);
void feed_client_free (FeedClient *self);
/* Check that the client has all rows that the user may see. */
void feed_client_assert_complete (FeedClient *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeedClient, feed_client_free)
