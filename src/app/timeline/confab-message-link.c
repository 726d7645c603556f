/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* GTK 4.18 has no hypertext interface for widgets, so each link is a child widget with the role of
 * a link. */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-message-link.h"

struct _ConfabMessageLink
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (ConfabMessageLink, confab_message_link, GTK_TYPE_WIDGET)

static void
open_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (widget);
  gtk_widget_activate_action (widget, "text.open-link", NULL);
}

static void
confab_message_link_class_init (ConfabMessageLinkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "link.open", NULL, open_cb);
  gtk_widget_class_set_css_name (widget_class, "messagelink");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LINK);
}

static void
confab_message_link_init (ConfabMessageLink *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
confab_message_link_new (const ConfabLink *link, const char *text)
{
  GtkWidget *self = g_object_new (CONFAB_TYPE_MESSAGE_LINK, NULL);
  g_autofree char *description = confab_link_describe (link);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);

  return self;
}
