/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-test-timeline.h"

#include <adwaita.h>

#define FRAME_SECONDS 10

GResource *confab_get_resource (void);

void
test_timeline_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  gtk_test_init (argc, argv);
  adw_init ();
  g_resources_register (confab_get_resource ());
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/chat/confab/Confab/ui/timeline/timeline.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
painted_cb (gboolean *painted)
{
  *painted = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *)data;
}

void
test_wait_until (gboolean (*condition) (gpointer data), gpointer data)
{
  gint64 deadline = g_get_monotonic_time () + FRAME_SECONDS * G_USEC_PER_SEC;

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
}

void
test_wait_for_paint (GtkWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gboolean painted = FALSE;
  gulong id = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), &painted);

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  test_wait_until (is_true, &painted);
  g_signal_handler_disconnect (clock, id);
}

void
test_wait_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add_once (ms, (GSourceOnceFunc)painted_cb, &over);
  test_wait_until (is_true, &over);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

GtkWindow *
test_window_new (GtkWidget *child, int width, int height)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_decorated (window, FALSE);
  gtk_window_set_default_size (window, width, height);
  gtk_window_set_child (window, child);
  gtk_window_present (window);
  test_wait_until (is_mapped, window);
  test_wait_for_paint (window);

  return window;
}

ConfabUser *
test_user_new (gint64 id, const char *username)
{
  ConfabUser *user = confab_user_new (id);
  ConfabUserRow row = { .id = id, .username = (char *)username, .rev = 1 };

  confab_user_update (user, &row);

  return user;
}

ConfabMessage *
test_message_new (gint64 seq, ConfabUser *sender, gboolean own, const char *content)
{
  ConfabMessage *message = confab_message_new ();
  g_autofree char *client_id = g_uuid_string_random ();
  const ConfabMessageRow row = { .client_id = client_id,
                                 .seq = seq,
                                 .content = (char *)content,
                                 .sent_at = G_GINT64_CONSTANT (1764000000000) + seq * 60000 };

  confab_message_update (message, &row, sender, own);
  confab_message_set_standing (message, FALSE, seq % 4 == 0, seq % 4 == 3, FALSE);

  return message;
}

static void
update (ConfabMessage *message, const char *content, gint64 sent_at)
{
  g_autofree char *client_id = g_strdup (confab_message_get_client_id (message));
  const ConfabMessageRow row = { .client_id = client_id,
                                 .seq = confab_message_get_seq (message),
                                 .content = (char *)content,
                                 .sent_at = sent_at };

  confab_message_update (message, &row, confab_message_get_sender (message),
                         confab_message_get_own (message));
}

void
test_message_set_content (ConfabMessage *message, const char *content)
{
  update (message, content, confab_message_get_sent_at (message));
}

void
test_message_set_sent_at (ConfabMessage *message, gint64 sent_at)
{
  update (message, confab_message_get_content (message), sent_at);
}

char *
test_text_new (guint seed)
{
  GString *text = g_string_new (NULL);
  guint n_lines = 1 + seed * 7 % 11;

  for (guint i = 0; i < n_lines; i++)
    g_string_append_printf (text, "%sLine %u of %u, message %u", i > 0 ? "\n" : "", i + 1, n_lines,
                            seed);

  return g_string_free_and_steal (text);
}
