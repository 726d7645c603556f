/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-delete-account-page.h"

#include <glib/gi18n.h>

#include "confab-client-account.h"
#include "confab-form.h"
#include "confab-name-label.h"

struct _ConfabDeleteAccountPage
{
  AdwNavigationPage parent_instance;
  ConfabForm *form;
  ConfabFormField *username;
  ConfabFormField *password;
  ConfabClient *client;
};

G_DEFINE_FINAL_TYPE (ConfabDeleteAccountPage, confab_delete_account_page, ADW_TYPE_NAVIGATION_PAGE)

static void
changed_cb (ConfabDeleteAccountPage *self)
{
  ConfabUser *user = self->client != NULL ? confab_client_get_self_user (self->client) : NULL;

  confab_form_set_complete (self->form,
                            user != NULL
                                && g_str_equal (confab_form_field_get_text (self->username),
                                                confab_user_get_username (user)));
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabDeleteAccountPage) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_client_delete_account_finish (CONFAB_CLIENT (source), result, &error);
  if (confab_form_end (self->form, error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.forget-account", NULL);
}

static void
submit_cb (ConfabDeleteAccountPage *self)
{
  g_autoptr (GCancellable) cancellable = confab_form_begin (self->form);

  confab_client_delete_account_async (self->client, confab_form_field_get_text (self->password),
                                      cancellable, deleted_cb, g_object_ref (self));
}

static void
confab_delete_account_page_dispose (GObject *object)
{
  g_clear_object (&CONFAB_DELETE_ACCOUNT_PAGE (object)->client);
  gtk_widget_dispose_template (GTK_WIDGET (object), CONFAB_TYPE_DELETE_ACCOUNT_PAGE);

  G_OBJECT_CLASS (confab_delete_account_page_parent_class)->dispose (object);
}

static void
confab_delete_account_page_class_init (ConfabDeleteAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_delete_account_page_dispose;

  g_type_ensure (CONFAB_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/chat/confab/Confab/ui/confab-delete-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabDeleteAccountPage, form);
  gtk_widget_class_bind_template_child (widget_class, ConfabDeleteAccountPage, username);
  gtk_widget_class_bind_template_child (widget_class, ConfabDeleteAccountPage, password);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
confab_delete_account_page_init (ConfabDeleteAccountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
}

AdwNavigationPage *
confab_delete_account_page_new (ConfabClient *client)
{
  ConfabDeleteAccountPage *self = g_object_new (CONFAB_TYPE_DELETE_ACCOUNT_PAGE, NULL);

  self->client = g_object_ref (client);
  changed_cb (self);

  return ADW_NAVIGATION_PAGE (self);
}
