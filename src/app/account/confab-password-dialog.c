/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-password-dialog.h"

#include <glib/gi18n.h>

#include "confab-text-button.h"
#include "confab-dialog-focus.h"
#include "confab-error-text.h"
#include "confab-form-field.h"

struct _ConfabPasswordDialog
{
  AdwDialog parent_instance;
  GtkLabel *who_label;
  ConfabFormField *password;
  ConfabTextButton *submit_button;
  ConfabClient *client;
  GCancellable *cancellable; /* while signing in */
};

G_DEFINE_FINAL_TYPE (ConfabPasswordDialog, confab_password_dialog, ADW_TYPE_DIALOG)

static void
update_busy (ConfabPasswordDialog *self)
{
  gboolean busy = self->cancellable != NULL;

  confab_text_button_set_busy (self->submit_button, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit_button),
                            !busy && *confab_form_field_get_text (self->password) != '\0');
  confab_form_field_set_editable (self->password, !busy);
}

static void
sign_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabPasswordDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = confab_client_sign_in_again_finish (CONFAB_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (done)
    {
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  update_busy (self);
  confab_form_field_set_error (self->password, confab_error_text (error));
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
submit_cb (ConfabPasswordDialog *self)
{
  const char *password = confab_form_field_get_text (self->password);

  if (self->cancellable != NULL || *password == '\0')
    return;

  self->cancellable = g_cancellable_new ();
  update_busy (self);
  confab_client_sign_in_again_async (self->client, password, self->cancellable, sign_in_cb,
                                     g_object_ref (self));
}

static void
confab_password_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (CONFAB_PASSWORD_DIALOG (dialog)->cancellable);
}

static void
confab_password_dialog_dispose (GObject *object)
{
  ConfabPasswordDialog *self = CONFAB_PASSWORD_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_PASSWORD_DIALOG);

  G_OBJECT_CLASS (confab_password_dialog_parent_class)->dispose (object);
}

static void
confab_password_dialog_class_init (ConfabPasswordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_password_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = confab_password_dialog_closed;

  g_type_ensure (CONFAB_TYPE_TEXT_BUTTON);
  g_type_ensure (CONFAB_TYPE_FORM_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabPasswordDialog, who_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabPasswordDialog, password);
  gtk_widget_class_bind_template_child (widget_class, ConfabPasswordDialog, submit_button);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_busy);
}

static void
confab_password_dialog_init (ConfabPasswordDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
  gtk_label_set_text (self->who_label, who);
  return self;
}
