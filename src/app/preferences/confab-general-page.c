/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-general-page.h"

#include <glib/gi18n.h>

#include "confab-notifications-page.h"
#include "confab-settings-row.h"
#include "confab-settings.h"

struct _ConfabGeneralPage
{
  AdwPreferencesPage parent_instance;
  AdwSwitchRow *enter_row;
  AdwComboRow *appearance_row;
  AdwComboRow *text_size_row;
  AdwSwitchRow *search_row;
};

G_DEFINE_FINAL_TYPE (ConfabGeneralPage, confab_general_page, ADW_TYPE_PREFERENCES_PAGE)

/* A page of its own, because more tabs would not fit into a narrow window with large text. */
static void
notifications_cb (ConfabGeneralPage *self)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  AdwToolbarView *view = ADW_TOOLBAR_VIEW (adw_toolbar_view_new ());

  adw_toolbar_view_add_top_bar (view, adw_header_bar_new ());
  adw_toolbar_view_set_content (view, g_object_new (CONFAB_TYPE_NOTIFICATIONS_PAGE, NULL));
  adw_preferences_dialog_push_subpage (
      ADW_PREFERENCES_DIALOG (dialog),
      adw_navigation_page_new (GTK_WIDGET (view), _("Notifications")));
}

static void
confab_general_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CONFAB_TYPE_GENERAL_PAGE);

  G_OBJECT_CLASS (confab_general_page_parent_class)->dispose (object);
}

static void
confab_general_page_class_init (ConfabGeneralPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_general_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-general-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabGeneralPage, enter_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabGeneralPage, appearance_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabGeneralPage, text_size_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabGeneralPage, search_row);
  gtk_widget_class_bind_template_callback (widget_class, notifications_cb);
}

static void
confab_general_page_init (ConfabGeneralPage *self)
{
  GSettings *settings = confab_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_settings_bind (settings, CONFAB_SETTINGS_ENTER_SENDS, self->enter_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, CONFAB_SETTINGS_SEARCH_MESSAGES, self->search_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  confab_settings_bind_choice (CONFAB_SETTINGS_APPEARANCE, self->appearance_row);
  confab_settings_bind_choice (CONFAB_SETTINGS_MESSAGE_TEXT_SIZE, self->text_size_row);
}
