/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The children that stand for links: focus moves to them, and assistive technologies see them. */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-message-link.h"
#include "confab-message-text-private.h"

/* The keyboard reaches at most this many links of one message. A child costs more than its text,
 * and opening a conversation creates those of many folded messages at once. */
#define MAX_PLACES 100
#define MAX_PLACES_FOLDED 20

static void
has_focus_cb (ConfabMessageText *self, GParamSpec *pspec, GtkWidget *place)
{
  guint index;

  if (gtk_widget_has_focus (place) && g_ptr_array_find (self->places, place, &index))
    self->focused_link = index;
  confab_message_text_update_actions (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GtkWidget *
create_place (ConfabMessageText *self, const ConfabLink *link)
{
  g_autofree char *text = g_strndup (self->text + link->start, link->end - link->start);
  GtkWidget *place = confab_message_link_new (link, text);

  g_signal_connect_object (place, "notify::has-focus", G_CALLBACK (has_focus_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (place, GTK_WIDGET (self));

  return place;
}

void
confab_message_text_clear_places (ConfabMessageText *self)
{
  for (guint i = 0; i < self->places->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->places, i));
  g_ptr_array_set_size (self->places, 0);
}

/* Create a child for each link in the part that is laid out. */
void
confab_message_text_update_places (ConfabMessageText *self)
{
  guint max = self->folded ? MAX_PLACES_FOLDED : MAX_PLACES;

  confab_message_text_clear_places (self);
  self->focused_link = -1;
  for (guint i = 0; i < MIN (self->links->len, max); i++)
    {
      const ConfabLink *link = g_ptr_array_index (self->links, i);

      if (link->end <= self->shown)
        g_ptr_array_add (self->places, create_place (self, link));
    }
}

void
confab_message_text_allocate_places (ConfabMessageText *self)
{
  int x, y;

  confab_message_text_get_origin (self, &x, &y);
  for (guint i = 0; i < self->places->len; i++)
    {
      const ConfabLink *link = g_ptr_array_index (self->links, i);
      GtkWidget *place = g_ptr_array_index (self->places, i);
      int range[2] = { link->start, link->end };
      cairo_region_t *region = gdk_pango_layout_get_clip_region (self->layout, x, y, range, 1);
      cairo_rectangle_int_t area;

      cairo_region_get_extents (region, &area);
      cairo_region_destroy (region);
      /* A link hidden by the fold cannot get the focus. */
      gtk_widget_set_child_visible (place, area.y < y + self->text_height);
      gtk_widget_measure (place, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (place, &(GtkAllocation){ area.x, area.y, area.width, area.height },
                                -1);
    }
}

/* Tab moves through the links of a message. A message without links takes no focus on Tab. */
gboolean
confab_message_text_focus (GtkWidget *widget, GtkDirectionType direction)
{
  ConfabMessageText *self = CONFAB_MESSAGE_TEXT (widget);
  int n = self->places->len;
  int step = direction == GTK_DIR_TAB_FORWARD ? 1 : -1;
  guint at;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;

  if (!g_ptr_array_find (self->places, gtk_widget_get_focus_child (widget), &at))
    at = step > 0 ? G_MAXUINT : (guint)n; /* before the first, or after the last */
  for (int i = (int)at + step; i >= 0 && i < n; i += step)
    {
      GtkWidget *place = g_ptr_array_index (self->places, i);

      if (gtk_widget_get_child_visible (place))
        return gtk_widget_grab_focus (place);
    }

  return FALSE;
}
