/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sticks to the newest message, and jumps, in the frame clock's layout phase.
 *
 * GtkListView learns the height of a row only when it lays the row out, so the end's position is
 * known only in the layout phase. GDK repeats that phase before painting if asked to, so a
 * correction made there is never visible; one made in an idle callback is visible for a frame.
 *
 * Whether the view sticks depends on what the user does, never on the adjustment's value alone,
 * because measuring rows changes the value too.
 *
 * The list of the first conversation opened in a window has no height yet and cannot be scrolled
 * (see confab-list-scroll.c), so it is scrolled after its first layout. */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-timeline-view-private.h"

#include "confab-list-scroll.h"

#include <math.h>

#define TOLERANCE 0.5
/* Give up a jump after this many layouts; one or two normally suffice. GDK repeats the layout of a
 * frame at most four times, and warns when a fifth is requested. */
#define JUMP_MAX_ATTEMPTS 3

/* Nearer to the end than this, the button that goes there would cover the newest message, and does
 * not help. In pixels: the button and its margins. */
#define BUTTON_GAP 64

static double
get_gap (ConfabTimelineView *self)
{
  return gtk_adjustment_get_upper (self->adjustment)
         - gtk_adjustment_get_page_size (self->adjustment)
         - gtk_adjustment_get_value (self->adjustment);
}

static void
update_button (ConfabTimelineView *self)
{
  gboolean needed = !self->sticky && (self->new_count > 0 || get_gap (self) > BUTTON_GAP);

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->newest_revealer), needed);
  gtk_widget_set_can_target (self->newest_revealer, needed);
}

void
confab_timeline_view_set_sticky (ConfabTimelineView *self, gboolean sticky)
{
  if (self->sticky == sticky)
    return;

  self->sticky = sticky;
  update_button (self);
  if (sticky)
    confab_timeline_view_set_new_count (self, 0);
  g_object_notify (G_OBJECT (self), "sticky");
}

/* Return whether something other than our controllers scrolled: assistive technologies or the
 * focus. */
static gboolean
was_moved_alone (ConfabTimelineView *self)
{
  return !self->model_changed
         && G_APPROX_VALUE (gtk_adjustment_get_upper (self->adjustment), self->last_upper,
                            TOLERANCE)
         && G_APPROX_VALUE (gtk_adjustment_get_page_size (self->adjustment), self->last_page,
                            TOLERANCE)
         && !G_APPROX_VALUE (gtk_adjustment_get_value (self->adjustment), self->last_value,
                             TOLERANCE);
}

static void
remember (ConfabTimelineView *self)
{
  double value = gtk_adjustment_get_value (self->adjustment);

  if (!G_APPROX_VALUE (value, self->last_value, TOLERANCE) || self->model_changed)
    confab_timeline_view_unsettle (self);
  self->last_value = value;
  self->last_upper = gtk_adjustment_get_upper (self->adjustment);
  self->last_page = gtk_adjustment_get_page_size (self->adjustment);
  self->moved = FALSE;
  self->model_changed = FALSE;
}

/* Return the row of @position, or NULL if it is out of view: the list does not know the position of
 * rows out of view. */
static GtkWidget *
find_row_in_view (ConfabTimelineView *self, guint position)
{
  GtkListItem *item = confab_timeline_view_find_bound (self, position);
  GtkWidget *row = item != NULL ? gtk_list_item_get_child (item) : NULL;

  return row != NULL && gtk_widget_get_mapped (row) ? row : NULL;
}

/* Scroll the jump's target into view, then align it. */
static void
settle_jump (ConfabTimelineView *self)
{
  GtkWidget *row = find_row_in_view (self, self->jump_position);
  graphene_point_t top;
  double page = gtk_adjustment_get_page_size (self->adjustment);
  double value = gtk_adjustment_get_value (self->adjustment);
  double wanted;

  if (++self->jump_attempts > JUMP_MAX_ATTEMPTS)
    {
      self->jump_position = CONFAB_NO_POSITION;
      return;
    }
  if (row == NULL)
    {
      confab_list_scroll_to (self->list, self->jump_position, GTK_LIST_SCROLL_NONE);
      return;
    }
  if (!gtk_widget_compute_point (row, GTK_WIDGET (self->list), &GRAPHENE_POINT_INIT (0, 0), &top))
    return;

  /* The list rounds down to whole pixels, so a fraction would be asked for again and again. */
  wanted = floor (CLAMP (value + top.y - self->jump_align * page, 0,
                         MAX (0, gtk_adjustment_get_upper (self->adjustment) - page)));
  if (G_APPROX_VALUE (wanted, value, TOLERANCE))
    {
      self->jump_position = CONFAB_NO_POSITION;
      confab_timeline_view_set_sticky (self, get_gap (self) <= TOLERANCE);
    }
  else
    gtk_adjustment_set_value (self->adjustment, wanted);
}

/* scroll_to() only brings a row into view, but any part of a row higher than the view counts as
 * that. */
static void
scroll_to_end (ConfabTimelineView *self, guint n_items)
{
  if (confab_timeline_view_find_bound (self, n_items - 1) != NULL)
    gtk_adjustment_set_value (self->adjustment,
                              gtk_adjustment_get_value (self->adjustment) + get_gap (self));
  else
    confab_list_scroll_to (self->list, n_items - 1, GTK_LIST_SCROLL_NONE);
}

static void
check_start (ConfabTimelineView *self)
{
  guint n_items = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;

  if (n_items > 0 && n_items != self->near_start_upto
      && gtk_adjustment_get_value (self->adjustment)
             < 2 * gtk_adjustment_get_page_size (self->adjustment))
    {
      self->near_start_upto = n_items;
      confab_timeline_view_emit_near_start (self);
    }
}

static void
layout_cb (ConfabTimelineView *self)
{
  guint n_items = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
  gboolean correcting = FALSE;

  if (n_items == 0 || !gtk_widget_get_mapped (GTK_WIDGET (self))
      || gtk_adjustment_get_page_size (self->adjustment) <= 0)
    return;

  if (self->jump_position != CONFAB_NO_POSITION)
    settle_jump (self);
  else if (self->moved || was_moved_alone (self))
    confab_timeline_view_set_sticky (self, get_gap (self) <= TOLERANCE);
  else if (self->sticky && get_gap (self) > TOLERANCE)
    {
      scroll_to_end (self, n_items);
      correcting = TRUE;
    }

  remember (self);
  update_button (self);
  if (!correcting && self->jump_position == CONFAB_NO_POSITION)
    check_start (self);
}

void
confab_timeline_view_watch_frames (ConfabTimelineView *self)
{
  self->frame_clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (self)));
  /* After GTK's own handler, which lays out the window. */
  self->layout_id = g_signal_connect_data (self->frame_clock, "layout", G_CALLBACK (layout_cb),
                                           self, NULL, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

void
confab_timeline_view_unwatch_frames (ConfabTimelineView *self)
{
  if (self->frame_clock != NULL)
    g_clear_signal_handler (&self->layout_id, self->frame_clock);
  g_clear_object (&self->frame_clock);
}

/* ---- scrolling by the user ---- */

void
confab_timeline_view_person_moved (ConfabTimelineView *self)
{
  self->moved = TRUE;
  self->jump_position = CONFAB_NO_POSITION;
  /* Request a layout so that the handler runs even if nothing changed. */
  if (self->frame_clock != NULL)
    gdk_frame_clock_request_phase (self->frame_clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
}

/* Keep a line or two of the previous page in view, as GTK's lists do. */
void
confab_timeline_view_scroll_pages (ConfabTimelineView *self, int pages)
{
  g_return_if_fail (CONFAB_IS_TIMELINE_VIEW (self));

  confab_timeline_view_stop_fling (self);
  gtk_adjustment_set_value (self->adjustment,
                            gtk_adjustment_get_value (self->adjustment)
                                + pages * gtk_adjustment_get_page_increment (self->adjustment));
  confab_timeline_view_person_moved (self);
}

static gboolean
scroll_cb (ConfabTimelineView *self)
{
  confab_timeline_view_stop_fling (self);
  confab_timeline_view_person_moved (self);

  return GDK_EVENT_PROPAGATE;
}

static gboolean
key_pressed_cb (ConfabTimelineView *self, guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_Down:
    case GDK_KEY_Page_Up:
    case GDK_KEY_Page_Down:
    case GDK_KEY_Home:
    case GDK_KEY_End:
    case GDK_KEY_KP_Up:
    case GDK_KEY_KP_Down:
    case GDK_KEY_KP_Page_Up:
    case GDK_KEY_KP_Page_Down:
    case GDK_KEY_KP_Home:
    case GDK_KEY_KP_End:
    case GDK_KEY_Tab:
    case GDK_KEY_ISO_Left_Tab:
      confab_timeline_view_stop_fling (self);
      confab_timeline_view_person_moved (self);
      break;
    default:
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

void
confab_timeline_view_init_input (ConfabTimelineView *self)
{
  GtkWidget *scrollbar =
      gtk_scrolled_window_get_vscrollbar (GTK_SCROLLED_WINDOW (self->scrolled_window));
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *key = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);

  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);

  /* The scrollbar shares the list's adjustment, so only a signal of its range tells its dragging
   * apart. */
  for (GtkWidget *child = gtk_widget_get_first_child (scrollbar); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_RANGE (child))
      g_signal_connect_object (child, "change-value", G_CALLBACK (scroll_cb), self,
                               G_CONNECT_SWAPPED);
}
