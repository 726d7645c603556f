/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the fan-out and its streams share. */

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
  gint64 head; /* everything up to here has been published */
  gboolean reloading;
  GPtrArray *unapplied;    /* (element-type ConfabOutcome): published while reloading */
  GHashTable *users;       /* gint64 → GPtrArray of ConfabStream, for those who have any */
  GHashTable *streams;     /* gint64 serial → ConfabStream */
  GPtrArray *touched;      /* streams that took something of the batch that is being published */
  const GArray *suspended; /* (nullable), see confab_feed_set_suspended() */
  gint64 last_serial;
  gint64 now; /* s, of the last tick */
};

struct _ConfabStream
{
  ConfabFeed *feed;
  ConfabSocket *socket;
  gint64 serial;
  gint64 user_id;
  gint64 session_id;
  gboolean greeted; /* hello has come */
  gboolean live;
  gboolean reading;
  gboolean ready_sent;
  gboolean closing;
  int problem; /* to be told, then closed with @close_code; -1 for none */
  ConfabCloseCode close_code;
  gint64 cursor;    /* the client's: what it has been sent ends here */
  gint64 missed;    /* a revision it must have read before it can be live */
  GPtrArray *queue; /* (nullable) (element-type ConfabFrameBody): the frame that waits */
  gsize queue_length;
  gint64 queue_to; /* where that frame ends */
  gint64 read_to;  /* the last page ended here */
  gboolean touched;
  gint64 opened_at;
  gint64 heard_at;
  gint64 pinged_at;
  gint64 progress_at; /* when the frame that waits began to, or the last one left */
};

/* Takes @body, of the batch that ends at @head, into the frame that waits; falls behind if that
 * would be too long. */
void confab_stream_push (ConfabStream *self, ConfabFrameBody *body, gint64 head);
/* The batch is published: the frame that waits ends at @head, unless the stream fell behind
 * within the batch. */
void confab_stream_settle (ConfabStream *self, gint64 head);
/* It must read from the database, at least up to @rev. */
void confab_stream_fall_behind (ConfabStream *self, gint64 rev);
/* Starts to read if it is behind and has nothing else to do. */
void confab_stream_advance (ConfabStream *self);
/* Its session is over: closes it, after telling @problem unless that is -1. */
void confab_stream_end (ConfabStream *self, int problem);
void confab_stream_close (ConfabStream *self, ConfabCloseCode code);
void confab_stream_tick (ConfabStream *self, gint64 now);

G_END_DECLS
