/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-remove-message.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "confab-alert.h"
#include "confab-toast.h"

typedef struct
{
  GtkWidget *widget;
  ConfabClient *client;
  ConfabConversation *conversation;
  ConfabMessage *message;
} Removal;

static void
removal_free (Removal *self)
{
  g_object_unref (self->widget);
  g_object_unref (self->client);
  g_object_unref (self->conversation);
  g_object_unref (self->message);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Removal, removal_free)

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_client_change_finish (CONFAB_CLIENT (source), result, &error))
    confab_toast_error (widget, error);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Removal) removal = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (response, "remove"))
    confab_client_remove_message_async (removal->client, removal->conversation, removal->message,
                                        NULL, removed_cb, g_object_ref (removal->widget));
}

static char *
make_body (ConfabMessage *message)
{
  ConfabUser *sender = confab_message_get_sender (message);

  if (sender == NULL || confab_message_get_own (message) || confab_user_get_deleted (sender))
    return g_strdup (_("Everyone in the conversation sees that a message was removed."
                        " This cannot be undone."));
  /* Translators: a username */
  return g_strdup_printf (_("Everyone in the conversation sees that a message was removed, and %s"
                             " is told that you did it. This cannot be undone."),
                          confab_user_get_display_name (sender));
}

void
confab_remove_message (GtkWidget *widget,
                       ConfabClient *client,
                       ConfabConversation *conversation,
                       ConfabMessage *message)
{
  g_autofree char *body = make_body (message);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (confab_alert_new (_("Remove Message?"), body));
  Removal *removal = g_new0 (Removal, 1);

  removal->widget = g_object_ref (widget);
  removal->client = g_object_ref (client);
  removal->conversation = g_object_ref (conversation);
  removal->message = g_object_ref (message);
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "remove",
                                  C_("message", "_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, widget, NULL, answered_cb, removal);
}
