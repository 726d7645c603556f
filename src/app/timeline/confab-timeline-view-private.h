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
  GPtrArray *bound;           /* of GtkListItem, borrowed: those bound to a message */
  GHashTable *expanded;       /* client-ids of unfolded messages */
  GdkFrameClock *frame_clock; /* (nullable) */
  gulong layout_id;

  ConfabClient *client; /* (nullable) */

  gboolean sticky;
  gboolean removable;
  gboolean direct;
  gboolean closed;
  guint new_count;

  /* Values after the last layout; a value that changed without a layout was scrolled by the
   * user. */
  gboolean moved; /* the user has scrolled since */
  double last_value;
  double last_upper;
  double last_page;
  gboolean model_changed;

  guint jump_position; /* or CONFAB_NO_POSITION */
  double jump_align;
  guint jump_attempts;

  guint near_start_upto; /* "near-start" was emitted at this number of items */

  /* Reading */
  guint settle_id;
  gint64 seen_seq;

  /* Announcing */
  guint announce_id;
  gint64 announced_seq; /* the newest message announced, or present at opening */

  /* Flinging */
  guint fling_id;
  gint64 fling_time;
  double fling_velocity;
  double fling_remainder; /* a fraction of a pixel */
  gboolean dragging;
  double drag_offset;
};

/* confab-timeline-view.c */
GtkListItem *confab_timeline_view_find_bound (ConfabTimelineView *self, guint position);

/* confab-timeline-view-stick.c: what happens after each layout */
void confab_timeline_view_watch_frames (ConfabTimelineView *self);
void confab_timeline_view_unwatch_frames (ConfabTimelineView *self);
/* Set whether to follow the newest message, and show or hide the button that goes to it. */
void confab_timeline_view_set_sticky (ConfabTimelineView *self, gboolean sticky);
void confab_timeline_view_init_input (ConfabTimelineView *self);
/* The user scrolled: decide by the new position whether the view sticks. */
void confab_timeline_view_person_moved (ConfabTimelineView *self);

/* confab-timeline-view-kinetic.c */
void confab_timeline_view_init_kinetic (ConfabTimelineView *self);
/**
 * confab_timeline_view_fling:
 * @velocity: in px/s, positive downwards
 *
 * Scrolls on with decreasing velocity, until it is too slow or the user scrolls.
 */
void confab_timeline_view_fling (ConfabTimelineView *self, double velocity);
void confab_timeline_view_stop_fling (ConfabTimelineView *self);

/* confab-timeline-view-reading.c: which messages count as read */
void confab_timeline_view_unsettle (ConfabTimelineView *self);
/* Return whether the user can see the messages now. */
gboolean confab_timeline_view_is_watched (ConfabTimelineView *self);

/* confab-timeline-view-announce.c: announcing new messages to screen readers */
void confab_timeline_view_begin_announcing (ConfabTimelineView *self);
/* Announce new messages after a short time, in which more may arrive. */
void confab_timeline_view_announce_soon (ConfabTimelineView *self);

/* confab-timeline-view.c */
void confab_timeline_view_set_new_count (ConfabTimelineView *self, guint count);
void confab_timeline_view_emit_news (ConfabTimelineView *self, const char *text);
void confab_timeline_view_emit_seen (ConfabTimelineView *self, gint64 seq);
void confab_timeline_view_emit_near_start (ConfabTimelineView *self);

G_END_DECLS
