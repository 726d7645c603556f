/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Scrolling a list without a height: the row is shown once the list has one. */

#include "confab-list-scroll.h"

#include "confab-test-timeline.h"

#define N_ROWS 1000

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_autofree char *text = g_strdup_printf ("Row %u", gtk_list_item_get_position (item));

  gtk_list_item_set_child (item, gtk_label_new (text));
}

static GtkListView *
create_list (void)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_null_terminated (N_ROWS, NULL, TRUE);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  for (guint i = 0; i < N_ROWS; i++)
    g_ptr_array_add (texts, (char *)"row");
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);

  return GTK_LIST_VIEW (
      gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (
                             gtk_string_list_new ((const char *const *)texts->pdata)))),
                         factory));
}

static GtkWidget *
scrolled (GtkListView *list)
{
  GtkWidget *scrolled_window = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled_window), GTK_WIDGET (list));
  return scrolled_window;
}

static gboolean
shows (GtkListView *list, const char *text)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *label = gtk_widget_get_first_child (row);

      if (gtk_widget_get_mapped (row) && g_str_equal (gtk_label_get_text (GTK_LABEL (label)), text))
        return TRUE;
    }

  return FALSE;
}

static void
test_later (void)
{
  GtkListView *list = create_list ();
  GtkWindow *window;

  confab_list_scroll_to_later (list, 700, GTK_LIST_SCROLL_NONE);
  window = test_window_new (scrolled (list), 300, 300);
  test_wait_for_paint (window);
  test_wait_for_paint (window);
  g_assert_true (shows (list, "Row 700"));

  confab_list_scroll_to_later (list, 100, GTK_LIST_SCROLL_NONE);
  test_wait_for_paint (window);
  g_assert_true (shows (list, "Row 100"));
  gtk_window_destroy (window);
}

/* The row is removed before the list has a height. */
static void
test_gone (void)
{
  GtkListView *list = create_list ();
  GtkWindow *window;

  confab_list_scroll_to_later (list, 700, GTK_LIST_SCROLL_NONE);
  gtk_list_view_set_model (list, NULL);
  window = test_window_new (scrolled (list), 300, 300);
  test_wait_for_paint (window);
  gtk_window_destroy (window);
}

static void
test_now (void)
{
  GtkListView *list = create_list ();
  GtkWindow *window;

  g_assert_false (confab_list_scroll_to (list, 700, GTK_LIST_SCROLL_NONE));
  window = test_window_new (scrolled (list), 300, 300);
  g_assert_true (shows (list, "Row 0"));
  g_assert_true (confab_list_scroll_to (list, 700, GTK_LIST_SCROLL_NONE));
  test_wait_for_paint (window);
  g_assert_true (shows (list, "Row 700"));
  gtk_window_destroy (window);
}

int
main (int argc, char *argv[])
{
  test_timeline_init (&argc, &argv);
  g_test_add_func ("/list-scroll/later", test_later);
  g_test_add_func ("/list-scroll/gone", test_gone);
  g_test_add_func ("/list-scroll/now", test_now);

  return g_test_run ();
}
