/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

/* The window and notifications: what the user sees is not notified of, and a click on a
 * notification opens its conversation. */

#include "confab-window-private.h"

#include <glib/gi18n.h>

#include "confab-notification.h"
#include "confab-notifier.h"
#include "confab-toast.h"

/* ---- what the user sees ---- */

static void
update_viewed (ConfabWindow *self)
{
  ConfabConversation *conversation = NULL;

  if (self->session == NULL || self->client == NULL)
    return;
  if (gtk_window_is_active (GTK_WINDOW (self))
      && adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) == NULL
      && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "session") == 0)
    conversation = confab_session_view_get_viewed (self->session);

  confab_news_set_viewed (confab_client_get_news (self->client),
                          conversation != NULL ? confab_conversation_get_id (conversation) : 0);
}

void
confab_window_watch_session (ConfabWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application != NULL)
    confab_notifier_attach (self->client, G_APPLICATION (application));
  g_signal_connect_object (self->session, "viewed-changed", G_CALLBACK (update_viewed), self,
                           G_CONNECT_SWAPPED);
  update_viewed (self);
}

void
confab_window_set_up_notifications (ConfabWindow *self)
{
  g_signal_connect (self, "notify::is-active", G_CALLBACK (update_viewed), NULL);
  g_signal_connect (self, "notify::visible-dialog", G_CALLBACK (update_viewed), NULL);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (update_viewed), self,
                           G_CONNECT_SWAPPED);
}

/* ---- opening ---- */

static ConfabAccount *
find_account (ConfabWindow *self, const char *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabAccount) account = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (g_strcmp0 (confab_account_get_id (account), id) == 0)
        return g_steal_pointer (&account);
    }

  return NULL;
}

/* The notification is of an account that was signed out or removed. */
static void
tell_gone (ConfabWindow *self)
{
  self->wanted_conversation = 0;
  g_clear_pointer (&self->wanted_account, g_free);
  confab_toast (GTK_WIDGET (self->stack), _("This account is no longer here"));
}

ConfabAccount *
confab_window_find_wanted (ConfabWindow *self)
{
  ConfabAccount *account;

  if (self->wanted_account == NULL)
    return NULL;
  account = find_account (self, self->wanted_account);
  if (account == NULL)
    tell_gone (self);

  return account;
}

static void
open_now (ConfabWindow *self)
{
  ConfabConversation *conversation =
      confab_client_get_conversation (self->client, self->wanted_conversation);

  self->wanted_conversation = 0;
  confab_window_close_dialogs (self);
  confab_window_show_open_account (self);
  if (conversation == NULL)
    {
      confab_toast (GTK_WIDGET (self->stack), _("This conversation is no longer here"));
      return;
    }
  confab_session_view_open (self->session, conversation);
  if (self->wanted_seq != 0)
    confab_session_view_show_message (self->session, self->wanted_seq);
  gtk_widget_grab_focus (GTK_WIDGET (self->session));
}

void
confab_window_write_wanted (ConfabWindow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (self->session == NULL || self->wanted_name == NULL)
    return;

  name = g_steal_pointer (&self->wanted_name);
  text = g_steal_pointer (&self->wanted_text);
  confab_window_close_dialogs (self);
  confab_window_show_open_account (self);
  confab_session_view_write_to (self->session, name, text);
}

void
confab_window_write_to (ConfabWindow *self, const char *name, const char *text)
{
  g_return_if_fail (CONFAB_IS_WINDOW (self));
  g_return_if_fail (name != NULL);

  g_set_str (&self->wanted_name, name);
  g_set_str (&self->wanted_text, text);
  confab_window_write_wanted (self);
}

gint64
confab_window_take_wanted (ConfabWindow *self, ConfabAccount *account, gint64 *seq)
{
  gint64 id = self->wanted_conversation;

  *seq = 0;
  if (g_strcmp0 (self->wanted_account, confab_account_get_id (account)) != 0)
    return 0;

  *seq = self->wanted_seq;
  self->wanted_conversation = 0;
  g_clear_pointer (&self->wanted_account, g_free);
  return id;
}

/* Open what is wanted in @account. */
static void
go_to_wanted (ConfabWindow *self, ConfabAccount *account)
{
  if (self->session != NULL && confab_client_get_account (self->client) == account)
    open_now (self);
  else
    confab_window_choose_account (self, account);
}

void
confab_window_open_conversation (ConfabWindow *self,
                                 ConfabAccount *account,
                                 gint64 conversation_id,
                                 gint64 seq)
{
  g_return_if_fail (CONFAB_IS_WINDOW (self));
  g_return_if_fail (CONFAB_IS_ACCOUNT (account));

  g_set_str (&self->wanted_account, confab_account_get_id (account));
  self->wanted_conversation = conversation_id;
  self->wanted_seq = seq;
  go_to_wanted (self, account);
}

void
confab_window_open_notification (ConfabWindow *self, GVariant *target)
{
  g_autoptr (ConfabAccount) account = NULL;
  const char *account_id;

  g_return_if_fail (CONFAB_IS_WINDOW (self));
  g_return_if_fail (g_variant_is_of_type (target, G_VARIANT_TYPE (CONFAB_NOTIFICATION_TARGET)));

  g_variant_get (target, "(&sxx)", &account_id, &self->wanted_conversation, &self->wanted_seq);
  g_set_str (&self->wanted_account, account_id);
  account = find_account (self, account_id);
  if (account != NULL)
    go_to_wanted (self, account);
  else if (self->loaded)
    tell_gone (self);
}
