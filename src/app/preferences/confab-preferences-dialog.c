/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-preferences-dialog.h"

#include "confab-account-page.h"
#include "confab-administration-page.h"
#include "confab-general-page.h"
#include "confab-name-label.h"

#define MIN_WIDTH 300
#define MIN_HEIGHT 150

struct _ConfabPreferencesDialog
{
  AdwPreferencesDialog parent_instance;
  ConfabAccountPage *account_page;
  ConfabAdministrationPage *admin_page;
};

G_DEFINE_FINAL_TYPE (ConfabPreferencesDialog,
                     confab_preferences_dialog,
                     ADW_TYPE_PREFERENCES_DIALOG)

static void
confab_preferences_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CONFAB_TYPE_PREFERENCES_DIALOG);

  G_OBJECT_CLASS (confab_preferences_dialog_parent_class)->dispose (object);
}

static void
confab_preferences_dialog_class_init (ConfabPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_preferences_dialog_dispose;

  g_type_ensure (CONFAB_TYPE_ACCOUNT_PAGE);
  g_type_ensure (CONFAB_TYPE_ADMINISTRATION_PAGE);
  g_type_ensure (CONFAB_TYPE_GENERAL_PAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/chat/confab/Confab/ui/confab-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabPreferencesDialog, account_page);
  gtk_widget_class_bind_template_child (widget_class, ConfabPreferencesDialog, admin_page);
}

/* Libadwaita requires 360 pixels, but a window of that width has less inside its borders. */
static void
make_narrow (ConfabPreferencesDialog *self)
{
  GtkWidget *bin =
      gtk_widget_get_ancestor (GTK_WIDGET (self->account_page), ADW_TYPE_BREAKPOINT_BIN);

  if (bin != NULL)
    gtk_widget_set_size_request (bin, MIN_WIDTH, MIN_HEIGHT);
}

/* Break the titles of pages into lines, where libadwaita would cut them off. */
static void
show_titles_whole (GtkWidget *widget)
{
  if (ADW_IS_VIEW_SWITCHER_BAR (widget))
    {
      confab_labels_show_whole (widget);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    show_titles_whole (child);
}

static void
confab_preferences_dialog_init (ConfabPreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_narrow (self);
  show_titles_whole (adw_dialog_get_child (ADW_DIALOG (self)));
}

/**
 * confab_preferences_dialog_new:
 * @client: the account's client
 *
 * Returns: (transfer floating): the dialog
 */
ConfabPreferencesDialog *
confab_preferences_dialog_new (ConfabClient *client)
{
  ConfabPreferencesDialog *self = g_object_new (CONFAB_TYPE_PREFERENCES_DIALOG, NULL);

  confab_account_page_set_client (self->account_page, client);
  confab_administration_page_set_client (self->admin_page, client);
  return self;
}
