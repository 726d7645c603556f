/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-test-widgets.h"

static gboolean
count_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *frames = user_data;

  return ++*frames < 3 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
confab_test_wait_painted (GtkWidget *widget)
{
  guint frames = 0;

  gtk_widget_add_tick_callback (widget, count_cb, &frames, NULL);
  while (frames < 3)
    g_main_context_iteration (NULL, TRUE);
}

void
confab_test_settle (void)
{
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

void
confab_test_present (GtkWindow *window)
{
  gtk_window_set_default_size (window, 1280, 900);
  gtk_window_present (window);
  while (!gtk_window_is_active (window))
    g_main_context_iteration (NULL, TRUE);
  confab_test_wait_painted (GTK_WIDGET (window));
}
