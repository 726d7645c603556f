/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-form-scroll.h"

#include "confab-form-field.h"

/* Attached to the scrolled window as data. */
typedef struct
{
  GtkScrolledWindow *scroller; /* the owner of this struct */
  guint source;
} Scroll;

static void
scroll_free (gpointer data)
{
  Scroll *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self);
}

static gboolean
scroll_cb (gpointer user_data)
{
  Scroll *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->scroller));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->source = 0;
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->scroller)))
    {
      GtkViewport *viewport = GTK_VIEWPORT (gtk_scrolled_window_get_child (self->scroller));
      GtkWidget *field = gtk_widget_get_ancestor (focus, CONFAB_TYPE_FORM_FIELD);

      if (field != NULL)
        gtk_viewport_scroll_to (viewport, field, NULL);
      gtk_viewport_scroll_to (viewport, focus, NULL);
    }
  return G_SOURCE_REMOVE;
}

static void
resized_cb (GtkScrolledWindow *scroller)
{
  Scroll *self = g_object_get_data (G_OBJECT (scroller), "confab-form-scroll");

  if (self != NULL && self->source == 0)
    self->source = g_idle_add (scroll_cb, self);
}

/**
 * confab_form_scroll_to_focus:
 * @scroller: a scrolled window with the fields of a form
 *
 * Scrolls to the focus whenever the size of @scroller or of its content changes. GTK scrolls to a
 * widget that gets the focus, but not before the first layout, when the window becomes smaller, or
 * when an error appears below the field.
 */
void
confab_form_scroll_to_focus (GtkScrolledWindow *scroller)
{
  GtkAdjustment *adjustment = NULL;
  Scroll *self = NULL;

  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scroller));

  self = g_new0 (Scroll, 1);
  self->scroller = scroller;
  g_object_set_data_full (G_OBJECT (scroller), "confab-form-scroll", self, scroll_free);
  adjustment = gtk_scrolled_window_get_vadjustment (scroller);
  g_signal_connect_object (adjustment, "notify::page-size", G_CALLBACK (resized_cb), scroller,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "notify::upper", G_CALLBACK (resized_cb), scroller,
                           G_CONNECT_SWAPPED);
}
