/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The only caller of gtk_list_view_scroll_to().
 *
 * GtkListView stores its scroll position as a fraction of its height. With a height of 0 that is 0
 * / 0, and the list shows no row until something else scrolls it (GTK 4.18, gtklistbase.c,
 * gtk_list_base_compute_scroll_align()). A list has no height before its first layout. */

#define G_LOG_DOMAIN "confab-app"

#include "confab-list-scroll.h"

/**
 * confab_list_scroll_to:
 * @list: a list
 * @position: the row to scroll into view
 * @flags: whether to focus or select the row too
 *
 * Scrolls no further than needed. Does nothing while @list has no height: then call this again
 * after the list has been laid out.
 *
 * Returns: whether @list had a height
 */
gboolean
confab_list_scroll_to (GtkListView *list, guint position, GtkListScrollFlags flags)
{
  GtkAdjustment *adjustment;

  g_return_val_if_fail (GTK_IS_LIST_VIEW (list), FALSE);

  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  if (gtk_adjustment_get_page_size (adjustment) <= 0)
    return FALSE;

  gtk_list_view_scroll_to (list, position, flags, NULL);
  return TRUE;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer position)
{
  GtkListView *list = GTK_LIST_VIEW (widget);
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (list));

  if (model == NULL || GPOINTER_TO_UINT (position) >= g_list_model_get_n_items (model)
      || confab_list_scroll_to (list, GPOINTER_TO_UINT (position), GTK_LIST_SCROLL_NONE))
    return G_SOURCE_REMOVE;

  return G_SOURCE_CONTINUE;
}

/**
 * confab_list_scroll_to_later:
 * @list: a list
 * @position: the row to scroll into view
 *
 * Like confab_list_scroll_to(), but waits for the first frame in which @list has a height. Does
 * nothing if there is no such row by then.
 */
void
confab_list_scroll_to_later (GtkListView *list, guint position)
{
  g_return_if_fail (GTK_IS_LIST_VIEW (list));

  if (!confab_list_scroll_to (list, position, GTK_LIST_SCROLL_NONE))
    gtk_widget_add_tick_callback (GTK_WIDGET (list), tick_cb, GUINT_TO_POINTER (position), NULL);
}
