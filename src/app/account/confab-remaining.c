/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-remaining.h"

#include <glib/gi18n.h>

char *
confab_remaining_text (gint64 ms)
{
  /* Round up, so that the last second is shown until it is over. */
  gint64 seconds = ms > 0 ? (ms + 999) / 1000 : 0;
  int minutes = (int)(seconds / 60 % 60);

  if (seconds < 3600)
    /* Translators: remaining minutes and seconds. */
    return g_strdup_printf (_("%d:%02d"), minutes, (int)(seconds % 60));

  /* Translators: remaining hours and minutes. */
  return g_strdup_printf (_("%d h %d min"), (int)(seconds / 3600), minutes);
}

/* ---- ticking ---- */

/* Attached to the widget as data. */
typedef struct
{
  GtkWidget *widget; /* the owner of this struct */
  ConfabTickFunc tick;
  guint source; /* set while the widget is mapped */
} Ticker;

static void
ticker_free (gpointer data)
{
  Ticker *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self);
}

/* The function may remove the widget, and with it this source. */
static gboolean
tick_cb (gpointer user_data)
{
  Ticker *self = user_data;
  g_autoptr (GtkWidget) widget = g_object_ref (self->widget);

  self->tick (widget);
  return G_SOURCE_CONTINUE;
}

static void
map_cb (Ticker *self)
{
  self->source = g_timeout_add_seconds (1, tick_cb, self);
}

static void
unmap_cb (Ticker *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
}

/**
 * confab_remaining_tick:
 * @widget: a widget that is not mapped yet
 * @tick: shows the remaining time; may remove @widget
 *
 * Calls @tick once a second while @widget is mapped.
 */
void
confab_remaining_tick (GtkWidget *widget, ConfabTickFunc tick)
{
  Ticker *self = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (!gtk_widget_get_mapped (widget));

  self = g_new0 (Ticker, 1);
  self->widget = widget;
  self->tick = tick;
  g_object_set_data_full (G_OBJECT (widget), "confab-ticker", self, ticker_free);
  g_signal_connect_swapped (widget, "map", G_CALLBACK (map_cb), self);
  g_signal_connect_swapped (widget, "unmap", G_CALLBACK (unmap_cb), self);
}
