/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The baseline for startup: an empty AdwApplicationWindow. Like confab it logs, with
 * G_MESSAGES_DEBUG=confab-start, when its first frame has been painted, and stays open. */

#define G_LOG_DOMAIN "confab-start"

#include <adwaita.h>

static void
painted_cb (GdkFrameClock *clock, gpointer user_data)
{
  g_debug ("painted");
  g_signal_handlers_disconnect_by_func (clock, painted_cb, user_data);
}

static void
realized_cb (GtkWidget *window, gpointer user_data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb),
                    NULL);
}

static void
activated_cb (GApplication *application, gpointer user_data)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  g_signal_connect (window, "realize", G_CALLBACK (realized_cb), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application =
      adw_application_new (CONFAB_APP_ID ".Bare", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activated_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
