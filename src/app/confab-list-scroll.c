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

typedef struct
{
  guint position;
  GtkListScrollFlags flags;
} Later;

static gboolean
has_focus_within (GtkWidget *list)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (list));

  return focus != NULL && (focus == list || gtk_widget_is_ancestor (focus, list));
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  GtkListView *list = GTK_LIST_VIEW (widget);
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (list));
  const Later *later = user_data;

  if (model == NULL || later->position >= g_list_model_get_n_items (model)
      || ((later->flags & GTK_LIST_SCROLL_FOCUS) != 0 && !has_focus_within (widget))
      || confab_list_scroll_to (list, later->position, later->flags))
    return G_SOURCE_REMOVE;

  return G_SOURCE_CONTINUE;
}

/**
 * confab_list_scroll_to_later:
 * @list: a list
 * @position: the row to scroll into view
 * @flags: as for confab_list_scroll_to()
 *
 * Like confab_list_scroll_to(), but waits for the first frame in which @list has a height. Does
 * nothing if there is no such row by then, or if a row should get the focus, which has left @list.
 */
void
confab_list_scroll_to_later (GtkListView *list, guint position, GtkListScrollFlags flags)
{
  Later *later;

  g_return_if_fail (GTK_IS_LIST_VIEW (list));

  if (confab_list_scroll_to (list, position, flags))
    return;

  later = g_new (Later, 1);
  *later = (Later){ position, flags };
  gtk_widget_add_tick_callback (GTK_WIDGET (list), tick_cb, later, g_free);
}
