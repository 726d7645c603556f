/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by the parts of a timeline: keys (order, and relation to neighbours), items, rows (the
 * texts, a page at a time), reading, changes (applying a commit). */

#pragma once

#include "confab-message.h"
#include "confab-mirror-reader.h"
#include "confab-timeline-private.h"

G_BEGIN_DECLS

/* A message in the outbox. */
typedef struct
{
  ConfabOutboxRow *row;
  ConfabMessage *message; /* (nullable): weak */
} ConfabWaiting;

typedef struct _ConfabTimelineRows ConfabTimelineRows;

struct _ConfabTimeline
{
  GObject parent_instance;

  ConfabMirror *mirror;
  ConfabUserPool *users;
  gint64 conversation_id;
  gint64 self_user_id;

  GArray *keys;       /* (element-type ConfabMessageKey): ascending */
  GPtrArray *waiting; /* (element-type ConfabWaiting): in order of sending, after @keys */
  GHashTable *live;   /* seq → the item in use (weak) */
  ConfabTimelineRows *rows;

  gint64
      unread_after; /* other users' messages beyond it were unread at opening; G_MAXINT64: none */
  gint64 unread_until; /* the newest message at opening */
  gint64 unread_seq;   /* the first unread one loaded; 0: none */

  gboolean loading;
  gboolean complete;
  gboolean empty; /* the conversation has no messages */
  GError *error;  /* (nullable): of reading, while loading */

  /* while reading: @fresh collects what is read, @early what is committed meanwhile */
  GCancellable *reading;   /* (nullable) */
  gboolean showing;        /* the newest are shown while older ones are read */
  GArray *fresh;           /* (nullable) (element-type ConfabMessageKey): DESCENDING */
  GPtrArray *fresh_queued; /* (nullable) (element-type ConfabOutboxRow) */
  GPtrArray *early;        /* (element-type ConfabChanges) */
  guint again_timer;       /* a read failed: read everything again */
};

/* ---- keys ---- */

/* Return the first index whose seq is at least @seq. */
guint confab_timeline_find (ConfabTimeline *self, gint64 seq);
gboolean confab_timeline_has (ConfabTimeline *self, gint64 seq, guint *position);
guint confab_timeline_n_items (ConfabTimeline *self);
/* Update how the items in use from @first to @last relate to their neighbours. */
void confab_timeline_refresh (ConfabTimeline *self, guint first, guint last);
/* Update this for all items in use, because days depend on the time zone. */
void confab_timeline_refresh_live (ConfabTimeline *self);
void confab_timeline_stand (ConfabTimeline *self, ConfabMessage *message, guint position);
/* After the order changed between @position and @position + @added: find the first unread message,
 * notify the model's listeners, then update the neighbours. */
void confab_timeline_emit (ConfabTimeline *self, guint position, guint removed, guint added);

/* ---- items ---- */

ConfabMessage *confab_timeline_get_message (ConfabTimeline *self,
                                            guint position); /* (transfer full) */
GHashTable *confab_timeline_live_new (void);
/* Request the texts of items in use that are not loaded, because their requests were dropped. */
void confab_timeline_want_live (ConfabTimeline *self);
GArray *confab_timeline_list_live (
    ConfabTimeline *self); /* (transfer full) (element-type gint64): seqs */
ConfabMessage *confab_timeline_lookup_live (ConfabTimeline *self,
                                            gint64 seq); /* (transfer none) (nullable) */
void confab_timeline_keep_live (ConfabTimeline *self, gint64 seq, ConfabMessage *message);
void confab_timeline_fill (ConfabTimeline *self,
                           ConfabMessage *message,
                           const ConfabMessageRow *row);
void confab_timeline_fill_queued (ConfabTimeline *self,
                                  ConfabMessage *message,
                                  const ConfabOutboxRow *row);
ConfabWaiting *confab_timeline_waiting_new (const ConfabOutboxRow *row);
void confab_timeline_waiting_free (ConfabWaiting *waiting);

/* ---- rows ---- */

ConfabTimelineRows *confab_timeline_rows_new (ConfabTimeline *timeline);
void confab_timeline_rows_free (ConfabTimelineRows *self);
/* Return NULL if it is not loaded. (transfer none) (nullable) */
const ConfabMessageRow *confab_timeline_rows_lookup (ConfabTimelineRows *self, gint64 seq);
/* Store a row that arrived on its own; @make: even if no row near it is loaded. */
void confab_timeline_rows_keep (ConfabTimelineRows *self,
                                const ConfabMessageRow *row,
                                gboolean make);
/* Load the page of @seq soon, before earlier requests. */
void confab_timeline_rows_want (ConfabTimelineRows *self, gint64 seq);
/* @task (transfer full) returns TRUE once the pages from @first_seq to @last_seq are loaded. */
void confab_timeline_rows_prepare (ConfabTimelineRows *self,
                                   gint64 first_seq,
                                   gint64 last_seq,
                                   GTask *task);
void confab_timeline_rows_clear (ConfabTimelineRows *self);

/* ---- reading ---- */

void confab_timeline_begin_reading (ConfabTimeline *self);
/* Something could not be read: read everything again in a few seconds. */
void confab_timeline_read_again (ConfabTimeline *self);
void confab_timeline_stop_reading (ConfabTimeline *self);
void confab_timeline_clear (ConfabTimeline *self);

/* ---- changes ---- */

/* The newest messages are loaded. */
void confab_timeline_set_loaded (ConfabTimeline *self);
/* @error: (nullable): why the newest messages could not be loaded */
void confab_timeline_set_error (ConfabTimeline *self, const GError *error);
void confab_timeline_update_complete (ConfabTimeline *self);

void confab_timeline_apply (ConfabTimeline *self, ConfabTimelineChange *change);

G_END_DECLS
