/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Kinetic scrolling in relative steps.
 *
 * GtkScrolledWindow's own kinetic scrolling computes absolute values for the adjustment. These
 * override the corrections that the list makes while rows of unknown height come into view, so that
 * rows jump. Steps added to the current value keep every correction. */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-timeline-view-private.h"

/* GTK's own values: a velocity falls to 1/e in a quarter of a second, and touchpad scrolling is
 * faster by this factor. */
#define FRICTION 4.0
#define TOUCHPAD_FACTOR 2.5

#define SLOWEST 20.0 /* px/s: slower scrolling stops */

static void
scroll_by (ConfabTimelineView *self, double pixels)
{
  int whole = self->fling_remainder + pixels;

  /* The list places rows at whole pixels, so keep the fraction for the next step. */
  self->fling_remainder += pixels - whole;
  gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_value (self->adjustment) + whole);
  confab_timeline_view_person_moved (self);
}

void
confab_timeline_view_stop_fling (ConfabTimelineView *self)
{
  if (self->fling_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->fling_id);
  self->fling_id = 0;
}

static gboolean
is_at_edge (ConfabTimelineView *self, double velocity)
{
  double value = gtk_adjustment_get_value (self->adjustment);
  double end =
      gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_page_size (self->adjustment);

  return velocity < 0 ? value <= 0 : value >= end;
}

static gboolean
fling_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ConfabTimelineView *self = CONFAB_TIMELINE_VIEW (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double seconds = (now - self->fling_time) / (double)G_USEC_PER_SEC;
  double slowed = self->fling_velocity / (1 + FRICTION * seconds);

  scroll_by (self, slowed * seconds);
  self->fling_velocity = slowed;
  self->fling_time = now;
  if (ABS (slowed) >= SLOWEST && !is_at_edge (self, slowed))
    return G_SOURCE_CONTINUE;

  self->fling_id = 0;
  return G_SOURCE_REMOVE;
}

/* @velocity: in px/s, positive downwards. */
void
confab_timeline_view_fling (ConfabTimelineView *self, double velocity)
{
  confab_timeline_view_stop_fling (self);
  if (self->frame_clock == NULL)
    return;

  self->fling_velocity = velocity;
  self->fling_remainder = 0;
  self->fling_time = gdk_frame_clock_get_frame_time (self->frame_clock);
  self->fling_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), fling_cb, NULL, NULL);
}

/* ---- touchpad ---- */

static void
decelerate_cb (ConfabTimelineView *self,
               double velocity_x,
               double velocity_y,
               GtkEventControllerScroll *scroll)
{
  /* A wheel does not scroll on by itself. */
  if (gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_SURFACE)
    confab_timeline_view_fling (self, velocity_y * TOUCHPAD_FACTOR);
}

/* ---- touch screen ---- */

static void
drag_begin_cb (ConfabTimelineView *self)
{
  confab_timeline_view_stop_fling (self);
  self->drag_offset = 0;
  self->dragging = FALSE;
}

static void
drag_update_cb (ConfabTimelineView *self, double offset_x, double offset_y, GtkGesture *drag)
{
  if (!self->dragging)
    {
      if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, 0, offset_y))
        return;
      gtk_gesture_set_state (drag, GTK_EVENT_SEQUENCE_CLAIMED);
      self->dragging = TRUE;
      self->drag_offset = offset_y; /* do not jump by the drag threshold */
      self->fling_remainder = 0;
    }

  scroll_by (self, self->drag_offset - offset_y);
  self->drag_offset = offset_y;
}

static void
swipe_cb (ConfabTimelineView *self, double velocity_x, double velocity_y)
{
  if (self->dragging)
    confab_timeline_view_fling (self, -velocity_y);
}

void
confab_timeline_view_init_kinetic (ConfabTimelineView *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_VERTICAL | GTK_EVENT_CONTROLLER_SCROLL_KINETIC);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *swipe = gtk_gesture_swipe_new ();

  gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (self->scrolled_window), FALSE);

  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (scroll, "scroll-begin", G_CALLBACK (confab_timeline_view_stop_fling),
                            self);
  g_signal_connect_swapped (scroll, "decelerate", G_CALLBACK (decelerate_cb), self);
  gtk_widget_add_controller (self->scrolled_window, scroll);

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (drag), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (self->scrolled_window, GTK_EVENT_CONTROLLER (drag));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (swipe), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (swipe), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (swipe, "swipe", G_CALLBACK (swipe_cb), self);
  gtk_widget_add_controller (self->scrolled_window, GTK_EVENT_CONTROLLER (swipe));
  gtk_gesture_group (drag, swipe);
}
