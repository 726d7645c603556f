/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-status-page-name.h"

static void
title_cb (AdwStatusPage *page)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (page))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, adw_status_page_get_title (page),
                                  -1);
}

/**
 * confab_status_page_name:
 * @page: a new status page without a button
 *
 * Names what takes the focus in @page, so that a screen reader says its title. Libadwaita scrolls
 * its content, and a scrolled window without anything to focus takes the focus itself.
 */
void
confab_status_page_name (AdwStatusPage *page)
{
  GtkWidget *scrolled = gtk_widget_get_first_child (GTK_WIDGET (page));

  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scrolled));

  /* Its own role permits no name. */
  g_object_set (scrolled, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  g_signal_connect_object (page, "notify::title", G_CALLBACK (title_cb), page, G_CONNECT_DEFAULT);
  title_cb (page);
}
