/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Accounts that run without a window. */

#include <glib/gstdio.h>

#include "confab-client.h"
#include "confab-kept-clients.h"

#define ID "44444444-4444-4444-8444-444444444444"

typedef struct
{
  char *folder;
  ConfabEnvironment *environment;
  ConfabAccountStore *store;
  ConfabAccount *account; /* signed out */
  GApplication *application;
} Fixture;

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static GAsyncResult *
await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *list = NULL;

  fixture->folder = g_dir_make_tmp ("confab-kept-XXXXXX", &error);
  g_assert_no_error (error);
  list = g_build_filename (fixture->folder, "accounts.ini", NULL);
  g_file_set_contents (list,
                       "[" ID "]\nserver=https://confab.invalid\nusername=ann\nuser-id=1\n"
                       "signed-out=true\n",
                       -1, &error);
  g_assert_no_error (error);
  fixture->environment = confab_environment_new (fixture->folder);
  fixture->environment->use_keyring = FALSE;
  fixture->store = confab_account_store_new (fixture->environment);
  confab_account_store_load_async (fixture->store, NULL, result_cb, &result);
  confab_account_store_load_finish (fixture->store, await (&result), &error);
  g_assert_no_error (error);
  fixture->account = g_list_model_get_item (G_LIST_MODEL (fixture->store), 0);
  g_assert_nonnull (fixture->account);
  fixture->application = g_application_new (NULL, G_APPLICATION_DEFAULT_FLAGS);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_all (inner);
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->application);
  g_object_unref (fixture->account);
  g_object_unref (fixture->store);
  confab_environment_unref (fixture->environment);
  remove_all (fixture->folder);
  g_free (fixture->folder);
}

static ConfabClient *
open_account (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ConfabClient *client;

  confab_client_open_async (fixture->environment, fixture->store, fixture->account, NULL, result_cb,
                            &result);
  client = confab_client_open_finish (await (&result), &error);
  g_assert_no_error (error);

  return client;
}

static void
close_account (ConfabClient *client)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  confab_client_close_async (client, result_cb, &result);
  confab_client_close_finish (client, await (&result), &error);
  g_assert_no_error (error);
}

/* An account without a session is not kept but closed. The user goes back to it meanwhile: it can
 * be opened by the time the answer comes. */
static void
test_back_while_closing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabKeptClients) kept =
      confab_kept_clients_new (fixture->store, fixture->application);
  g_autoptr (ConfabClient) client = open_account (fixture);
  g_autoptr (ConfabClient) again = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  confab_client_start (client);
  g_assert_cmpint (confab_client_get_connection_state (client), ==, CONFAB_CONNECTION_SIGNED_OUT);
  confab_kept_clients_add (kept, client);
  g_assert_true (confab_kept_clients_is_empty (kept));
  confab_kept_clients_take_async (kept, fixture->account, result_cb, &result);
  g_assert_null (confab_kept_clients_take_finish (kept, await (&result)));
  again = open_account (fixture);
  close_account (again);
}

/* A client that runs is handed over as it is. */
static void
test_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabKeptClients) kept =
      confab_kept_clients_new (fixture->store, fixture->application);
  g_autoptr (ConfabClient) client = open_account (fixture);
  g_autoptr (ConfabClient) taken = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  confab_kept_clients_add (kept, client);
  confab_kept_clients_take_async (kept, fixture->account, result_cb, &result);
  taken = confab_kept_clients_take_finish (kept, await (&result));
  g_assert_true (taken == client);
  g_assert_true (confab_kept_clients_is_empty (kept));
  close_account (client);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/app/kept-clients/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("back-while-closing", test_back_while_closing);
  ADD ("taken", test_taken);

  return g_test_run ();
}
