/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-new-conversation-dialog.h"

#include "confab-dialog-focus.h"
#include "confab-name-label.h"
#include "confab-new-group-page.h"
#include "confab-people-picker.h"
#include "confab-toast.h"

struct _ConfabNewConversationDialog
{
  AdwDialog parent_instance;
  AdwNavigationView *navigation;
  ConfabPeoplePicker *picker;
  GtkWidget *group_row;
  GtkWidget *spinner;
  ConfabNewGroupPage *group_page; /* (nullable) the page on the navigation stack */
  ConfabClient *client;
  GCancellable *cancellable; /* set while a direct conversation is being created */
};

enum
{
  CREATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabNewConversationDialog, confab_new_conversation_dialog, ADW_TYPE_DIALOG)

/* Close the dialog before emitting the signal: closing restores the focus, which can then move
 * on. */
static void
finish (ConfabNewConversationDialog *self, ConfabConversation *conversation)
{
  g_autoptr (ConfabNewConversationDialog) alive = g_object_ref (self);
  g_autoptr (ConfabConversation) kept = g_object_ref (conversation);

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CREATED], 0, kept);
}

/* ---- direct conversation ---- */

static void
set_busy (ConfabNewConversationDialog *self, gboolean busy)
{
  gtk_widget_set_visible (self->spinner, busy);
  gtk_widget_set_sensitive (self->group_row, !busy);
  confab_people_picker_set_busy (self->picker, busy);
}

static void
direct_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabNewConversationDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabConversation) conversation =
      confab_client_create_finish (CONFAB_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  set_busy (self, FALSE);
  if (conversation != NULL)
    finish (self, conversation);
  else
    confab_toast_error (GTK_WIDGET (self->picker), error);
}

static void
person_activated_cb (ConfabNewConversationDialog *self, ConfabUser *user)
{
  ConfabConversation *known = confab_client_get_direct (self->client, user);

  if (self->cancellable != NULL)
    return;
  if (known != NULL)
    {
      finish (self, known);
      return;
    }

  self->cancellable = g_cancellable_new ();
  set_busy (self, TRUE);
  confab_client_create_direct_async (self->client, user, self->cancellable, direct_cb,
                                     g_object_ref (self));
}

/* ---- group ---- */

static void
group_cb (ConfabNewConversationDialog *self)
{
  ConfabNewGroupPage *page = confab_new_group_page_new (self->client, NULL);

  g_set_weak_pointer (&self->group_page, page);
  g_signal_connect_object (page, "created", G_CALLBACK (finish), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

/* ---- the object ---- */

static void
confab_new_conversation_dialog_closed (AdwDialog *dialog)
{
  ConfabNewConversationDialog *self = CONFAB_NEW_CONVERSATION_DIALOG (dialog);

  g_cancellable_cancel (self->cancellable);
  if (self->group_page != NULL)
    confab_new_group_page_stop (self->group_page);
}

static void
confab_new_conversation_dialog_dispose (GObject *object)
{
  ConfabNewConversationDialog *self = CONFAB_NEW_CONVERSATION_DIALOG (object);

  g_clear_weak_pointer (&self->group_page);
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
      g_signal_new ("created", CONFAB_TYPE_NEW_CONVERSATION_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, CONFAB_TYPE_CONVERSATION);

  g_type_ensure (CONFAB_TYPE_PEOPLE_PICKER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/chat/confab/Confab/ui/confab-new-conversation-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabNewConversationDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, ConfabNewConversationDialog, picker);
  gtk_widget_class_bind_template_child (widget_class, ConfabNewConversationDialog, group_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabNewConversationDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, group_cb);
  gtk_widget_class_bind_template_callback (widget_class, person_activated_cb);
}

static void
confab_new_conversation_dialog_init (ConfabNewConversationDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
  confab_dialog_focus_init (ADW_DIALOG (self), GTK_WIDGET (self->picker));
}

void
confab_new_conversation_dialog_search (ConfabNewConversationDialog *self, const char *text)
{
  g_return_if_fail (CONFAB_IS_NEW_CONVERSATION_DIALOG (self));

  confab_people_picker_search (self->picker, text);
}

ConfabNewConversationDialog *
confab_new_conversation_dialog_new (ConfabClient *client)
{
  ConfabNewConversationDialog *self = g_object_new (CONFAB_TYPE_NEW_CONVERSATION_DIALOG, NULL);

  self->client = g_object_ref (client);
  confab_people_picker_start (self->picker, client, NULL);
  return self;
}
