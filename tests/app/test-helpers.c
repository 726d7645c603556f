/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the app adds to widgets of GTK and libadwaita. */

#include <adwaita.h>

#include "confab-banner.h"
#include "confab-giving-way.h"
#include "confab-status-page-name.h"
#include "confab-test-widgets.h"

#define PICTURE 40
#define NAME "Family"
#define HEIGHT 200

static GtkWidget *
create_title (const char *name)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  GtkWidget *picture = gtk_drawing_area_new ();
  GtkWidget *label = gtk_label_new (name);

  gtk_widget_set_size_request (picture, PICTURE, -1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), label);
  confab_giving_way_install (box);

  return box;
}

static int
natural_width (GtkWidget *widget)
{
  int natural = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static void
allocate (GtkWidget *box, int width)
{
  natural_width (box);
  gtk_widget_allocate (box, width, HEIGHT, -1, NULL);
}

/* The picture goes as soon as the whole name would not fit beside it. */
static void
test_giving_way (void)
{
  g_autoptr (GtkWidget) box = create_title (NAME);
  GtkWidget *picture = gtk_widget_get_first_child (box);
  GtkWidget *label = gtk_widget_get_last_child (box);
  int name = natural_width (label);

  g_assert_cmpint (natural_width (box), ==, PICTURE + name);
  allocate (box, PICTURE + name);
  g_assert_true (gtk_widget_get_child_visible (picture));
  g_assert_cmpint (gtk_widget_get_width (label), ==, name);

  allocate (box, PICTURE + name - 1);
  g_assert_false (gtk_widget_get_child_visible (picture));
  g_assert_cmpint (gtk_widget_get_width (label), ==, PICTURE + name - 1);

  allocate (box, PICTURE + name);
  g_assert_true (gtk_widget_get_child_visible (picture));
}

/* A picture stays beside a name that would not fit without it either. */
static void
test_long_name (void)
{
  g_autoptr (GtkWidget) box = create_title (NAME " " NAME " " NAME " " NAME " " NAME);
  int name = natural_width (gtk_widget_get_last_child (box));

  allocate (box, PICTURE + name / 2);
  g_assert_true (gtk_widget_get_child_visible (gtk_widget_get_first_child (box)));
  allocate (box, PICTURE + name / 8);
  g_assert_false (gtk_widget_get_child_visible (gtk_widget_get_first_child (box)));
}

static void
test_banner (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  AdwBanner *banner = ADW_BANNER (adw_banner_new ("You are offline"));

  gtk_window_set_child (window, GTK_WIDGET (banner));
  confab_banner_watch (banner);
  confab_test_present (window);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (banner)));

  confab_banner_reveal (banner, TRUE);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (banner)));
  g_assert_true (adw_banner_get_revealed (banner));

  confab_banner_reveal (banner, FALSE);
  while (gtk_widget_get_visible (GTK_WIDGET (banner)))
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (window);
}

/* What takes the focus has the title as its name, also after a change. */
static void
test_status_page (void)
{
  g_autoptr (GtkWidget) page = g_object_ref_sink (adw_status_page_new ());
  GtkWidget *scrolled = gtk_widget_get_first_child (page);

  confab_status_page_name (ADW_STATUS_PAGE (page));
  adw_status_page_set_title (ADW_STATUS_PAGE (page), "No Results");
  gtk_test_accessible_assert_role (scrolled, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (scrolled, GTK_ACCESSIBLE_PROPERTY_LABEL, "No Results");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/app/helpers/giving-way", test_giving_way);
  g_test_add_func ("/app/helpers/giving-way/long-name", test_long_name);
  g_test_add_func ("/app/helpers/banner", test_banner);
  g_test_add_func ("/app/helpers/status-page", test_status_page);

  return g_test_run ();
}
