/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-verify-dialog.h"

#include <glib/gi18n.h>

#include "confab-dialog-focus.h"
#include "confab-dialog-tie.h"
#include "confab-form.h"
#include "confab-name-label.h"

struct _ConfabVerifyDialog
{
  AdwDialog parent_instance;
  ConfabForm *form;
  ConfabFormField *password;
  ConfabClient *client;
  GTask *task; /* set until the dialog is answered */
};

G_DEFINE_FINAL_TYPE (ConfabVerifyDialog, confab_verify_dialog, ADW_TYPE_DIALOG)

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabVerifyDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  confab_client_verify_finish (CONFAB_CLIENT (source), result, &error);
  if (!confab_form_end (self->form, error))
    return;

  task = g_steal_pointer (&self->task);
  adw_dialog_close (ADW_DIALOG (self));
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static void
submit_cb (ConfabVerifyDialog *self)
{
  g_autoptr (GCancellable) cancellable = confab_form_begin (self->form);

  confab_client_verify_async (self->client, confab_form_field_get_text (self->password),
                              cancellable, verified_cb, g_object_ref (self));
}

static void
confab_verify_dialog_closed (AdwDialog *dialog)
{
  ConfabVerifyDialog *self = CONFAB_VERIFY_DIALOG (dialog);
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The password was not given");
}

static void
confab_verify_dialog_dispose (GObject *object)
{
  ConfabVerifyDialog *self = CONFAB_VERIFY_DIALOG (object);

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

  g_type_ensure (CONFAB_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-verify-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabVerifyDialog, form);
  gtk_widget_class_bind_template_child (widget_class, ConfabVerifyDialog, password);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
}

static void
confab_verify_dialog_init (ConfabVerifyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
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
