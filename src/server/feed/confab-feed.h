/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The fan-out: sends each commit to the streams of those whom it concerns. Loop only.
 *
 * A stream is a pull that does not end. It is live while everything it must know is sent or
 * queued, or behind: then it reads pages from the database until it has caught up. One frame is
 * queued for a stream at most; it grows while it waits, and when it has grown too long the
 * stream falls behind. So a client that does not read costs one frame, and nobody waits for it. */

#pragma once

#include "confab-http-server.h"
#include "confab-reader-pool.h"

G_BEGIN_DECLS

typedef struct _ConfabFeed ConfabFeed;
typedef struct _ConfabStream ConfabStream;

/* Where the streams read when they are behind, and how a job's result comes back to the loop. */
typedef struct
{
  ConfabReaderPool *readers;
  void (*post) (gpointer target, void (*func) (gpointer data), gpointer data);
  gpointer target;
} ConfabFeedThreads;

/* A membership that was read. */
typedef struct
{
  gint64 conversation_id;
  gint64 user_id;
} ConfabMembership;

ConfabFeed *confab_feed_new (const ConfabFeedThreads *threads,
                             const char *epoch,
                             guint streams_per_user);
void confab_feed_free (ConfabFeed *self);

/* Every membership, at revision *@head. On a reader's thread. (transfer full) (element-type
 * ConfabMembership) */
GArray *confab_feed_read_memberships (ConfabBackendReader *reader, gint64 *head, GError **error);

/* Another process has changed something: until the memberships are read anew all streams are
 * behind. */
void confab_feed_begin_reload (ConfabFeed *self);
/* At the start, too. @memberships is (transfer none). */
void confab_feed_reload (ConfabFeed *self, GArray *memberships, gint64 head);

/* What was committed (element-type ConfabOutcome), in order of rev. */
void confab_feed_publish (ConfabFeed *self, GPtrArray *outcomes);

/* A session is over: closes its streams, after telling them @problem unless that is -1. */
void confab_feed_end_session (ConfabFeed *self, gint64 session_id, int problem);

/* (element-type gint64) (nullable): whose sessions end because they are suspended, though it is
 * not said with each: another process has done it. NULL when they have ended. Borrowed. */
void confab_feed_set_suspended (ConfabFeed *self, const GArray *user_ids);

/* To be called every second: pings, and drops who does not answer or read. @now is monotonic, in
 * seconds. */
void confab_feed_tick (ConfabFeed *self, gint64 now);

/* Closes all streams: the server is stopping. */
void confab_feed_stop (ConfabFeed *self);

gboolean confab_feed_has_room (ConfabFeed *self, gint64 user_id);
guint confab_feed_get_n_streams (ConfabFeed *self);

/* ---- what the transport calls; see ConfabHttpHandler ---- */

ConfabStream *confab_feed_open (ConfabFeed *self,
                                ConfabSocket *socket,
                                gint64 user_id,
                                gint64 session_id);
void confab_stream_take_message (gpointer stream, const char *message, gsize length, gboolean text);
void confab_stream_write (gpointer stream);
void confab_stream_note_alive (gpointer stream);
void confab_stream_free (gpointer stream);

G_END_DECLS
