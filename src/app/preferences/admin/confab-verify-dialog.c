/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-verify-dialog.h"

#include <glib/gi18n.h>

#include "confab-text-button.h"
#include "confab-dialog-focus.h"
#include "confab-dialog-tie.h"
#include "confab-error-text.h"
#include "confab-form-field.h"
#include "confab-problem.h"

struct _ConfabVerifyDialog
{
  AdwDialog parent_instance;
  ConfabFormField *password;
  ConfabTextButton *submit_button;
  ConfabClient *client;
  GTask *task;               /* until it is answered */
  GCancellable *cancellable; /* while the server is asked */
};

G_DEFINE_FINAL_TYPE (ConfabVerifyDialog, confab_verify_dialog, ADW_TYPE_DIALOG)

static void
update_busy (ConfabVerifyDialog *self)
{
  gboolean busy = self->cancellable != NULL;

  confab_text_button_set_busy (self->submit_button, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit_button),
                            !busy && *confab_form_field_get_text (self->password) != '\0');
  confab_form_field_set_editable (self->password, !busy);
}

static const char *
error_text (const GError *error)
{
  return g_error_matches (error, CONFAB_PROBLEM, CONFAB_PROBLEM_WRONG_CREDENTIALS)
             ? _("This password is wrong.")
             : confab_error_text (error);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabVerifyDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  gboolean verified = confab_client_verify_finish (CONFAB_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (verified)
    {
      task = g_steal_pointer (&self->task);
      adw_dialog_close (ADW_DIALOG (self));
      if (task != NULL)
        g_task_return_boolean (task, TRUE);
      return;
    }
  update_busy (self);
  confab_form_field_set_error (self->password, error_text (error));
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
submit_cb (ConfabVerifyDialog *self)
{
  const char *password = confab_form_field_get_text (self->password);

  if (self->cancellable != NULL || *password == '\0')
    return;

  self->cancellable = g_cancellable_new ();
  update_busy (self);
  confab_client_verify_async (self->client, password, self->cancellable, verified_cb,
                              g_object_ref (self));
}

static void
confab_verify_dialog_closed (AdwDialog *dialog)
{
  ConfabVerifyDialog *self = CONFAB_VERIFY_DIALOG (dialog);
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_cancellable_cancel (self->cancellable);
  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The password was not given");
}

static void
confab_verify_dialog_dispose (GObject *object)
{
  ConfabVerifyDialog *self = CONFAB_VERIFY_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_VERIFY_DIALOG);

  G_OBJECT_CLASS (confab_verify_dialog_parent_class)->dispose (object);
}

static void
confab_verify_dialog_class_init (ConfabVerifyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_verify_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = confab_verify_dialog_closed;

  g_type_ensure (CONFAB_TYPE_TEXT_BUTTON);
  g_type_ensure (CONFAB_TYPE_FORM_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-verify-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabVerifyDialog, password);
  gtk_widget_class_bind_template_child (widget_class, ConfabVerifyDialog, submit_button);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_busy);
}

static void
confab_verify_dialog_init (ConfabVerifyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_dialog_focus_init (ADW_DIALOG (self), GTK_WIDGET (self->password));
}

void
confab_verify_async (ConfabClient *client,
                     GtkWidget *parent,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  ConfabVerifyDialog *self = g_object_new (CONFAB_TYPE_VERIFY_DIALOG, NULL);

  self->client = g_object_ref (client);
  self->task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, confab_verify_async);
  confab_dialog_tie (ADW_DIALOG (self), cancellable);
  adw_dialog_present (ADW_DIALOG (self), parent);
}

gboolean
confab_verify_finish (ConfabClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
