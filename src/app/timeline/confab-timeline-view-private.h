/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "confab-timeline-view.h"

G_BEGIN_DECLS

#define CONFAB_NO_POSITION GTK_INVALID_LIST_POSITION

struct _ConfabTimelineView
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  GtkWidget *scrolled_window;
  GtkListView *list;
  GtkWidget *newest_revealer;
  GtkWidget *newest_button;
  GtkWidget *newest_count;
  GtkAdjustment *adjustment;  /* the list's */
  GListModel *model;          /* (nullable) */
  GPtrArray *bound;           /* of GtkListItem, borrowed: those that show a message */
  GHashTable *expanded;       /* client-ids of the messages that were unfolded */
  GdkFrameClock *frame_clock; /* (nullable) */
  gulong layout_id;

  ConfabClient *client; /* (nullable) */

  gboolean sticky;
  gboolean removable;
  gboolean direct;
  gboolean closed;
  guint new_count;

  /* What the last layout ended with; a value that changed alone was changed by a person. */
  gboolean moved; /* a person scrolled since */
  double last_value;
  double last_upper;
  double last_page;
  gboolean model_changed;

  guint jump_position; /* or CONFAB_NO_POSITION */
  double jump_align;
  guint jump_attempts;

  guint near_start_upto; /* the signal was given at this many items */

  /* Reading */
  guint settle_id;
  gint64 seen_seq;

  /* Announcing */
  guint announce_id;
  gint64 announced_seq; /* what a screen reader was told of, or was there before */

  /* Flinging */
  guint fling_id;
  gint64 fling_time;
  double fling_velocity;
  double fling_remainder; /* less than a pixel */
  gboolean dragging;
  double drag_offset;
};

/* confab-timeline-view.c */
GtkListItem *confab_timeline_view_find_bound (ConfabTimelineView *self, guint position);

/* confab-timeline-view-stick.c: what happens after each layout */
void confab_timeline_view_watch_frames (ConfabTimelineView *self);
void confab_timeline_view_unwatch_frames (ConfabTimelineView *self);
void confab_timeline_view_set_sticky (ConfabTimelineView *self, gboolean sticky);
void confab_timeline_view_init_input (ConfabTimelineView *self);
/* The value was changed by a person: they decide whether the view sticks. */
void confab_timeline_view_person_moved (ConfabTimelineView *self);

/* confab-timeline-view-kinetic.c */
void confab_timeline_view_init_kinetic (ConfabTimelineView *self);
void confab_timeline_view_fling (ConfabTimelineView *self, double velocity);
void confab_timeline_view_stop_fling (ConfabTimelineView *self);

/* confab-timeline-view-reading.c: what counts as read */
void confab_timeline_view_unsettle (ConfabTimelineView *self);
/* Whether the messages are before somebody's eyes. */
gboolean confab_timeline_view_is_watched (ConfabTimelineView *self);

/* confab-timeline-view-announce.c: what a screen reader says of new messages */
void confab_timeline_view_begin_announcing (ConfabTimelineView *self);
void confab_timeline_view_announce_soon (ConfabTimelineView *self);

/* confab-timeline-view.c */
void confab_timeline_view_set_new_count (ConfabTimelineView *self, guint count);
void confab_timeline_view_emit_news (ConfabTimelineView *self, const char *text);
void confab_timeline_view_emit_seen (ConfabTimelineView *self, gint64 seq);
void confab_timeline_view_emit_near_start (ConfabTimelineView *self);

G_END_DECLS
