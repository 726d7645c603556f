/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A server that is installed anew gives the ids of its former users to other people. Nobody may see
 * what another person's account has on this computer. */

#include <glib/gstdio.h>

#include "confab-engine-error.h"
#include "confab-test-engine.h"
#include "confab-test-server.h"

typedef struct
{
  ConfabTestServer *server;
  const char *origin;
  ConfabTestDevice *here;
  ConfabTestDevice *there;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = confab_test_server_new ();
  fixture->origin = confab_test_server_get_origin (fixture->server);
  confab_test_server_start (fixture->server);
  fixture->here = confab_test_device_new ();
  fixture->there = confab_test_device_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  confab_test_device_free (fixture->here);
  confab_test_device_free (fixture->there);
  confab_test_server_free (fixture->server);
}

static void
install_anew (Fixture *fixture)
{
  const char *const suffixes[] = { "", "-wal", "-shm" };

  confab_test_server_stop (fixture->server);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path =
          g_strconcat (confab_test_server_get_database (fixture->server), suffixes[i], NULL);

      g_unlink (path);
    }
  confab_test_server_start (fixture->server);
}

static ConfabAccount *
get_account (ConfabTestDevice *device)
{
  return confab_client_get_account (device->client);
}

static guint
count_accounts (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->here->store));
}

/* Eve uses the account here, and someone registers on the new server from another computer. */
static gint64
let_eve_be_followed_by (Fixture *fixture, const char *username)
{
  gint64 group;
  gint64 eve;

  confab_test_device_register (fixture->here, fixture->origin, "eve");
  confab_test_wait_online (fixture->here->client);
  eve = confab_account_get_user_id (get_account (fixture->here));
  g_assert_cmpint (confab_account_get_created_at (get_account (fixture->here)), >, 0);
  group = confab_conversation_get_id (
      confab_test_create_group (fixture->here->client, "Eve's plans", NULL, 0));
  install_anew (fixture);
  confab_test_device_register (fixture->there, fixture->origin, username);
  g_assert_cmpint (confab_account_get_user_id (get_account (fixture->there)), ==, eve);

  return group;
}

static void
test_another_person (Fixture *fixture, gconstpointer data)
{
  gboolean entry_is_old = data != NULL;
  gint64 group = let_eve_be_followed_by (fixture, "mallory");
  g_autoptr (ConfabAccount) eves = g_object_ref (get_account (fixture->here));

  confab_test_device_close (fixture->here);
  if (entry_is_old)
    confab_account_set_created_at (eves, 0);
  confab_test_device_sign_in (fixture->here, fixture->origin, "mallory");
  g_assert_true (get_account (fixture->here) != eves);
  g_assert_cmpuint (count_accounts (fixture), ==, 2);
  g_assert_null (confab_client_get_conversation (fixture->here->client, group));
  confab_test_wait_online (fixture->here->client);
  g_assert_null (confab_client_get_conversation (fixture->here->client, group));
  confab_test_device_close (fixture->here);

  /* Eve's account is still here. */
  g_assert_cmpstr (confab_account_get_username (eves), ==, "eve");
  confab_test_device_open (fixture->here);
  g_assert_true (get_account (fixture->here) == eves);
  g_assert_cmpint (confab_account_get_created_at (eves), >, 0);
  g_assert_nonnull (confab_client_get_conversation (fixture->here->client, group));
  confab_test_device_close (fixture->here);

  /* Mallory's account continues. */
  confab_test_device_sign_in (fixture->here, fixture->origin, "mallory");
  g_assert_cmpuint (count_accounts (fixture), ==, 2);
  g_assert_true (get_account (fixture->here) != eves);
}

/* The same name, the same password and the same id, but another account. */
static void
test_sign_in_again (Fixture *fixture, gconstpointer data)
{
  gint64 group = let_eve_be_followed_by (fixture, "eve");
  ConfabClient *client = fixture->here->client;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  confab_test_until (confab_client_get_connection_state (client) == CONFAB_CONNECTION_SIGNED_OUT);
  confab_client_sign_in_again_async (client, CONFAB_TEST_PASSWORD, NULL, confab_test_result_cb,
                                     &result);
  g_assert_false (confab_client_sign_in_again_finish (client, confab_test_await (&result), &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_ANOTHER_ACCOUNT);
  g_assert_cmpint (confab_client_get_connection_state (client), ==, CONFAB_CONNECTION_SIGNED_OUT);
  g_assert_nonnull (confab_client_get_conversation (client, group));
}

/* The list of accounts and the folder's label keep the time of creation. */
static void
test_kept_in_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccountStore) store = NULL;
  g_autoptr (ConfabAccount) read = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_test_device_register (fixture->here, fixture->origin, "eve");
  store = confab_account_store_new (fixture->here->environment);
  confab_account_store_load_async (store, NULL, confab_test_result_cb, &result);
  confab_account_store_load_finish (store, confab_test_await (&result), &error);
  g_assert_no_error (error);
  read = g_list_model_get_item (G_LIST_MODEL (store), 0);
  g_assert_cmpint (confab_account_get_created_at (read), ==,
                   confab_account_get_created_at (get_account (fixture->here)));
}

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);

  g_test_add ("/engine/reinstalled/another-person", Fixture, NULL, set_up, test_another_person,
              tear_down);
  g_test_add ("/engine/reinstalled/another-person-old-entry", Fixture, "old", set_up,
              test_another_person, tear_down);
  g_test_add ("/engine/reinstalled/sign-in-again", Fixture, NULL, set_up, test_sign_in_again,
              tear_down);
  g_test_add ("/engine/reinstalled/kept-in-list", Fixture, NULL, set_up, test_kept_in_list,
              tear_down);

  return g_test_run ();
}
