/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-kept-clients.h"

#include "confab-notifier.h"

struct _ConfabKeptClients
{
  GObject parent_instance;
  ConfabAccountStore *store;
  GApplication *application; /* outlives this */
  GPtrArray *clients;        /* (element-type ConfabClient) */
  GPtrArray *opening;        /* (element-type ConfabAccount) */
  GPtrArray *takers;  /* (element-type GTask): each waits for an account being opened or closed */
  GTask *close_task;  /* (nullable) */
  GPtrArray *closing; /* (element-type ConfabAccount): by this */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConfabKeptClients, confab_kept_clients, G_TYPE_OBJECT)

static ConfabClient *
find (ConfabKeptClients *self, ConfabAccount *account)
{
  for (guint i = 0; i < self->clients->len; i++)
    if (confab_client_get_account (self->clients->pdata[i]) == account)
      return self->clients->pdata[i];

  return NULL;
}

/* ---- handing over ---- */

/* Return whether a taker waited for the account. */
static gboolean
hand_over (ConfabKeptClients *self, ConfabAccount *account, ConfabClient *client)
{
  for (guint i = 0; i < self->takers->len; i++)
    {
      if (g_task_get_task_data (self->takers->pdata[i]) == account)
        {
          g_autoptr (GTask) task = g_ptr_array_steal_index (self->takers, i);

          g_task_return_pointer (task, client != NULL ? g_object_ref (client) : NULL,
                                 g_object_unref);
          return TRUE;
        }
    }

  return FALSE;
}

/* ---- closing ---- */

static void
check_closed (ConfabKeptClients *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->closing->len > 0 || self->opening->len > 0)
    return;
  task = g_steal_pointer (&self->close_task);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabKeptClients) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_client_close_finish (CONFAB_CLIENT (source), result, &error))
    g_warning ("The account was not closed cleanly: %s", error->message);
  g_ptr_array_remove (self->closing, confab_client_get_account (CONFAB_CLIENT (source)));
  hand_over (self, confab_client_get_account (CONFAB_CLIENT (source)), NULL);
  check_closed (self);
  g_application_release (self->application);
}

static void
close_client (ConfabKeptClients *self, ConfabClient *client)
{
  g_ptr_array_add (self->closing, g_object_ref (confab_client_get_account (client)));
  g_application_hold (self->application);
  confab_client_close_async (client, closed_cb, g_object_ref (self));
}

static void
let_go (ConfabKeptClients *self, ConfabClient *client)
{
  g_signal_handlers_disconnect_by_data (client, self);
  g_signal_handlers_disconnect_by_data (confab_client_get_news (client), self);
  g_ptr_array_remove (self->clients, client);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- keeping ---- */

static void
counted_cb (ConfabKeptClients *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A client without a session receives nothing. Closed, its account can be signed in again. */
static void
state_cb (ConfabKeptClients *self, GParamSpec *pspec, ConfabClient *client)
{
  ConfabKeyringState keyring = confab_client_get_keyring_state (client);
  g_autoptr (ConfabClient) closing = NULL;

  if (confab_client_get_connection_state (client) != CONFAB_CONNECTION_SIGNED_OUT
      && keyring != CONFAB_KEYRING_LOST)
    return;

  closing = g_object_ref (client);
  let_go (self, client);
  close_client (self, client);
}

void
confab_kept_clients_add (ConfabKeptClients *self, ConfabClient *client)
{
  g_return_if_fail (CONFAB_IS_KEPT_CLIENTS (self));
  g_return_if_fail (CONFAB_IS_CLIENT (client));

  if (self->close_task != NULL)
    {
      close_client (self, client);
      return;
    }
  g_ptr_array_add (self->clients, g_object_ref (client));
  confab_news_set_viewed (confab_client_get_news (client), 0);
  g_signal_connect_object (client, "notify::connection-state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::keyring-state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (confab_client_get_news (client), "counted", G_CALLBACK (counted_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_emit (self, signals[CHANGED], 0);
  state_cb (self, NULL, client);
}

/* ---- opening ---- */

typedef struct
{
  ConfabKeptClients *kept;
  ConfabAccount *account;
} Opening;

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  g_autoptr (ConfabKeptClients) self = opening->kept;
  g_autoptr (ConfabAccount) account = opening->account;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabClient) client = confab_client_open_finish (result, &error);

  g_free (opening);
  g_ptr_array_remove (self->opening, account);
  if (client == NULL)
    {
      g_debug ("An account cannot be opened in the background: %s", error->message);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  if (!hand_over (self, account, client) && client != NULL)
    {
      if (self->close_task == NULL)
        {
          confab_notifier_attach (client, self->application);
          confab_client_start (client);
        }
      confab_kept_clients_add (self, client);
    }
  check_closed (self);
}

void
confab_kept_clients_start (ConfabKeptClients *self)
{
  guint n;

  g_return_if_fail (CONFAB_IS_KEPT_CLIENTS (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  for (guint i = 0; i < n && self->close_task == NULL; i++)
    {
      g_autoptr (ConfabAccount) account = g_list_model_get_item (G_LIST_MODEL (self->store), i);
      Opening *opening;

      if (find (self, account) != NULL || g_ptr_array_find (self->opening, account, NULL))
        continue;
      opening = g_new0 (Opening, 1);
      *opening = (Opening){ g_object_ref (self), g_object_ref (account) };
      g_ptr_array_add (self->opening, g_object_ref (account));
      /* Fails if the account is open already, in the window. */
      confab_client_open_async (confab_account_store_get_environment (self->store), self->store,
                                account, NULL, opened_cb, opening);
    }
}

/* ---- taking ---- */

void
confab_kept_clients_take_async (ConfabKeptClients *self,
                                ConfabAccount *account,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  ConfabClient *client;

  g_return_if_fail (CONFAB_IS_KEPT_CLIENTS (self));
  g_return_if_fail (CONFAB_IS_ACCOUNT (account));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, confab_kept_clients_take_async);
  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
  client = find (self, account);
  if (client != NULL)
    {
      g_task_return_pointer (task, g_object_ref (client), g_object_unref);
      let_go (self, client);
    }
  else if (g_ptr_array_find (self->opening, account, NULL)
           || g_ptr_array_find (self->closing, account, NULL))
    g_ptr_array_add (self->takers, g_steal_pointer (&task));
  else
    g_task_return_pointer (task, NULL, NULL);
}

ConfabClient *
confab_kept_clients_take_finish (ConfabKeptClients *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

void
confab_kept_clients_close_async (ConfabKeptClients *self,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (CONFAB_IS_KEPT_CLIENTS (self));
  g_return_if_fail (self->close_task == NULL);

  self->close_task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->close_task, confab_kept_clients_close_async);
  while (self->clients->len > 0)
    {
      g_autoptr (ConfabClient) client = g_object_ref (self->clients->pdata[0]);

      let_go (self, client);
      close_client (self, client);
    }
  check_closed (self);
}

void
confab_kept_clients_close_finish (ConfabKeptClients *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

/* ---- the object ---- */

gboolean
confab_kept_clients_is_empty (ConfabKeptClients *self)
{
  g_return_val_if_fail (CONFAB_IS_KEPT_CLIENTS (self), TRUE);

  return self->clients->len == 0 && self->opening->len == 0;
}

guint
confab_kept_clients_count (ConfabKeptClients *self, ConfabAccount *account)
{
  ConfabClient *client;

  g_return_val_if_fail (CONFAB_IS_KEPT_CLIENTS (self), 0);

  client = find (self, account);
  return client != NULL ? confab_news_count (confab_client_get_news (client)) : 0;
}

static void
confab_kept_clients_finalize (GObject *object)
{
  ConfabKeptClients *self = CONFAB_KEPT_CLIENTS (object);

  g_ptr_array_unref (self->clients);
  g_ptr_array_unref (self->opening);
  g_ptr_array_unref (self->closing);
  g_ptr_array_unref (self->takers);
  g_object_unref (self->store);

  G_OBJECT_CLASS (confab_kept_clients_parent_class)->finalize (object);
}

static void
confab_kept_clients_class_init (ConfabKeptClientsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_kept_clients_finalize;

  signals[CHANGED] = g_signal_new ("changed", CONFAB_TYPE_KEPT_CLIENTS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
confab_kept_clients_init (ConfabKeptClients *self)
{
  self->clients = g_ptr_array_new_with_free_func (g_object_unref);
  self->closing = g_ptr_array_new_with_free_func (g_object_unref);
  self->opening = g_ptr_array_new_with_free_func (g_object_unref);
  self->takers = g_ptr_array_new_with_free_func (g_object_unref);
}

ConfabKeptClients *
confab_kept_clients_new (ConfabAccountStore *store, GApplication *application)
{
  ConfabKeptClients *self = g_object_new (CONFAB_TYPE_KEPT_CLIENTS, NULL);

  self->store = g_object_ref (store);
  self->application = application;

  return self;
}
