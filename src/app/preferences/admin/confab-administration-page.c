/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-administration-page.h"

#include <glib/gi18n.h>

#include "confab-audit-list-page.h"
#include "confab-invitations-page.h"
#include "confab-people-list-page.h"
#include "confab-roles-page.h"

struct _ConfabAdministrationPage
{
  AdwPreferencesPage parent_instance;
  GtkWidget *rows;
  ConfabClient *client;
  AdwNavigationPage *opened; /* (nullable): the page opened from this one; weak */
};

G_DEFINE_FINAL_TYPE (ConfabAdministrationPage,
                     confab_administration_page,
                     ADW_TYPE_PREFERENCES_PAGE)

/* ---- subpages ---- */

static void
open (ConfabAdministrationPage *self, gpointer page)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  g_set_weak_pointer (&self->opened, ADW_NAVIGATION_PAGE (page));
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (dialog), self->opened);
}

static void
people_cb (ConfabAdministrationPage *self)
{
  open (self, confab_people_list_page_new (self->client));
}

static void
invitations_cb (ConfabAdministrationPage *self)
{
  open (self, confab_invitations_page_new (self->client));
}

static void
roles_cb (ConfabAdministrationPage *self)
{
  open (self, confab_roles_page_new (self->client));
}

static void
audit_cb (ConfabAdministrationPage *self)
{
  open (self, confab_audit_list_page_new (self->client));
}

/* ---- connection ---- */

static void
connection_cb (ConfabAdministrationPage *self)
{
  gboolean online = confab_client_is_online (self->client);

  gtk_widget_set_sensitive (self->rows, online);
  adw_preferences_page_set_description (
      ADW_PREFERENCES_PAGE (self),
      online ? "" : _("You are offline. Administration needs a connection to the server."));
}

/* ---- permission ---- */

/* The account's pages are never above or below those of administration. */
static void
close_pages (ConfabAdministrationPage *self, AdwPreferencesDialog *dialog)
{
  if (self->opened == NULL)
    return;
  while (adw_preferences_dialog_pop_subpage (dialog))
    ;
}

static void
permissions_cb (ConfabAdministrationPage *self)
{
  gboolean permitted = confab_client_permits (self->client, CONFAB_PERMISSION_LIST_PEOPLE);
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  AdwToast *toast = NULL;

  if (permitted == gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (!permitted && dialog != NULL)
    {
      close_pages (self, ADW_PREFERENCES_DIALOG (dialog));
      toast = adw_toast_new (_("You are no longer an administrator of this server"));
      adw_toast_set_timeout (toast, 0); /* shown until the user closes it */
      adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), permitted);
}

/* ---- the object ---- */

static void
confab_administration_page_dispose (GObject *object)
{
  ConfabAdministrationPage *self = CONFAB_ADMINISTRATION_PAGE (object);

  g_clear_weak_pointer (&self->opened);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_ADMINISTRATION_PAGE);

  G_OBJECT_CLASS (confab_administration_page_parent_class)->dispose (object);
}

static void
confab_administration_page_class_init (ConfabAdministrationPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_administration_page_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/chat/confab/Confab/ui/confab-administration-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabAdministrationPage, rows);
  gtk_widget_class_bind_template_callback (widget_class, audit_cb);
  gtk_widget_class_bind_template_callback (widget_class, invitations_cb);
  gtk_widget_class_bind_template_callback (widget_class, people_cb);
  gtk_widget_class_bind_template_callback (widget_class, roles_cb);
}

static void
confab_administration_page_init (ConfabAdministrationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
confab_administration_page_set_client (ConfabAdministrationPage *self, ConfabClient *client)
{
  g_return_if_fail (CONFAB_IS_ADMINISTRATION_PAGE (self));
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  g_signal_connect_object (client, "notify::connection-state", G_CALLBACK (connection_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "permissions-changed", G_CALLBACK (permissions_cb), self,
                           G_CONNECT_SWAPPED);
  connection_cb (self);
  permissions_cb (self);
}
