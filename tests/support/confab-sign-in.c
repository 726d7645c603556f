/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Signs a user in on this computer, as the window would, and exits, leaving accounts.ini, the
 * mirror and the keyring entry. `./dev run` uses it to open the app as a sample user.
 *
 * Usage: confab-sign-in ORIGIN USERNAME, with the password on standard input. */

#include <locale.h>
#include <stdio.h>

#include "confab-sign-in.h"

typedef struct
{
  GMainLoop *loop;
  ConfabAccountStore *store;
  ConfabClient *client;
  const char *origin;
  const char *username;
  char *password;
  int status;
} SignIn;

static void
fail (SignIn *self, const char *what, const GError *error)
{
  g_printerr ("confab-sign-in: %s: %s\n", what, error->message);
  self->status = 1;
  g_main_loop_quit (self->loop);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SignIn *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_client_close_finish (CONFAB_CLIENT (source), result, &error))
    fail (self, "closing", error);
  else
    g_main_loop_quit (self->loop);
}

static void
signed_in_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SignIn *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_client_sign_in_again_finish (CONFAB_CLIENT (source), result, &error))
    fail (self, "signing in again", error);
  else
    confab_client_close_async (self->client, closed_cb, self);
}

/* The account exists already, so sign in only if its token is missing. */
static void
keyring_state_cb (ConfabClient *client, GParamSpec *pspec, SignIn *self)
{
  switch (confab_client_get_keyring_state (client))
    {
    case CONFAB_KEYRING_UNKNOWN:
      return;
    case CONFAB_KEYRING_ABSENT:
    case CONFAB_KEYRING_SILENT:
    case CONFAB_KEYRING_LOST:
      confab_client_sign_in_again_async (client, self->password, NULL, signed_in_again_cb, self);
      break;
    case CONFAB_KEYRING_AVAILABLE:
    case CONFAB_KEYRING_LOCKED:
      confab_client_close_async (client, closed_cb, self);
      break;
    }
  g_signal_handlers_disconnect_by_func (client, keyring_state_cb, self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SignIn *self = user_data;
  g_autoptr (GError) error = NULL;

  self->client = confab_client_open_finish (result, &error);
  if (self->client == NULL)
    {
      fail (self, "opening the account", error);
      return;
    }
  g_signal_connect (self->client, "notify::keyring-state", G_CALLBACK (keyring_state_cb), self);
  confab_client_start (self->client);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SignIn *self = user_data;
  g_autoptr (GError) error = NULL;

  self->client = confab_sign_in_finish (result, &error);
  if (self->client == NULL)
    fail (self, "signing in", error);
  else
    confab_client_close_async (self->client, closed_cb, self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SignIn *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!confab_account_store_load_finish (self->store, result, &error))
    {
      fail (self, "reading the accounts", error);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++)
    {
      g_autoptr (ConfabAccount) account = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (g_str_equal (confab_account_get_username (account), self->username)
          && g_str_equal (confab_account_get_server (account), self->origin))
        {
          confab_client_open_async (confab_account_store_get_environment (self->store), self->store,
                                    account, NULL, opened_cb, self);
          return;
        }
    }
  confab_sign_in_async (self->store, self->origin, self->username, self->password, NULL,
                        signed_in_cb, self);
}

int
main (int argc, char **argv)
{
  char line[256] = "";
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (ConfabEnvironment) environment = confab_environment_new (NULL);
  g_autoptr (ConfabAccountStore) store = confab_account_store_new (environment);
  SignIn self = { .loop = loop, .store = store };

  setlocale (LC_ALL, "");
  if (argc != 3 || fgets (line, sizeof line, stdin) == NULL)
    {
      g_printerr ("Usage: confab-sign-in ORIGIN USERNAME, the password on standard input\n");
      return 2;
    }
  self.origin = argv[1];
  self.username = argv[2];
  self.password = g_strchomp (line);
  confab_account_store_load_async (store, NULL, loaded_cb, &self);
  g_main_loop_run (loop);
  g_clear_object (&self.client);
  return self.status;
}
