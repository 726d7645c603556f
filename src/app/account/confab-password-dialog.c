/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-password-dialog.h"

#include <glib/gi18n.h>

#include "confab-dialog-focus.h"
#include "confab-form.h"
#include "confab-name-label.h"

struct _ConfabPasswordDialog
{
  AdwDialog parent_instance;
  ConfabForm *form;
  ConfabFormField *password;
  ConfabClient *client;
};

G_DEFINE_FINAL_TYPE (ConfabPasswordDialog, confab_password_dialog, ADW_TYPE_DIALOG)

static void
sign_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPasswordDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_client_sign_in_again_finish (CONFAB_CLIENT (source), result, &error);
  if (confab_form_end (self->form, error))
    adw_dialog_close (ADW_DIALOG (self));
}

static void
submit_cb (ConfabPasswordDialog *self)
{
  g_autoptr (GCancellable) cancellable = confab_form_begin (self->form);

  confab_client_sign_in_again_async (self->client, confab_form_field_get_text (self->password),
                                     cancellable, sign_in_cb, g_object_ref (self));
}

static void
confab_password_dialog_dispose (GObject *object)
{
  ConfabPasswordDialog *self = CONFAB_PASSWORD_DIALOG (object);

  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_PASSWORD_DIALOG);

  G_OBJECT_CLASS (confab_password_dialog_parent_class)->dispose (object);
}

static void
confab_password_dialog_class_init (ConfabPasswordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_password_dialog_dispose;

  g_type_ensure (CONFAB_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabPasswordDialog, form);
  gtk_widget_class_bind_template_child (widget_class, ConfabPasswordDialog, password);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
}

static void
confab_password_dialog_init (ConfabPasswordDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
  confab_dialog_focus_init (ADW_DIALOG (self), GTK_WIDGET (self->password));
}

ConfabPasswordDialog *
confab_password_dialog_new (ConfabClient *client)
{
  ConfabPasswordDialog *self = g_object_new (CONFAB_TYPE_PASSWORD_DIALOG, NULL);
  ConfabAccount *account = confab_client_get_account (client);
  g_autofree char *who = NULL;

  self->client = g_object_ref (client);
  /* Translators: a username and the address of a server. */
  who = g_strdup_printf (_("as %s, to %s"), confab_account_get_username (account),
                         confab_account_get_server (account));
  confab_form_set_intro (self->form, who);
  return self;
}
