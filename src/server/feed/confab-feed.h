/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The fan-out: sends the rows of each commit to the streams of the users concerned. Loop thread
 * only.
 *
 * A stream is a pull that does not end. It is live while everything it needs is sent or queued, and
 * else behind: then it reads pages from the database until it has caught up. At most one frame is
 * queued per stream; it grows while it waits, and when it is too long the stream falls behind. So a
 * client that does not read costs one frame and delays no other client. */

#pragma once

#include "confab-http-server.h"
#include "confab-reader-pool.h"

G_BEGIN_DECLS

typedef struct _ConfabFeed ConfabFeed;
typedef struct _ConfabStream ConfabStream;

/* How streams read from the database, and how a result gets back to the loop. */
typedef struct
{
  ConfabReaderPool *readers;
  void (*post) (gpointer target, void (*func) (gpointer data), gpointer data);
  gpointer target;
} ConfabFeedThreads;

/* A membership as read from the database. */
typedef struct
{
  gint64 conversation_id;
  gint64 user_id;
} ConfabMembership;

/**
 * confab_feed_new:
 * @threads: copied
 * @epoch: the database's, part of all cursors
 * @streams_per_user: the maximum of open streams of one user
 *
 * Returns: (transfer full): a feed whose memberships are still to be set by confab_feed_reload()
 */
ConfabFeed *confab_feed_new (const ConfabFeedThreads *threads,
                             const char *epoch,
                             guint streams_per_user);
void confab_feed_free (ConfabFeed *self);

/* Return every membership at revision *@head. On a reader thread. (transfer full) (element-type
 * ConfabMembership) */
GArray *confab_feed_read_memberships (ConfabDatabase *database, gint64 *head, GError **error);

/* After another process changed the database: hold all streams behind until the memberships have
 * been read again. */
void confab_feed_begin_reload (ConfabFeed *self);
/* Set the memberships, at startup too. @memberships is (transfer none). */
void confab_feed_reload (ConfabFeed *self, GArray *memberships, gint64 head);

/* Publish what was committed (element-type ConfabOutcome), in order of rev. */
void confab_feed_publish (ConfabFeed *self, GPtrArray *outcomes);

/* A session has ended: close its streams, after sending @problem unless it is -1. */
void confab_feed_end_session (ConfabFeed *self, gint64 session_id, int problem);

/* @user_ids: (element-type gint64) (nullable): users whom another process has suspended, so that
 * closing their streams can give the reason; NULL once their sessions have ended. Borrowed. */
void confab_feed_set_suspended (ConfabFeed *self, const GArray *user_ids);

/* Call this every second. Sends pings, and drops clients that do not answer or read. @now is
 * monotonic, in seconds. */
void confab_feed_tick (ConfabFeed *self, gint64 now);

/* Close all streams because the server stops. */
void confab_feed_stop (ConfabFeed *self);

/**
 * confab_feed_has_room:
 *
 * Returns: whether @user_id may open another stream
 */
gboolean confab_feed_has_room (ConfabFeed *self, gint64 user_id);
guint confab_feed_get_n_streams (ConfabFeed *self);

/* ---- called by the transport; see ConfabHttpHandler ---- */

ConfabStream *confab_feed_open (ConfabFeed *self,
                                ConfabSocket *socket,
                                gint64 user_id,
                                gint64 session_id);
void confab_stream_take_message (gpointer stream, const char *message, gsize length, gboolean text);
void confab_stream_write (gpointer stream);
void confab_stream_note_alive (gpointer stream);
void confab_stream_free (gpointer stream);

G_END_DECLS
