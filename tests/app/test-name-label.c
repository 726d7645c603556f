/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A name that is too long for its line is broken without a hyphen, which would look like a letter
 * of the name. */

#include <adwaita.h>

#include "confab-name-label.h"

#define NAME "bartholomaeusvonhohensteinundderganzenfamilieausdemtal"

static GtkLabel *
create_label (void)
{
  GtkLabel *label = GTK_LABEL (g_object_ref_sink (gtk_label_new (NAME)));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);

  return label;
}

/* Return how many lines of @label, laid out at @width, end with a hyphen that is not in its text.
 */
static guint
count_hyphens (GtkLabel *label, int width)
{
  g_autoptr (PangoLayout) layout = pango_layout_copy (gtk_label_get_layout (label));
  guint n = 0;

  pango_layout_set_width (layout, width * PANGO_SCALE);
  g_assert_cmpint (pango_layout_get_line_count (layout), >, 1);
  for (GSList *line = pango_layout_get_lines_readonly (layout); line != NULL; line = line->next)
    for (GSList *run = ((PangoLayoutLine *)line->data)->runs; run != NULL; run = run->next)
      n += (((PangoLayoutRun *)run->data)->item->analysis.flags & PANGO_ANALYSIS_FLAG_NEED_HYPHEN)
           != 0;

  return n;
}

static void
test_label (void)
{
  g_autoptr (GtkLabel) label = create_label ();

  g_assert_cmpuint (count_hyphens (label, 100), >, 0); /* what GTK does by itself */
  confab_name_label_insert_no_hyphens (GTK_WIDGET (label));
  for (int width = 60; width <= 200; width += 10)
    g_assert_cmpuint (count_hyphens (label, width), ==, 0);

  gtk_label_set_text (label, NAME NAME);
  g_assert_cmpuint (count_hyphens (label, 100), ==, 0);
}

/* All labels of a row, whatever they are in. */
static void
test_row (void)
{
  g_autoptr (GtkWidget) outer = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GtkLabel) first = create_label ();
  g_autoptr (GtkLabel) second = create_label ();

  gtk_box_append (GTK_BOX (outer), GTK_WIDGET (first));
  gtk_box_append (GTK_BOX (outer), inner);
  gtk_box_append (GTK_BOX (inner), GTK_WIDGET (second));
  confab_name_label_insert_no_hyphens (outer);
  g_assert_cmpuint (count_hyphens (first, 100), ==, 0);
  g_assert_cmpuint (count_hyphens (second, 100), ==, 0);
}

/* Return the label under @widget that is cut off after some lines, or NULL. */
static GtkLabel *
find_cut (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_label_get_lines (GTK_LABEL (widget)) > 0)
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkLabel *found = find_cut (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* libadwaita cuts a banner off after three lines. */
static void
test_banner (void)
{
  g_autoptr (GtkWidget) banner = g_object_ref_sink (adw_banner_new ("A long title"));

  g_assert_nonnull (find_cut (banner));
  confab_labels_show_whole (banner);
  g_assert_null (find_cut (banner));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/name-label/banner", test_banner);
  g_test_add_func ("/app/name-label/label", test_label);
  g_test_add_func ("/app/name-label/row", test_row);

  return g_test_run ();
}
