/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-alert.h"

#include "confab-name-label.h"

#define ROOM 220   /* pixels for a label when the buttons are below each other */
#define PADDING 10 /* above and below it */

/* libadwaita makes a button as high as its label in one line. */
static void
make_room (GtkLabel *label)
{
  g_autoptr (PangoLayout) line =
      gtk_widget_create_pango_layout (GTK_WIDGET (label), gtk_label_get_text (label));
  GtkWidget *button = gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_BUTTON);
  int width, height;

  pango_layout_get_pixel_size (line, &width, &height);
  if (width > ROOM)
    gtk_widget_set_size_request (button, -1, 2 * height + 2 * PADDING);
}

/* Let the labels of buttons take two lines. */
static void
limit_lines (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) != NULL)
    {
      gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD);
      gtk_label_set_lines (GTK_LABEL (widget), 2);
      gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_END);
      make_room (GTK_LABEL (widget));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    limit_lines (child);
}

/* The buttons are added after the dialog was created. */
static void
map_cb (GtkWidget *dialog)
{
  confab_labels_show_whole (dialog);
  limit_lines (dialog);
}

/**
 * confab_alert_new:
 * @heading: the question, or what happened
 * @body: more about it
 *
 * Returns: (transfer floating): an #AdwAlertDialog that breaks the names and addresses in its texts
 *   without hyphens, and the labels of its buttons into lines where they would not fit
 */
AdwDialog *
confab_alert_new (const char *heading, const char *body)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  confab_name_label_insert_no_hyphens (GTK_WIDGET (dialog));
  g_signal_connect (dialog, "map", G_CALLBACK (map_cb), NULL);
  return dialog;
}
