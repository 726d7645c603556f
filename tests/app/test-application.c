/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-application.h"
#include "confab-test-widgets.h"

typedef struct
{
  guint n_opened;
  guint n_closed;
} Windows;

static gboolean
close_cb (gpointer user_data)
{
  GtkWindow *window = user_data;
  GApplication *application = G_APPLICATION (gtk_window_get_application (window));

  g_object_ref (application);
  gtk_window_close (window);
  /* Simulates a second launch now. */
  if (g_object_get_data (G_OBJECT (application), "again") == NULL)
    {
      g_object_set_data (G_OBJECT (application), "again", GINT_TO_POINTER (TRUE));
      g_application_activate (application);
    }
  g_object_unref (application);

  return G_SOURCE_REMOVE;
}

static void
added_cb (GtkApplication *application, GtkWindow *window, gpointer user_data)
{
  Windows *windows = user_data;

  windows->n_opened++;
  g_idle_add (close_cb, window);
}

static void
removed_cb (GtkApplication *application, GtkWindow *window, gpointer user_data)
{
  Windows *windows = user_data;

  windows->n_closed++;
}

/* A second window is requested while the first one's data is still being saved. */
static void
test_again (void)
{
  g_autoptr (ConfabApplication) application = confab_application_new ();
  Windows windows = { 0 };
  char name[] = "confab";
  char *arguments[] = { name, NULL };

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (added_cb), &windows);
  g_signal_connect (application, "window-removed", G_CALLBACK (removed_cb), &windows);

  g_assert_cmpint (g_application_run (G_APPLICATION (application), 1, arguments), ==, 0);
  g_assert_cmpuint (windows.n_opened, ==, 2);
  g_assert_cmpuint (windows.n_closed, ==, 2);
}

static gboolean
quit_cb (gpointer user_data)
{
  GtkWindow *window = user_data;

  g_action_group_activate_action (G_ACTION_GROUP (gtk_window_get_application (window)), "quit",
                                  NULL);

  return G_SOURCE_REMOVE;
}

static gboolean
ask_cb (gpointer user_data)
{
  AdwDialog *dialog = adw_alert_dialog_new ("Really?", NULL);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "cancel", "Cancel");
  adw_dialog_present (dialog, user_data);
  g_timeout_add (200, quit_cb, user_data);

  return G_SOURCE_REMOVE;
}

static void
asking_cb (GtkApplication *application, GtkWindow *window, gpointer user_data)
{
  g_idle_add (ask_cb, window);
}

/* An open question does not prevent the application from quitting. */
static void
test_asking (void)
{
  g_autoptr (ConfabApplication) application = confab_application_new ();
  char name[] = "confab";
  char *arguments[] = { name, NULL };

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (asking_cb), NULL);

  g_assert_cmpint (g_application_run (G_APPLICATION (application), 1, arguments), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/application/again-while-closing", test_again);

  g_test_add_func ("/app/application/quit-while-asking", test_asking);

  return g_test_run ();
}
