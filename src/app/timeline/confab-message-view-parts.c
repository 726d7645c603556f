/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Creates the parts of a row. Those that few messages need are created when they are needed. */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-message-view-private.h"

#include "confab-time-text.h"

#include <glib/gi18n.h>

/* Computed on request: setting the tooltip text queries the pointer position for every row. */
static gboolean
time_tooltip_cb (ConfabMessageView *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *full = NULL;

  if (self->message == NULL)
    return FALSE;

  full = confab_time_text_full (confab_message_get_sent_at (self->message));
  gtk_tooltip_set_text (tooltip, full);
  return TRUE;
}

static GtkWidget *
create_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
create_time (ConfabMessageView *self)
{
  GtkWidget *label = create_label ("time");

  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect_object (label, "query-tooltip", G_CALLBACK (time_tooltip_cb), self,
                           G_CONNECT_SWAPPED);

  return label;
}

static void
create_dividers (ConfabMessageView *self)
{
  /* Translators: a line above the first message that is not read */
  GtkWidget *label = gtk_label_new (_("New messages"));

  self->day = create_label ("day");
  gtk_widget_set_halign (self->day, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->day, GTK_WIDGET (self));

  self->unread = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->unread, "unread");
  gtk_box_append (GTK_BOX (self->unread), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->unread), label);
  gtk_box_append (GTK_BOX (self->unread), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_widget_set_hexpand (gtk_widget_get_first_child (self->unread), TRUE);
  gtk_widget_set_hexpand (gtk_widget_get_last_child (self->unread), TRUE);
  gtk_widget_set_valign (gtk_widget_get_first_child (self->unread), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (gtk_widget_get_last_child (self->unread), GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->unread, GTK_WIDGET (self));
}

static void
create_header (ConfabMessageView *self)
{
  /* The avatar is decorative, because the name is beside it. */
  self->avatar = g_object_new (ADW_TYPE_AVATAR, "size", 32, "show-initials", TRUE,
                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (self->avatar, GTK_WIDGET (self));

  self->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->header, "header");
  self->name = create_label ("name");
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  self->header_time = create_time (self);
  gtk_box_append (GTK_BOX (self->header), self->name);
  gtk_box_append (GTK_BOX (self->header), self->header_time);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
}

static void
create_bubble (ConfabMessageView *self)
{
  self->text = confab_message_text_new ();
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));

  self->side = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_widget_add_css_class (self->side, "side");
  self->side_icon = gtk_image_new_from_icon_name ("document-open-recent-symbolic");
  gtk_widget_set_tooltip_text (self->side_icon, _("Waiting to be sent"));
  self->side_time = create_time (self);
  gtk_box_append (GTK_BOX (self->side), self->side_icon);
  gtk_box_append (GTK_BOX (self->side), self->side_time);
  gtk_widget_set_parent (self->side, GTK_WIDGET (self));
}

void
confab_message_view_create_parts (ConfabMessageView *self)
{
  create_dividers (self);
  create_header (self);
  create_bubble (self);
}
