/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-change-password-page.h"

#include <glib/gi18n.h>

#include "confab-client-account.h"
#include "confab-form.h"
#include "confab-name-label.h"
#include "confab-password-meter.h"

struct _ConfabChangePasswordPage
{
  AdwNavigationPage parent_instance;
  ConfabForm *form;
  ConfabFormField *current;
  ConfabFormField *password;
  ConfabPasswordMeter *meter;
  ConfabClient *client;
};

G_DEFINE_FINAL_TYPE (ConfabChangePasswordPage,
                     confab_change_password_page,
                     ADW_TYPE_NAVIGATION_PAGE)

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabChangePasswordPage) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_client_change_password_finish (CONFAB_CLIENT (source), result, &error);
  if (confab_form_end (self->form, error))
    confab_form_leave (self->form, _("Password changed"));
}

static void
submit_cb (ConfabChangePasswordPage *self)
{
  g_autofree char *password = confab_form_field_submit (self->password);
  g_autoptr (GCancellable) cancellable = confab_form_begin (self->form);

  confab_client_change_password_async (self->client, confab_form_field_get_text (self->current),
                                       password, cancellable, changed_cb, g_object_ref (self));
}

static void
confab_change_password_page_dispose (GObject *object)
{
  g_clear_object (&CONFAB_CHANGE_PASSWORD_PAGE (object)->client);
  gtk_widget_dispose_template (GTK_WIDGET (object), CONFAB_TYPE_CHANGE_PASSWORD_PAGE);

  G_OBJECT_CLASS (confab_change_password_page_parent_class)->dispose (object);
}

static void
confab_change_password_page_class_init (ConfabChangePasswordPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_change_password_page_dispose;

  g_type_ensure (CONFAB_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/chat/confab/Confab/ui/confab-change-password-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabChangePasswordPage, form);
  gtk_widget_class_bind_template_child (widget_class, ConfabChangePasswordPage, current);
  gtk_widget_class_bind_template_child (widget_class, ConfabChangePasswordPage, password);
  gtk_widget_class_bind_template_child (widget_class, ConfabChangePasswordPage, meter);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
}

static void
confab_change_password_page_init (ConfabChangePasswordPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
}

AdwNavigationPage *
confab_change_password_page_new (ConfabClient *client)
{
  ConfabChangePasswordPage *self = g_object_new (CONFAB_TYPE_CHANGE_PASSWORD_PAGE, NULL);
  ConfabUser *user = confab_client_get_self_user (client);

  self->client = g_object_ref (client);
  g_object_set (self->meter, "username", confab_user_get_username (user), "email",
                confab_user_get_email (user), NULL);

  return ADW_NAVIGATION_PAGE (self);
}
