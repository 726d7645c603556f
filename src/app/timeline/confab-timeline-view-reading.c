/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Decides which messages count as read: those whose end is in view while nothing moves for half a
 * second, in an active window without a dialog over it. */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-timeline-view-private.h"

#include <adwaita.h>

#define SETTLE_MS 500

static gboolean
is_covered (GtkRoot *root)
{
  return ADW_IS_APPLICATION_WINDOW (root)
         && adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root)) != NULL;
}

gboolean
confab_timeline_view_is_watched (ConfabTimelineView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return gtk_widget_get_mapped (GTK_WIDGET (self)) && GTK_IS_WINDOW (root)
         && gtk_window_is_active (GTK_WINDOW (root)) && !is_covered (root);
}

/* A row is seen when its last line is in view, or when it fills the whole view. */
static gboolean
is_seen (ConfabTimelineView *self, GtkWidget *row)
{
  double page = gtk_adjustment_get_page_size (self->adjustment);
  graphene_rect_t bounds;
  double bottom;

  if (!gtk_widget_get_mapped (row)
      || !gtk_widget_compute_bounds (row, GTK_WIDGET (self->list), &bounds))
    return FALSE;

  bottom = bounds.origin.y + bounds.size.height;
  return bottom > 0 && (bottom <= page + 1 || bounds.origin.y <= 0);
}

static void
settled_cb (gpointer data)
{
  ConfabTimelineView *self = data;
  gint64 seq = 0;

  self->settle_id = 0;
  if (!confab_timeline_view_is_watched (self))
    return;

  for (guint i = 0; i < self->bound->len; i++)
    {
      GtkListItem *item = g_ptr_array_index (self->bound, i);
      ConfabMessage *message = gtk_list_item_get_item (item);

      if (confab_message_get_loaded (message) && confab_message_get_seq (message) > seq
          && is_seen (self, gtk_list_item_get_child (item)))
        seq = confab_message_get_seq (message);
    }

  if (seq > self->seen_seq)
    {
      self->seen_seq = seq;
      confab_timeline_view_emit_seen (self, seq);
    }
}

/* Start waiting again, because something moved or arrived, or the window became active. */
void
confab_timeline_view_unsettle (ConfabTimelineView *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (confab_timeline_view_is_watched (self))
    self->settle_id = g_timeout_add_once (SETTLE_MS, settled_cb, self);
}
