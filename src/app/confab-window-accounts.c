/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

/* The window's accounts: opening, switching, adding, signing out. */

#include "confab-window-private.h"

#include <glib/gi18n.h>

#include "confab-account-view.h"
#include "confab-application.h"
#include "confab-sign-out-dialog.h"
#include "confab-toast.h"

/* ---- accounts ---- */

void
confab_window_close_dialogs (ConfabWindow *self)
{
  g_autoptr (GListModel) dialogs = NULL;

  g_return_if_fail (CONFAB_IS_WINDOW (self));

  dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (self));
  for (guint i = g_list_model_get_n_items (dialogs); i > 0; i--)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i - 1);

      adw_dialog_force_close (dialog);
    }
}

/* Close the session view and return its client, which nothing uses any more. (transfer full)
 * (nullable) */
static ConfabClient *
leave_session (ConfabWindow *self)
{
  ConfabClient *client = self->client != NULL ? g_object_ref (self->client) : NULL;

  if (self->session != NULL)
    confab_session_view_flush_draft (self->session);
  confab_window_close_dialogs (self);
  confab_window_end_session (self);

  return client;
}

void
confab_window_keep_session (ConfabWindow *self)
{
  gboolean unstarted = self->to_start != NULL;
  g_autoptr (ConfabClient) client = leave_session (self);

  if (client == NULL)
    return;
  if (unstarted)
    confab_client_start (client);
  confab_kept_clients_add (self->kept, client);
}

/* Keep @client, which the user does not want to see any more. */
static void
keep (ConfabWindow *self, ConfabClient *client)
{
  if (confab_client_get_connection_state (client) == CONFAB_CONNECTION_STOPPED)
    confab_client_start (client);
  confab_kept_clients_add (self->kept, client);
}

static void go_on (ConfabWindow *self);

/* Show @client, unless the user has chosen another account meanwhile. */
static void
arrive (ConfabWindow *self, ConfabClient *client)
{
  if (self->going != NULL && self->going != confab_client_get_account (client))
    {
      keep (self, client);
      go_on (self);
      return;
    }
  g_clear_object (&self->going);
  confab_window_show_session (self, client);
}

static void
failed_cb (ConfabWindow *self, const GError *error)
{
  if (self->going != NULL && self->going != self->opening)
    {
      go_on (self);
      return;
    }
  g_clear_object (&self->going);
  confab_window_show_problem (self, error);
}

/* The client may be running already, unseen. */
static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabWindow) self = user_data;
  g_autoptr (ConfabClient) client =
      confab_kept_clients_take_finish (CONFAB_KEPT_CLIENTS (source), result);

  if (self->closing)
    {
      g_clear_object (&self->going);
      if (client != NULL)
        confab_kept_clients_add (CONFAB_KEPT_CLIENTS (source), client);
    }
  else if (client != NULL)
    arrive (self, client);
  else if (self->going != self->opening)
    go_on (self);
  else
    confab_account_switcher_go (self->switcher, self->going);
}

static void
go_on (ConfabWindow *self)
{
  g_set_object (&self->opening, self->going);
  confab_kept_clients_take_async (self->kept, self->going, taken_cb, g_object_ref (self));
}

void
confab_window_go_to (ConfabWindow *self, ConfabAccount *account)
{
  gboolean busy = self->going != NULL;

  if (self->closing || self->going == account)
    return;

  confab_window_keep_session (self);
  confab_window_state_set_account (self->state, confab_account_get_id (account));
  confab_account_switcher_set_current (self->switcher, account);
  confab_window_show_waiting (self, _("Opening your conversations…"));
  g_set_object (&self->going, account);
  if (!busy) /* what arrives next is compared with the account that is wanted last */
    go_on (self);
}

static void
go_cb (ConfabWindow *self, gboolean leave, gpointer user_data)
{
  g_autoptr (ConfabAccount) account = user_data;

  if (leave)
    confab_window_go_to (self, account);
}

void
confab_window_choose_account (ConfabWindow *self, ConfabAccount *account)
{
  confab_window_leave (self, CONFAB_WINDOW_WAY_SWITCH, go_cb, g_object_ref (account));
}

void
confab_window_show_open_account (ConfabWindow *self)
{
  if (self->session == NULL || adw_bin_get_child (self->account_bin) == NULL)
    return;

  adw_bin_set_child (self->account_bin, NULL);
  gtk_stack_set_visible_child_name (self->stack, "session");
  confab_window_update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->session));
  confab_link_guide_set_shown (self->link_guide, NULL, self->client);
}

/* If the user stays in the open account, the added account appears in the menu. */
static void
take_cb (ConfabWindow *self, gboolean leave, gpointer user_data)
{
  g_autoptr (ConfabClient) client = user_data;

  if (!leave)
    {
      confab_window_close_client (self, client);
      return;
    }
  confab_window_keep_session (self);
  if (self->going == NULL)
    {
      confab_window_show_session (self, client);
      return;
    }
  keep (self, client);
  confab_window_go_to (self, confab_client_get_account (client));
}

static void
signed_in_cb (ConfabWindow *self, ConfabClient *client)
{
  confab_window_close_dialogs (self);
  confab_window_leave (self, CONFAB_WINDOW_WAY_SWITCH, take_cb, g_object_ref (client));
}

void
confab_window_show_account (ConfabWindow *self)
{
  ConfabAccountView *view = confab_account_view_new (self->store);

  confab_account_view_set_can_leave (view, self->session != NULL);
  g_signal_connect_object (view, "signed-in", G_CALLBACK (signed_in_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "left", G_CALLBACK (confab_window_show_open_account), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->account_bin, GTK_WIDGET (view));
  gtk_stack_set_visible_child_name (self->stack, "account");
  confab_window_update_actions (self);
  confab_window_present_now (self);
  gtk_widget_grab_focus (GTK_WIDGET (view));
  confab_link_guide_set_shown (self->link_guide, view, NULL);
  confab_window_offer_strays (self);
}

/* The open account stays open until the new one has been created. */
static void
invited_cb (ConfabWindow *self, const ConfabInvitationLink *link)
{
  if (adw_bin_get_child (self->account_bin) == NULL)
    confab_window_show_account (self);
  confab_account_view_invite (CONFAB_ACCOUNT_VIEW (adw_bin_get_child (self->account_bin)), link);
}

/* ---- signing out ---- */

/* Return another account to open. (transfer full) (nullable) */
static ConfabAccount *
find_another (ConfabWindow *self, ConfabAccount *left)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabAccount) account = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (account != left)
        return g_steal_pointer (&account);
    }

  return NULL;
}

typedef struct
{
  ConfabWindow *window;
  ConfabApplication *application; /* does not quit before the account is signed out */
} SigningOut;

static void
signing_out_free (SigningOut *self)
{
  g_object_unref (self->window);
  confab_application_end_saving (self->application);
  g_object_unref (self->application);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigningOut, signing_out_free)

static gboolean
is_listed (ConfabWindow *self, ConfabAccount *account)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabAccount) listed = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (listed == account)
        return TRUE;
    }

  return FALSE;
}

/* An error means that the session has ended, but this computer could not record that: the list of
 * accounts was not written, or the messages were not removed. The client is closed already, so open
 * the account again, signed out. */
static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SigningOut) signing_out = user_data;
  ConfabWindow *self = signing_out->window;
  ConfabAccount *left = confab_client_get_account (CONFAB_CLIENT (source));
  g_autoptr (ConfabAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  confab_client_sign_out_finish (CONFAB_CLIENT (source), result, &error);
  if (self->closing)
    {
      if (error != NULL)
        g_warning ("Signing out was not recorded: %s", error->message);
      return;
    }
  if (error != NULL && is_listed (self, left))
    account = g_object_ref (left);
  else
    {
      confab_window_state_set_conversation (self->state, 0);
      confab_window_state_set_account (self->state, NULL);
      account = find_another (self, left);
    }
  if (account != NULL)
    confab_window_go_to (self, account);
  else
    confab_window_show_account (self);
  if (error != NULL)
    confab_toast_error (GTK_WIDGET (self->stack), error);
}

static void
sign_out (ConfabWindow *self, gboolean wipe)
{
  g_autoptr (ConfabClient) client = leave_session (self);
  SigningOut *signing_out = g_new0 (SigningOut, 1);

  signing_out->window = g_object_ref (self);
  signing_out->application =
      g_object_ref (CONFAB_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
  confab_application_begin_saving (signing_out->application);
  confab_news_stop (confab_client_get_news (client));
  confab_window_show_waiting (self, _("Signing out…"));
  confab_client_sign_out_async (client, wipe, signed_out_cb, signing_out);
}

static void
sign_out_cb (ConfabWindow *self, gboolean leave, gpointer user_data)
{
  if (leave)
    sign_out (self, GPOINTER_TO_INT (user_data));
}

static void
sign_out_confirmed_cb (ConfabWindow *self, gboolean wipe)
{
  confab_window_leave (self, CONFAB_WINDOW_WAY_SIGN_OUT, sign_out_cb, GINT_TO_POINTER (wipe));
}

void
confab_window_sign_out (ConfabWindow *self)
{
  ConfabSignOutDialog *dialog =
      confab_sign_out_dialog_new (confab_client_get_unsent_count (self->client));

  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (sign_out_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

void
confab_window_forget_account (ConfabWindow *self)
{
  sign_out (self, TRUE);
}

/* ---- the object ---- */

void
confab_window_set_up_accounts (ConfabWindow *self)
{
  self->switcher = confab_account_switcher_new (self->store, self->kept);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "accounts",
                                  confab_account_switcher_get_actions (self->switcher));
  gtk_menu_button_set_menu_model (self->accounts_button,
                                  confab_account_switcher_get_menu (self->switcher));
  g_signal_connect_object (self->switcher, "chosen", G_CALLBACK (confab_window_choose_account),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->switcher, "add", G_CALLBACK (confab_window_show_account), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->switcher, "opened", G_CALLBACK (arrive), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->link_guide, "invited", G_CALLBACK (invited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->link_guide, "conversation",
                           G_CALLBACK (confab_window_open_conversation), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->link_guide, "signed-in", G_CALLBACK (signed_in_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->switcher, "failed", G_CALLBACK (failed_cb), self,
                           G_CONNECT_SWAPPED);
}
