/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-name-label.h"

#include <adwaita.h>

/* A dialog has its child in its own tree only once it is presented. (transfer none) (nullable) */
static GtkWidget *
content_of (GtkWidget *widget)
{
  return ADW_IS_DIALOG (widget) ? adw_dialog_get_child (ADW_DIALOG (widget)) : NULL;
}

static void
set_label (GtkLabel *label)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
}

/**
 * confab_name_label_insert_no_hyphens:
 * @widget: a label that shows a name, an address or a code, or a row with such labels
 *
 * Breaks long words without a hyphen, which would look like a letter of the name.
 */
void
confab_name_label_insert_no_hyphens (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_LABEL (widget))
    {
      set_label (GTK_LABEL (widget));
      return;
    }
  if (content_of (widget) != NULL)
    confab_name_label_insert_no_hyphens (content_of (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    confab_name_label_insert_no_hyphens (child);
}

static void
show_whole (GtkLabel *label)
{
  gtk_label_set_single_line_mode (label, FALSE);
  gtk_label_set_lines (label, -1);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (label, GTK_NATURAL_WRAP_NONE); /* one line where there is room */
  gtk_label_set_width_chars (label, -1);    /* which may be more than its text is wide */
  if (gtk_label_get_xalign (label) > 0.25F) /* centered, as titles of pages and buttons are */
    gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
}

/**
 * confab_labels_show_whole:
 * @widget: a page or a dialog whose template is initialized
 *
 * Makes the titles of dialogs, pages, groups and buttons under @widget break into lines, where
 * libadwaita would cut them off, and shows banners whole. Other labels with a maximum of lines stay
 * as they are.
 */
void
confab_labels_show_whole (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_LABEL (widget))
    {
      if (gtk_label_get_ellipsize (GTK_LABEL (widget)) != PANGO_ELLIPSIZE_NONE
          && (gtk_label_get_lines (GTK_LABEL (widget)) < 0
              || gtk_widget_get_ancestor (widget, ADW_TYPE_BANNER) != NULL))
        show_whole (GTK_LABEL (widget));
      return;
    }
  if (GTK_IS_EDITABLE (widget)) /* its placeholder stays in its line */
    return;
  if (content_of (widget) != NULL)
    confab_labels_show_whole (content_of (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    confab_labels_show_whole (child);
}
