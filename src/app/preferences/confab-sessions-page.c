/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-sessions-page.h"

#include <glib/gi18n.h>

#include "confab-alert.h"
#include "confab-client-account.h"
#include "confab-clock.h"
#include "confab-error-text.h"
#include "confab-name-label.h"
#include "confab-text-button.h"
#include "confab-time-text.h"
#include "confab-toast.h"

struct _ConfabSessionsPage
{
  AdwNavigationPage parent_instance;
  GtkStack *stack;
  GtkListBox *list;
  GtkWidget *others_group;
  AdwStatusPage *error_page;
  ConfabClient *client;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (ConfabSessionsPage, confab_sessions_page, ADW_TYPE_NAVIGATION_PAGE)

static void load (ConfabSessionsPage *self);

/* ---- ending sessions ---- */

static void
show_ended (ConfabSessionsPage *self, const GError *error, const char *toast)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    confab_toast_error (GTK_WIDGET (self->stack), error);
  else
    confab_toast (GTK_WIDGET (self->stack), toast);
  load (self);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabSessionsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_client_end_session_finish (CONFAB_CLIENT (source), result, &error);
  show_ended (self, error, _("Device signed out"));
}

static void
end_clicked_cb (GtkWidget *button, ConfabSession *session)
{
  ConfabSessionsPage *self =
      CONFAB_SESSIONS_PAGE (gtk_widget_get_ancestor (button, CONFAB_TYPE_SESSIONS_PAGE));

  gtk_widget_set_sensitive (button, FALSE);
  confab_client_end_session_async (self->client, session, self->cancellable, ended_cb,
                                   g_object_ref (self));
}

static void
others_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabSessionsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  confab_client_end_other_sessions_finish (CONFAB_CLIENT (source), result, &error);
  show_ended (self, error, _("Other devices signed out"));
}

static void
others_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabSessionsPage) self = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (response, "end"))
    confab_client_end_other_sessions_async (self->client, self->cancellable, others_ended_cb,
                                            g_object_ref (self));
}

static void
end_others_cb (ConfabSessionsPage *self)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (
      confab_alert_new (_("Sign Out Everywhere Else?"),
                        _("You will have to enter your password again on your other devices.")));

  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "end",
                                  C_("another device", "_Sign Out"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "end", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, others_confirmed_cb,
                           g_object_ref (self));
}

/* ---- the list ---- */

/* Return "Today, 14:32". (transfer full) */
static char *
dup_time (gint64 time)
{
  return confab_time_text_day_and_clock (time, confab_clock_now ());
}

static char *
dup_times (gpointer item)
{
  ConfabSession *session = item;
  g_autofree char *since = dup_time (confab_session_get_created_at (session));
  g_autofree char *seen = dup_time (confab_session_get_last_seen_at (session));

  if (confab_session_get_current (session))
    /* Translators: a day and a time ("Today, 14:32"). */
    return g_strdup_printf (_("This device\nSigned in: %s"), since);

  /* Translators: two times ("Today, 14:32"). */
  return g_strdup_printf (_("Last active: %s\nSigned in: %s"), seen, since);
}

static GtkWidget *
create_end_button (ConfabSession *session, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("system-log-out-symbolic");
  /* Translators: the name of a device; a screen reader’s name of a button */
  g_autofree char *label = g_strdup_printf (_("Sign out %s"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Sign Out"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (end_clicked_cb), session, 0);

  return button;
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  ConfabSession *session = item;
  const char *device = confab_session_get_device_name (session);
  const char *name = device != NULL && *device != '\0' ? device : _("Unnamed device");
  GtkWidget *row = adw_action_row_new ();

  g_object_set (row, "use-markup", FALSE, "title", name, NULL);
  confab_name_label_insert_no_hyphens (row);
  confab_time_text_bind (row, "subtitle", dup_times, session);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "computer-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                           NULL));
  if (!confab_session_get_current (session))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_end_button (session, name));

  return row;
}

/* Return the sessions with this device first, the others by last activity. (transfer full) */
static GListModel *
order (GListModel *sessions)
{
  GListStore *ordered = g_list_store_new (CONFAB_TYPE_SESSION);
  guint n = g_list_model_get_n_items (sessions);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabSession) session = g_list_model_get_item (sessions, i);

      if (confab_session_get_current (session))
        g_list_store_insert (ordered, 0, session);
      else
        g_list_store_append (ordered, session);
    }

  return G_LIST_MODEL (ordered);
}

/* The page opens on its back button, as it has nothing else yet. */
static void
focus_first (ConfabSessionsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL
      || (gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
          && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack))))
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabSessionsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) sessions =
      confab_client_list_sessions_finish (CONFAB_CLIENT (source), result, &error);
  g_autoptr (GListModel) ordered = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (sessions == NULL)
    {
      adw_status_page_set_description (self->error_page, confab_error_text (error));
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  ordered = order (sessions);
  gtk_list_box_bind_model (self->list, ordered, create_row, NULL, NULL);
  gtk_widget_set_visible (self->others_group, g_list_model_get_n_items (sessions) > 1);
  gtk_stack_set_visible_child_name (self->stack, "list");
  focus_first (self);
}

static void
load (ConfabSessionsPage *self)
{
  confab_client_list_sessions_async (self->client, self->cancellable, loaded_cb,
                                     g_object_ref (self));
}

static void
retry_cb (ConfabSessionsPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);
}

/* ---- the object ---- */

static void
confab_sessions_page_hidden (AdwNavigationPage *page)
{
  g_cancellable_cancel (CONFAB_SESSIONS_PAGE (page)->cancellable);
}

static void
confab_sessions_page_dispose (GObject *object)
{
  ConfabSessionsPage *self = CONFAB_SESSIONS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_SESSIONS_PAGE);

  G_OBJECT_CLASS (confab_sessions_page_parent_class)->dispose (object);
}

static void
confab_sessions_page_class_init (ConfabSessionsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_sessions_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = confab_sessions_page_hidden;

  g_type_ensure (CONFAB_TYPE_TEXT_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-sessions-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabSessionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ConfabSessionsPage, list);
  gtk_widget_class_bind_template_child (widget_class, ConfabSessionsPage, others_group);
  gtk_widget_class_bind_template_child (widget_class, ConfabSessionsPage, error_page);
  gtk_widget_class_bind_template_callback (widget_class, end_others_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
confab_sessions_page_init (ConfabSessionsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  confab_labels_show_whole (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

AdwNavigationPage *
confab_sessions_page_new (ConfabClient *client)
{
  ConfabSessionsPage *self = g_object_new (CONFAB_TYPE_SESSIONS_PAGE, NULL);

  self->client = g_object_ref (client);
  load (self);

  return ADW_NAVIGATION_PAGE (self);
}
