/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-window-private.h"

#include <glib/gi18n.h>

#include "confab-application.h"
#include "confab-clock.h"
#include "confab-error-text.h"
#include "confab-print.h"
#include "confab-toast.h"

/* If the window appears later than this, Confab seems not to have started. */
#define PRESENT_AFTER_MS 150

G_DEFINE_FINAL_TYPE (ConfabWindow, confab_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- the first frame ---- */

static void
present_cb (gpointer user_data)
{
  ConfabWindow *self = user_data;

  self->present_source = 0;
  gtk_window_present (GTK_WINDOW (self));
}

/* Wait a little with showing the window, so that its first frame already has its content. */
void
confab_window_present_now (ConfabWindow *self)
{
  if (self->present_source == 0)
    return;

  g_clear_handle_id (&self->present_source, g_source_remove);
  gtk_window_present (GTK_WINDOW (self));
}

static void
forget_start (ConfabWindow *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->painted_handler != 0 && clock != NULL)
    g_signal_handler_disconnect (clock, self->painted_handler);
  self->painted_handler = 0;
  g_clear_object (&self->to_start);
}

static void
painted_cb (ConfabWindow *self)
{
  g_autoptr (ConfabClient) client = g_steal_pointer (&self->to_start);

  forget_start (self);
  if (client != NULL)
    {
      confab_client_start (client);
      confab_kept_clients_start (self->kept);
    }
}

/* Start the client after the first frame, because neither keyring nor network may delay it. */
static void
start_when_painted (ConfabWindow *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->to_start == NULL || self->painted_handler != 0 || clock == NULL)
    return;

  self->painted_handler = g_signal_connect_object (clock, "after-paint", G_CALLBACK (painted_cb),
                                                   self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- pages ---- */

static void
conversation_cb (ConfabWindow *self)
{
  ConfabConversation *conversation = confab_session_view_get_conversation (self->session);

  confab_window_state_set_conversation (
      self->state, conversation != NULL ? confab_conversation_get_id (conversation) : 0);
  confab_window_update_actions (self);
}

void
confab_window_end_session (ConfabWindow *self)
{
  forget_start (self);
  self->session = NULL;
  adw_bin_set_child (self->session_bin, NULL);
  g_clear_object (&self->client);
  confab_link_guide_set_shown (self->link_guide, NULL, NULL);
  confab_window_update_actions (self);
}

void
confab_window_show_waiting (ConfabWindow *self, const char *text)
{
  gtk_label_set_text (self->waiting_label, text);
  gtk_stack_set_visible_child_name (self->stack, "waiting");
}

void
confab_window_show_problem (ConfabWindow *self, const GError *error)
{
  gboolean newer = g_error_matches (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_MIRROR_NEWER);

  adw_status_page_set_title (self->problem_page,
                             newer ? _("Update Required") : _("Confab Could Not Open"));
  adw_status_page_set_description (self->problem_page, confab_error_text (error));
  gtk_stack_set_visible_child_name (self->stack, "problem");
  confab_window_present_now (self);
  confab_window_offer_strays (self);
}

void
confab_window_show_session (ConfabWindow *self, ConfabClient *client)
{
  ConfabAccount *account = confab_client_get_account (client);
  gint64 wanted_seq;
  gint64 wanted = confab_window_take_wanted (self, account, &wanted_seq);
  gboolean running = confab_client_get_connection_state (client) != CONFAB_CONNECTION_STOPPED;

  confab_window_state_set_account (self->state, confab_account_get_id (account));
  confab_account_switcher_set_current (self->switcher, account);
  g_set_object (&self->client, client);
  self->session = confab_session_view_new (
      client, wanted != 0 ? wanted : confab_window_state_get_conversation (self->state));
  confab_session_view_set_accounts (self->session,
                                    confab_account_switcher_get_menu (self->switcher));
  g_signal_connect_object (self->session, "notify::conversation", G_CALLBACK (conversation_cb),
                           self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->session_bin, GTK_WIDGET (self->session));
  adw_bin_set_child (self->account_bin, NULL);
  gtk_stack_set_visible_child_name (self->stack, "session");
  conversation_cb (self);
  if (wanted_seq != 0)
    confab_session_view_show_message (self->session, wanted_seq);
  gtk_widget_grab_focus (GTK_WIDGET (self->session));

  confab_window_watch_session (self);
  if (!running)
    {
      g_set_object (&self->to_start, client);
      start_when_painted (self);
    }
  if (confab_session_view_get_conversation (self->session) == NULL)
    confab_window_present_now (self);
  else
    g_signal_connect_object (self->session, "ready", G_CALLBACK (confab_window_present_now), self,
                             G_CONNECT_SWAPPED);
  confab_link_guide_set_shown (self->link_guide, NULL, client);
  confab_window_write_wanted (self);
  confab_window_tell_lost (self);
  confab_window_offer_strays (self);
}

/* ---- toasts ---- */

/* Place toasts at the bottom of the window, but above the composer. */
static gboolean
place_toasts_cb (ConfabWindow *self, GtkWidget *toasts, GdkRectangle *place, GtkWidget *overlay)
{
  GdkRectangle area = { 0, 0, gtk_widget_get_width (overlay), gtk_widget_get_height (overlay) };
  int minimum = 0, natural = 0;

  if (self->session != NULL && gtk_widget_get_mapped (GTK_WIDGET (self->session)))
    confab_session_view_get_free_area (self->session, overlay, &area);

  gtk_widget_measure (toasts, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  place->width = MAX (minimum, MIN (natural, area.width));
  gtk_widget_measure (toasts, GTK_ORIENTATION_VERTICAL, place->width, &minimum, &natural, NULL,
                      NULL);
  place->height = natural;
  place->x = area.x + (area.width - place->width) / 2;
  place->y = area.y + area.height - place->height;

  return TRUE;
}

/* ---- opening ---- */

/* Return the account last opened, or the first. (transfer full) (nullable) */
static ConfabAccount *
choose_account (ConfabWindow *self)
{
  const char *last = confab_window_state_get_account (self->state);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabAccount) account = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (g_strcmp0 (confab_account_get_id (account), last) == 0)
        return g_steal_pointer (&account);
    }

  return g_list_model_get_item (G_LIST_MODEL (self->store), 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabWindow) self = user_data;
  g_autoptr (ConfabAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  if (self->closing)
    return;
  if (!confab_account_store_load_finish (self->store, result, &error))
    {
      confab_window_show_problem (self, error);
      return;
    }
  self->loaded = TRUE;
  confab_window_find_strays (self);
  if (self->session != NULL || self->going != NULL) /* a notification was clicked meanwhile */
    return;
  account = confab_window_find_wanted (self);
  if (account == NULL)
    account = choose_account (self);
  if (account == NULL)
    confab_window_show_account (self);
  else
    confab_window_go_to (self, account);
}

static void
open_account (ConfabWindow *self)
{
  confab_window_show_waiting (self, _("Opening your conversations…"));
  confab_account_store_load_async (self->store, NULL, loaded_cb, g_object_ref (self));
}

static void
retry_cb (ConfabWindow *self)
{
  open_account (self);
}

/* ---- actions ---- */

static void
new_conversation_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  confab_session_view_show_new_conversation (CONFAB_WINDOW (widget)->session);
}

static void
find_conversation_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  confab_session_view_start_filter (CONFAB_WINDOW (widget)->session);
}

static void
next_conversation_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  confab_session_view_go (CONFAB_WINDOW (widget)->session, 1);
}

static void
previous_conversation_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  confab_session_view_go (CONFAB_WINDOW (widget)->session, -1);
}

static void
next_unread_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  confab_session_view_go_unread (CONFAB_WINDOW (widget)->session, 1);
}

static void
previous_unread_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  confab_session_view_go_unread (CONFAB_WINDOW (widget)->session, -1);
}

static void
next_pane_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  confab_session_view_go_pane (CONFAB_WINDOW (widget)->session, 1);
}

static void
previous_pane_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  confab_session_view_go_pane (CONFAB_WINDOW (widget)->session, -1);
}

static void
print_conversation_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ConfabWindow *self = CONFAB_WINDOW (widget);

  confab_print_conversation (widget, self->client,
                             confab_session_view_get_conversation (self->session));
}

static void
conversation_details_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  confab_session_view_show_details (CONFAB_WINDOW (widget)->session);
}

static void
preferences_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  confab_session_view_show_preferences (CONFAB_WINDOW (widget)->session);
}

static void
sign_out_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  confab_window_sign_out (CONFAB_WINDOW (widget));
}

static void
unsent_text_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  confab_window_show_strays (CONFAB_WINDOW (widget));
}

static void
forget_account_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  confab_window_forget_account (CONFAB_WINDOW (widget));
}

/* What must be there for an action to be enabled. */
typedef enum
{
  NEEDS_SESSION,
  NEEDS_CONVERSATION,
  NEEDS_STRAYS,
} Needs;

static const struct
{
  const char *name;
  GtkWidgetActionActivateFunc activate;
  Needs needs;
} actions[] = {
  { "win.new-conversation", new_conversation_action, NEEDS_SESSION },
  { "win.find-conversation", find_conversation_action, NEEDS_SESSION },
  { "win.next-conversation", next_conversation_action, NEEDS_SESSION },
  { "win.previous-conversation", previous_conversation_action, NEEDS_SESSION },
  { "win.next-unread", next_unread_action, NEEDS_SESSION },
  { "win.previous-unread", previous_unread_action, NEEDS_SESSION },
  { "win.next-pane", next_pane_action, NEEDS_SESSION },
  { "win.previous-pane", previous_pane_action, NEEDS_SESSION },
  { "win.conversation-details", conversation_details_action, NEEDS_CONVERSATION },
  { "win.print-conversation", print_conversation_action, NEEDS_CONVERSATION },
  { "win.preferences", preferences_action, NEEDS_SESSION },
  { "win.sign-out", sign_out_action, NEEDS_SESSION },
  { "win.forget-account", forget_account_action, NEEDS_SESSION },
  { "win.unsent-text", unsent_text_action, NEEDS_STRAYS },
};

static gboolean
has_what_is_needed (ConfabWindow *self, Needs needs)
{
  gboolean session = self->session != NULL
                     && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "session") == 0;

  switch (needs)
    {
    case NEEDS_SESSION:
      return session;
    case NEEDS_CONVERSATION:
      return session && confab_session_view_get_conversation (self->session) != NULL;
    case NEEDS_STRAYS:
    default:
      return self->strays != NULL && self->strays->len > 0;
    }
}

void
confab_window_update_actions (ConfabWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name,
                                   has_what_is_needed (self, actions[i].needs));
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
}

/* ---- closing ---- */

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabApplication) application = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_client_close_finish (CONFAB_CLIENT (source), result, &error))
    g_warning ("The account was not closed cleanly: %s", error->message);
  if (application != NULL)
    confab_application_end_saving (application);
}

void
confab_window_close_client (ConfabWindow *self, ConfabClient *client)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application == NULL) /* the window is closed */
    {
      confab_client_close_async (client, closed_cb, NULL);
      return;
    }
  confab_application_begin_saving (CONFAB_APPLICATION (application));
  confab_client_close_async (client, closed_cb, g_object_ref (application));
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabApplication) application = user_data;

  confab_account_switcher_stop_finish (CONFAB_ACCOUNT_SWITCHER (source), result);
  confab_application_end_saving (application);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabApplication) application = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_window_state_save_finish (CONFAB_WINDOW_STATE (source), result, &error))
    g_warning ("The state of the window was not saved: %s", error->message);
  confab_application_end_saving (application);
}

/* Close the window at once. The application quits when all data is saved, or stays in the
 * background. */
static gboolean
confab_window_close_request (GtkWindow *window)
{
  ConfabWindow *self = CONFAB_WINDOW (window);
  ConfabApplication *application = CONFAB_APPLICATION (gtk_window_get_application (window));
  g_autoptr (ConfabClient) client = NULL;
  int width = 0, height = 0;

  if (confab_window_stay_open (self))
    return GDK_EVENT_STOP;

  self->closing = TRUE;
  gtk_window_get_default_size (window, &width, &height);
  confab_window_state_set_size (self->state, width, height, gtk_window_is_maximized (window));
  confab_application_begin_saving (application);
  confab_window_state_save_async (self->state, saved_cb, g_object_ref (application));
  confab_application_begin_saving (application);
  confab_account_switcher_stop_async (self->switcher, stopped_cb, g_object_ref (application));

  if (!confab_window_go_to_background (self))
    {
      confab_application_close_kept (application);
      forget_start (self);
      client = g_steal_pointer (&self->client);
      if (client != NULL)
        confab_window_close_client (self, client);
    }

  return GTK_WINDOW_CLASS (confab_window_parent_class)->close_request (window);
}

/* ---- the object ---- */

static void
confab_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (confab_window_parent_class)->realize (widget);

  start_when_painted (CONFAB_WINDOW (widget));
}

static void
confab_window_dispose (GObject *object)
{
  ConfabWindow *self = CONFAB_WINDOW (object);

  forget_start (self);
  g_clear_handle_id (&self->present_source, g_source_remove);
  self->session = NULL;
  g_clear_object (&self->client);
  g_clear_pointer (&self->strays, g_ptr_array_unref);
  g_clear_object (&self->link_guide);
  g_clear_object (&self->kept);
  g_clear_object (&self->going);
  g_clear_object (&self->opening);
  g_clear_pointer (&self->wanted_account, g_free);
  g_clear_pointer (&self->wanted_name, g_free);
  g_clear_pointer (&self->wanted_text, g_free);
  g_clear_object (&self->focus_keeper);
  g_clear_object (&self->switcher);
  g_clear_object (&self->store);
  g_clear_object (&self->state);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONFAB_TYPE_WINDOW);

  G_OBJECT_CLASS (confab_window_parent_class)->dispose (object);
}

static void
confab_window_class_init (ConfabWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_window_dispose;
  widget_class->realize = confab_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = confab_window_close_request;

  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/confab/Confab/ui/confab-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ConfabWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ConfabWindow, account_bin);
  gtk_widget_class_bind_template_child (widget_class, ConfabWindow, session_bin);
  gtk_widget_class_bind_template_child (widget_class, ConfabWindow, problem_page);
  gtk_widget_class_bind_template_child (widget_class, ConfabWindow, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, ConfabWindow, accounts_button);
  gtk_widget_class_bind_template_callback (widget_class, place_toasts_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

/* The window also becomes active after a suspend, so check the clock. */
static void
active_cb (ConfabWindow *self)
{
  confab_clock_check ();
}

static void
confab_window_init (ConfabWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  if (g_str_has_suffix (CONFAB_APP_ID, ".Devel"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
  confab_toast_set_overlay (GTK_ROOT (self), ADW_TOAST_OVERLAY (self->toasts));
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
  confab_window_set_up_keys (self);
  confab_window_set_up_notifications (self);
  confab_window_update_actions (self);
}

ConfabWindow *
confab_window_new (GtkApplication *application, ConfabAccountStore *store, ConfabWindowState *state)
{
  ConfabWindow *self = g_object_new (CONFAB_TYPE_WINDOW, "application", application, NULL);
  gboolean maximized = FALSE;
  int width = 0, height = 0;

  self->store = g_object_ref (store);
  self->kept = g_object_ref (confab_application_get_kept (CONFAB_APPLICATION (application)));
  self->state = g_object_ref (state);
  confab_window_state_get_size (state, &width, &height, &maximized);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  /* Realize the window now: only a realized window can be closed, and the renderer is ready by the
   * time the messages are. */
  gtk_widget_realize (GTK_WIDGET (self));
  self->present_source = g_timeout_add_once (PRESENT_AFTER_MS, present_cb, self);
  self->link_guide = confab_link_guide_new (GTK_WIDGET (self), store);
  confab_window_set_up_accounts (self);
  open_account (self);

  return self;
}

void
confab_window_open_link (ConfabWindow *self, const char *uri)
{
  g_return_if_fail (CONFAB_IS_WINDOW (self));

  confab_link_guide_open_link (self->link_guide, uri);
}
