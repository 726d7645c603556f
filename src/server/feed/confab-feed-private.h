/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the fan-out and its streams. */

#pragma once

#include "confab-feed.h"
#include "confab-frame-body.h"
#include "confab-members.h"

G_BEGIN_DECLS

struct _ConfabFeed
{
  ConfabFeedThreads threads;
  char *epoch;
  guint streams_per_user;
  ConfabMembers *members;
  gint64 head; /* all revisions up to this are published */
  gboolean reloading;
  GPtrArray *unapplied;    /* (element-type ConfabOutcome): published while reloading */
  GHashTable *users;       /* gint64 → GPtrArray of ConfabStream, for users with streams */
  GHashTable *streams;     /* gint64 serial → ConfabStream */
  GPtrArray *touched;      /* streams that got rows of the batch being published */
  const GArray *suspended; /* (nullable), see confab_feed_set_suspended() */
  gint64 last_serial;
  gint64 now; /* s, at the last tick */
};

struct _ConfabStream
{
  ConfabFeed *feed;
  ConfabSocket *socket;
  gint64 serial;
  gint64 user_id;
  gint64 session_id;
  gboolean greeted; /* the hello message has arrived */
  gboolean live;
  gboolean reading;
  gboolean ready_sent;
  gboolean closing;
  int problem; /* to send before closing with @close_code; -1 for none */
  ConfabCloseCode close_code;
  gint64 cursor;    /* the client has been sent everything up to this */
  gint64 missed;    /* a revision to read before the stream is live */
  GPtrArray *queue; /* (nullable) (element-type ConfabFrameBody): the waiting frame */
  gsize queue_length;
  gint64 queue_to; /* the revision at which that frame ends */
  gint64 read_to;  /* the revision at which the last page ended */
  gboolean touched;
  gint64 opened_at;
  gint64 heard_at;
  gint64 pinged_at;
  gint64 progress_at; /* when the waiting frame was begun, or the last was sent */
};

/* Add @body, part of the batch that ends at @head, to the waiting frame. If that becomes too long,
 * fall behind. */
void confab_stream_push (ConfabStream *self, ConfabFrameBody *body, gint64 head);
/* After the batch is published: let the waiting frame end at @head, unless the stream fell behind
 * within the batch. */
void confab_stream_settle (ConfabStream *self, gint64 head);
/* Make the stream read from the database, at least up to @rev. */
void confab_stream_fall_behind (ConfabStream *self, gint64 rev);
/* Begin reading if the stream is behind and idle. */
void confab_stream_advance (ConfabStream *self);
/* The session has ended: close the stream, after sending @problem unless it is -1. */
void confab_stream_end (ConfabStream *self, int problem);
void confab_stream_close (ConfabStream *self, ConfabCloseCode code);
/* Ping the client, or close the stream if the client does not answer or read. */
void confab_stream_tick (ConfabStream *self, gint64 now);

G_END_DECLS
