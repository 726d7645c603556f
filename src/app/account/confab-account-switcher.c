/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-account-switcher.h"

#include <string.h>

#include <glib/gi18n.h>

struct _ConfabAccountSwitcher
{
  GObject parent_instance;
  ConfabAccountStore *store;
  ConfabKeptClients *kept;
  GMenu *menu;
  GMenu *accounts; /* a section of the menu */
  char *labels;    /* (nullable) what the section shows */
  GSimpleActionGroup *actions;
  GSimpleAction *choose_action;
  ConfabAccount *to; /* (nullable) the account to open */
  GTask *stop_task;  /* (nullable) */
};

enum
{
  CHOSEN,
  ADD,
  OPENED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabAccountSwitcher, confab_account_switcher, G_TYPE_OBJECT)

/* ---- the menu ---- */

/* Return @text with underscores escaped, which would be mnemonics. (transfer full) */
static char *
escape (const char *text)
{
  GString *escaped = g_string_new (text);

  g_string_replace (escaped, "_", "__", 0);
  return g_string_free (escaped, FALSE);
}

static char *
dup_label (ConfabAccountSwitcher *self, ConfabAccount *account)
{
  guint n_new = confab_kept_clients_count (self->kept, account);
  const char *server = confab_account_get_server (account);
  const char *host = strstr (server, "://");
  g_autofree char *name = escape (confab_account_get_username (account));
  g_autofree char *where = escape (host != NULL ? host + strlen ("://") : server);

  if (n_new > 0)
    return g_strdup_printf (
        /* Translators: a username, the server it is on, and the number of conversations with new
         * messages. */
        ngettext ("%s — %s (%u new)", "%s — %s (%u new)", n_new), name, where, n_new);

  /* Translators: a username and the server it is on. */
  return g_strdup_printf (_("%s — %s"), name, where);
}

/* Return what the menu is to show. (transfer full) */
static char *
join_labels (ConfabAccountSwitcher *self)
{
  GString *labels = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabAccount) account = g_list_model_get_item (G_LIST_MODEL (self->store), i);
      g_autofree char *label = dup_label (self, account);

      g_string_append_printf (labels, "%s %s\n", confab_account_get_id (account), label);
    }

  return g_string_free_and_steal (labels);
}

/* An open menu would lose its focus, so write it again only if it changes. */
static void
list_accounts (ConfabAccountSwitcher *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  g_autofree char *labels = join_labels (self);

  if (!g_set_str (&self->labels, labels))
    return;
  g_menu_remove_all (self->accounts);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabAccount) account = g_list_model_get_item (G_LIST_MODEL (self->store), i);
      g_autofree char *label = dup_label (self, account);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "accounts.choose", "s",
                                         confab_account_get_id (account));
      g_menu_append_item (self->accounts, item);
    }
  g_menu_append (self->accounts, _("_Add Account…"), "accounts.add");
}

static void
items_changed_cb (ConfabAccountSwitcher *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (ConfabAccount) account = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      g_signal_connect_object (account, "notify::username", G_CALLBACK (list_accounts), self,
                               G_CONNECT_SWAPPED);
    }
  list_accounts (self);
}

static void
choose_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ConfabAccountSwitcher *self = user_data;
  g_autoptr (GVariant) current = g_action_get_state (G_ACTION (action));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  if (g_variant_equal (current, parameter))
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ConfabAccount) account = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (g_str_equal (confab_account_get_id (account), g_variant_get_string (parameter, NULL)))
        {
          g_signal_emit (self, signals[CHOSEN], 0, account);
          return;
        }
    }
}

static void
add_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_signal_emit (user_data, signals[ADD], 0);
}

void
confab_account_switcher_set_current (ConfabAccountSwitcher *self, ConfabAccount *account)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT_SWITCHER (self));

  g_simple_action_set_state (
      self->choose_action,
      g_variant_new_string (account != NULL ? confab_account_get_id (account) : ""));
}

/* ---- switching ---- */

static void
stopped (ConfabAccountSwitcher *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->stop_task);

  g_clear_object (&self->to);
  g_task_return_boolean (task, TRUE);
}

static void closed_again_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* A client was opened, but the window may have closed meanwhile. */
static void
arrive (ConfabAccountSwitcher *self, ConfabClient *client)
{
  g_clear_object (&self->to);
  if (self->stop_task != NULL)
    confab_client_close_async (client, closed_again_cb, g_object_ref (self));
  else
    g_signal_emit (self, signals[OPENED], 0, client);
}

static void
closed_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabAccountSwitcher) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_client_close_finish (CONFAB_CLIENT (source), result, &error))
    g_warning ("The account was not closed cleanly: %s", error->message);
  stopped (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabAccountSwitcher) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabClient) client = confab_client_open_finish (result, &error);

  if (client != NULL)
    arrive (self, client);
  else if (self->stop_task != NULL)
    stopped (self);
  else
    {
      g_clear_object (&self->to);
      g_signal_emit (self, signals[FAILED], 0, error);
    }
}

void
confab_account_switcher_go (ConfabAccountSwitcher *self, ConfabAccount *to)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT_SWITCHER (self));
  g_return_if_fail (CONFAB_IS_ACCOUNT (to));
  g_return_if_fail (self->to == NULL);

  self->to = g_object_ref (to);
  confab_client_open_async (confab_account_store_get_environment (self->store), self->store,
                            self->to, NULL, opened_cb, g_object_ref (self));
}

void
confab_account_switcher_stop_async (ConfabAccountSwitcher *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (CONFAB_IS_ACCOUNT_SWITCHER (self));
  g_return_if_fail (self->stop_task == NULL);

  self->stop_task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stop_task, confab_account_switcher_stop_async);
  if (self->to == NULL)
    stopped (self);
}

void
confab_account_switcher_stop_finish (ConfabAccountSwitcher *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

/* ---- the object ---- */

GMenuModel *
confab_account_switcher_get_menu (ConfabAccountSwitcher *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT_SWITCHER (self), NULL);

  return G_MENU_MODEL (self->menu);
}

GActionGroup *
confab_account_switcher_get_actions (ConfabAccountSwitcher *self)
{
  g_return_val_if_fail (CONFAB_IS_ACCOUNT_SWITCHER (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

static void
confab_account_switcher_dispose (GObject *object)
{
  ConfabAccountSwitcher *self = CONFAB_ACCOUNT_SWITCHER (object);

  g_clear_object (&self->menu);
  g_clear_object (&self->accounts);
  g_clear_object (&self->actions);
  g_clear_object (&self->choose_action);
  g_clear_object (&self->to);
  g_clear_object (&self->store);
  g_clear_object (&self->kept);
  g_clear_pointer (&self->labels, g_free);

  G_OBJECT_CLASS (confab_account_switcher_parent_class)->dispose (object);
}

static void
confab_account_switcher_class_init (ConfabAccountSwitcherClass *klass)
{
  GType type = CONFAB_TYPE_ACCOUNT_SWITCHER;

  G_OBJECT_CLASS (klass)->dispose = confab_account_switcher_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, CONFAB_TYPE_ACCOUNT);
  signals[ADD] = g_signal_new ("add", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, CONFAB_TYPE_CLIENT);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
confab_account_switcher_init (ConfabAccountSwitcher *self)
{
  g_autoptr (GSimpleAction) add_action = g_simple_action_new ("add", NULL);

  self->menu = g_menu_new ();
  self->accounts = g_menu_new ();
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (self->accounts));

  self->choose_action =
      g_simple_action_new_stateful ("choose", G_VARIANT_TYPE_STRING, g_variant_new_string (""));
  g_signal_connect_object (self->choose_action, "activate", G_CALLBACK (choose_cb), self, 0);
  g_signal_connect_object (add_action, "activate", G_CALLBACK (add_cb), self, 0);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (self->choose_action));
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (add_action));
}

ConfabAccountSwitcher *
confab_account_switcher_new (ConfabAccountStore *store, ConfabKeptClients *kept)
{
  ConfabAccountSwitcher *self = g_object_new (CONFAB_TYPE_ACCOUNT_SWITCHER, NULL);

  self->store = g_object_ref (store);
  self->kept = g_object_ref (kept);
  g_signal_connect_object (kept, "changed", G_CALLBACK (list_accounts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (store)));

  return self;
}
