/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-devices-dialog.h"

#include <glib/gi18n.h>

#include "confab-error-text.h"
#include "confab-time-text.h"
#include "confab-toast.h"

struct _ConfabDevicesDialog
{
  AdwDialog      parent_instance;
  GtkStack      *stack;
  GtkListBox    *list;
  AdwStatusPage *error_page;
  ConfabClient  *client;
  GCancellable  *cancellable;
};

G_DEFINE_FINAL_TYPE (ConfabDevicesDialog, confab_devices_dialog, ADW_TYPE_DIALOG)

static void load (ConfabDevicesDialog *self);

/* ---- ending a session ---- */

typedef struct
{
  ConfabDevicesDialog *self;
  ConfabSession       *session;
} EndSession;

static void
end_session_free (EndSession *end)
{
  g_object_unref (end->self);
  g_object_unref (end->session);
  g_free (end);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EndSession, end_session_free)

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabDevicesDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (confab_client_end_session_finish (CONFAB_CLIENT (source), result, &error))
    {
      confab_toast (GTK_WIDGET (self->stack), _("Signed out there"));
      load (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    confab_toast_error (GTK_WIDGET (self->stack), error);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EndSession) end = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (response, "end"))
    confab_client_end_session_async (end->self->client, end->session, end->self->cancellable, ended_cb,
                                     g_object_ref (end->self));
}

static void
end_clicked_cb (GtkWidget *button, ConfabSession *session)
{
  ConfabDevicesDialog *self =
    CONFAB_DEVICES_DIALOG (gtk_widget_get_ancestor (button, CONFAB_TYPE_DEVICES_DIALOG));
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Sign Out There?"), NULL));
  EndSession *end = g_new0 (EndSession, 1);

  end->self = g_object_ref (self);
  end->session = g_object_ref (session);
  adw_alert_dialog_format_body (dialog, _("“%s” will need the password to come back."),
                                confab_session_get_device_name (session));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "end", _("_Sign Out"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "end", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, confirmed_cb, end);
}

/* ---- the list ---- */

static char *
dup_last_seen (ConfabSession *session)
{
  gint64 seen = confab_session_get_last_seen_at (session);
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;

  if (confab_session_get_current (session))
    return g_strdup (_("This device"));

  day = confab_time_text_day (seen, g_get_real_time () / 1000);
  clock = confab_time_text_clock (seen);
  /* Translators: a day ("Today") and a time ("14:32"). */
  return g_strdup_printf (_("Last seen: %s, %s"), day, clock);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  ConfabSession *session = item;
  gboolean current = confab_session_get_current (session);
  const char *name = confab_session_get_device_name (session);
  g_autofree char *seen = dup_last_seen (session);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name ("computer-symbolic");

  g_object_set (row,
                "use-markup", FALSE,
                "title", name != NULL && *name != '\0' ? name : _("Unnamed device"),
                "subtitle", seen,
                NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  if (!current)
    {
      GtkWidget *button = gtk_button_new_with_label (_("Sign Out"));
      g_autofree char *label = g_strdup_printf (_("Sign out %s"), name);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      g_signal_connect_object (button, "clicked", G_CALLBACK (end_clicked_cb), session, 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }

  return row;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabDevicesDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) sessions =
    confab_client_list_sessions_finish (CONFAB_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (sessions == NULL)
    {
      adw_status_page_set_description (self->error_page, confab_error_text (error));
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  gtk_list_box_bind_model (self->list, sessions, create_row, NULL, NULL);
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
load (ConfabDevicesDialog *self)
{
  confab_client_list_sessions_async (self->client, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
retry_cb (ConfabDevicesDialog *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);
}

static void
confab_devices_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (CONFAB_DEVICES_DIALOG (dialog)->cancellable);
}

static void
confab_devices_dialog_dispose (GObject *object)
{
  ConfabDevicesDialog *self = CONFAB_DEVICES_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_DEVICES_DIALOG);

  G_OBJECT_CLASS (confab_devices_dialog_parent_class)->dispose (object);
}

static void
confab_devices_dialog_class_init (ConfabDevicesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_devices_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = confab_devices_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-devices-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabDevicesDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ConfabDevicesDialog, list);
  gtk_widget_class_bind_template_child (widget_class, ConfabDevicesDialog, error_page);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
confab_devices_dialog_init (ConfabDevicesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

ConfabDevicesDialog *
confab_devices_dialog_new (ConfabClient *client)
{
  ConfabDevicesDialog *self = g_object_new (CONFAB_TYPE_DEVICES_DIALOG, NULL);

  self->client = g_object_ref (client);
  load (self);
  return self;
}
