/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The contrast of links on every bubble, with every accent, light and dark: 4.5 to 1 (WCAG 2.2,
 * 1.4.3), and 7 to 1 in high contrast (1.4.6). The bubble's color is read from the picture; the
 * link's from its style, because no pixel of a thin letter has the full color. */

#include "confab-message-text-private.h"
#include "confab-message-view.h"
#include "confab-test-timeline.h"

#include <adwaita.h>
#include <math.h>

static const char *const accents[] = { "blue", "teal", "green",  "yellow", "orange",
                                       "red",  "pink", "purple", "slate" };

static GtkWidget *
find_text (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (CONFAB_IS_MESSAGE_TEXT (child))
      return child;

  return NULL;
}

/* Read the color in the middle of the bubble's left padding. */
static void
get_bubble_color (GtkWindow *window, GtkWidget *text, GdkRGBA *color)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GdkTextureDownloader) downloader = NULL;
  g_autoptr (GBytes) bytes = NULL;
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (GTK_WIDGET (window)),
                                             gtk_widget_get_height (GTK_WIDGET (window)));
  graphene_point_t point;
  const guint8 *pixel;
  gsize stride;

  g_assert_true (gtk_widget_compute_point (
      text, GTK_WIDGET (window), &GRAPHENE_POINT_INIT (4, gtk_widget_get_height (text) / 2.0f),
      &point));
  gdk_paintable_snapshot (paintable, snapshot, area.size.width, area.size.height);
  node = gtk_snapshot_to_node (snapshot);
  texture =
      gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &area);
  downloader = gdk_texture_downloader_new (texture);
  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
  bytes = gdk_texture_downloader_download_bytes (downloader, &stride);
  pixel = (const guint8 *)g_bytes_get_data (bytes, NULL) + (int)point.y * stride + (int)point.x * 4;
  *color = (GdkRGBA){ pixel[0] / 255.0f, pixel[1] / 255.0f, pixel[2] / 255.0f, pixel[3] / 255.0f };
}

static double
to_linear (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

/* Return the relative luminance of WCAG 2.2. */
static double
get_luminance (const GdkRGBA *color)
{
  return 0.2126 * to_linear (color->red) + 0.7152 * to_linear (color->green)
         + 0.0722 * to_linear (color->blue);
}

static double
get_contrast (const GdkRGBA *one, const GdkRGBA *other)
{
  double a = get_luminance (one);
  double b = get_luminance (other);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static void
check_bubble (gboolean own, ConfabMessageState state)
{
  g_autoptr (ConfabUser) user = test_user_new (2, "bruno");
  g_autoptr (ConfabMessage) message =
      test_message_new (4, user, own, "See https://mail.example/path about it");
  GtkWidget *view = confab_message_view_new ();
  GtkWindow *window;
  ConfabMessageText *text;
  GdkRGBA bubble, link;
  double contrast;
  gboolean high = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());

  confab_message_set_state (message, state, -1);
  confab_message_view_set_message (CONFAB_MESSAGE_VIEW (view), message);
  window = test_window_new (view, 500, 200);
  text = CONFAB_MESSAGE_TEXT (find_text (view));
  get_bubble_color (window, GTK_WIDGET (text), &bubble);
  g_assert_cmpfloat (bubble.alpha, >, 0.99);
  g_assert_nonnull (text->link);
  gtk_widget_get_color (text->link, &link);
  contrast = get_contrast (&link, &bubble);
  g_test_message ("%s %s: %.2f", own ? "own" : "other", high ? "high" : "normal", contrast);
  g_assert_cmpfloat (contrast, >=, high ? 7 : 4.5);
  gtk_window_destroy (window);
}

/* Load the style sheet with the priority of an application's. */
static void
load_high_contrast (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/chat/confab/Confab/style-hc.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
test_bubbles (void)
{
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    load_high_contrast ();
  check_bubble (FALSE, CONFAB_MESSAGE_SENT);
  check_bubble (TRUE, CONFAB_MESSAGE_SENT);
  check_bubble (TRUE, CONFAB_MESSAGE_WAITING);
  check_bubble (TRUE, CONFAB_MESSAGE_FAILED);
}

/* libadwaita reads these settings from the environment once. */
static void
test_all (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accents) * 4; i++)
    {
      g_auto (GStrv) environment = g_get_environ ();
      const char *scheme = i % 2 == 0 ? "prefer-light" : "prefer-dark";
      const char *high = i % 4 < 2 ? "0" : "1";

      environment = g_environ_setenv (environment, "ADW_DEBUG_COLOR_SCHEME", scheme, TRUE);
      environment = g_environ_setenv (environment, "ADW_DEBUG_HIGH_CONTRAST", high, TRUE);
      environment = g_environ_setenv (environment, "ADW_DEBUG_ACCENT_COLOR", accents[i / 4], TRUE);
      g_test_message ("%s, %s, high contrast %s", accents[i / 4], scheme, high);
      g_test_trap_subprocess_with_envp ("/link-color/subprocess/bubbles",
                                        (const char *const *)environment, 60000000,
                                        G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
    }
}

int
main (int argc, char *argv[])
{
  test_timeline_init (&argc, &argv);
  g_test_add_func ("/link-color/all", test_all);
  g_test_add_func ("/link-color/subprocess/bubbles", test_bubbles);

  return g_test_run ();
}
