/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-new-conversation-dialog.h"

#include <glib/gi18n.h>

#include "confab-busy-button.h"
#include "confab-dialog-focus.h"
#include "confab-form-field.h"
#include "confab-people-picker.h"
#include "confab-text.h"
#include "confab-toast.h"

struct _ConfabNewConversationDialog
{
  AdwDialog           parent_instance;
  ConfabPeoplePicker *picker;
  GtkRevealer        *title_revealer;
  ConfabFormField    *title_field;
  ConfabBusyButton   *create_button;
  ConfabClient       *client;
  GCancellable       *cancellable; /* while it is being created */
};

enum
{
  CREATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabNewConversationDialog, confab_new_conversation_dialog, ADW_TYPE_DIALOG)

static void
update (ConfabNewConversationDialog *self)
{
  guint n = g_list_model_get_n_items (confab_people_picker_get_chosen (self->picker));
  gboolean group = n > 1;
  gboolean busy = self->cancellable != NULL;

  gtk_revealer_set_reveal_child (self->title_revealer, group);
  confab_busy_button_set_busy (self->create_button, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->create_button),
                            !busy && n > 0
                              && (!group || confab_form_field_is_valid (self->title_field)));
  confab_people_picker_set_busy (self->picker, busy);
  confab_form_field_set_editable (self->title_field, !busy);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabNewConversationDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabConversation) conversation =
    confab_client_create_finish (CONFAB_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (conversation == NULL)
    {
      update (self);
      confab_toast_error (GTK_WIDGET (self->picker), error);
      return;
    }
  /* Closed first: then the focus is where it was before, and can move on from there. */
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CREATED], 0, conversation);
}

static void
create_direct (ConfabNewConversationDialog *self, ConfabUser *user)
{
  self->cancellable = g_cancellable_new ();
  confab_client_create_direct_async (self->client, user, self->cancellable, created_cb,
                                     g_object_ref (self));
  update (self);
}

static void
create_group (ConfabNewConversationDialog *self, GListModel *users)
{
  g_autofree char *title = confab_form_field_submit (self->title_field);

  self->cancellable = g_cancellable_new ();
  confab_client_create_group_async (self->client, title, users, self->cancellable, created_cb,
                                    g_object_ref (self));
  update (self);
}

static void
create_cb (ConfabNewConversationDialog *self)
{
  GListModel *chosen = confab_people_picker_get_chosen (self->picker);
  g_autoptr (ConfabUser) first = g_list_model_get_item (chosen, 0);

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->create_button)))
    return;

  if (g_list_model_get_n_items (chosen) == 1)
    create_direct (self, first);
  else
    create_group (self, chosen);
}

/* Most conversations are with one person: one click does it. Once somebody is ticked it is about a group. */
static gboolean
person_activated_cb (ConfabNewConversationDialog *self, ConfabUser *user)
{
  if (self->cancellable != NULL
      || g_list_model_get_n_items (confab_people_picker_get_chosen (self->picker)) > 0)
    return FALSE;

  create_direct (self, user);
  return TRUE;
}

static void
confab_new_conversation_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (CONFAB_NEW_CONVERSATION_DIALOG (dialog)->cancellable);
}

static void
confab_new_conversation_dialog_dispose (GObject *object)
{
  ConfabNewConversationDialog *self = CONFAB_NEW_CONVERSATION_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_NEW_CONVERSATION_DIALOG);

  G_OBJECT_CLASS (confab_new_conversation_dialog_parent_class)->dispose (object);
}

static void
confab_new_conversation_dialog_class_init (ConfabNewConversationDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_new_conversation_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = confab_new_conversation_dialog_closed;

  signals[CREATED] =
    g_signal_new ("created", CONFAB_TYPE_NEW_CONVERSATION_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CONVERSATION);

  g_type_ensure (CONFAB_TYPE_BUSY_BUTTON);
  g_type_ensure (CONFAB_TYPE_FORM_FIELD);
  g_type_ensure (CONFAB_TYPE_PEOPLE_PICKER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/chat/confab/Confab/ui/confab-new-conversation-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabNewConversationDialog, picker);
  gtk_widget_class_bind_template_child (widget_class, ConfabNewConversationDialog, title_revealer);
  gtk_widget_class_bind_template_child (widget_class, ConfabNewConversationDialog, title_field);
  gtk_widget_class_bind_template_child (widget_class, ConfabNewConversationDialog, create_button);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, person_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
confab_new_conversation_dialog_init (ConfabNewConversationDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_dialog_focus_init (ADW_DIALOG (self), GTK_WIDGET (self->picker));

  confab_form_field_set_check (self->title_field, confab_text_title);
  g_signal_connect_object (confab_people_picker_get_chosen (self->picker), "items-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

ConfabNewConversationDialog *
confab_new_conversation_dialog_new (ConfabClient *client)
{
  ConfabNewConversationDialog *self = g_object_new (CONFAB_TYPE_NEW_CONVERSATION_DIALOG, NULL);

  self->client = g_object_ref (client);
  confab_people_picker_start (self->picker, client, NULL);
  return self;
}
