/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Changing the user's own account, against the real server. */

#include <string.h>

#include "confab-client-account.h"
#include "confab-engine-error.h"
#include "confab-test-engine.h"
#include "confab-test-server.h"

#define NEW_PASSWORD "violet tractor umbrella 47"

typedef struct
{
  ConfabTestServer *server;
  ConfabTestDevice *ann;
  ConfabTestDevice *ann_too; /* another device of Ann's */
  ConfabTestDevice *bob;     /* shares a conversation with Ann */
} Fixture;

static gint64
get_id (ConfabTestDevice *device)
{
  return confab_account_get_user_id (confab_client_get_account (device->client));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *origin;
  gint64 bob;

  fixture->server = confab_test_server_new ();
  confab_test_server_start (fixture->server);
  origin = confab_test_server_get_origin (fixture->server);
  fixture->ann = confab_test_device_new ();
  fixture->ann_too = confab_test_device_new ();
  fixture->bob = confab_test_device_new ();
  confab_test_device_register (fixture->ann, origin, "ann");
  confab_test_device_sign_in (fixture->ann_too, origin, "ann");
  confab_test_device_register (fixture->bob, origin, "bob");
  confab_test_wait_online (fixture->ann->client);
  confab_test_wait_online (fixture->ann_too->client);
  confab_test_wait_online (fixture->bob->client);
  bob = get_id (fixture->bob);
  confab_test_create_group (fixture->ann->client, "Both", &bob, 1);
  confab_test_until (
      g_list_model_get_n_items (confab_client_get_conversations (fixture->bob->client)) == 1);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  confab_test_device_free (fixture->ann);
  confab_test_device_free (fixture->ann_too);
  confab_test_device_free (fixture->bob);
  confab_test_server_free (fixture->server);
}

typedef gboolean (*Finish) (ConfabClient *client, GAsyncResult *result, GError **error);

static void
expect (ConfabClient *client, GAsyncResult **result, Finish finish, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  gboolean good = finish (client, confab_test_await (result), &error);

  if (domain == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, domain, code);
  g_assert_cmpint (good, ==, domain == 0);
}

static void
change_username (ConfabClient *client, const char *username, GQuark domain, int code)
{
  GAsyncResult *result = NULL;

  confab_client_change_username_async (client, username, NULL, confab_test_result_cb, &result);
  expect (client, &result, confab_client_change_profile_finish, domain, code);
}

static ConfabUser *
get_ann_as_bob_sees_her (Fixture *fixture)
{
  g_autoptr (ConfabConversation) conversation =
      g_list_model_get_item (confab_client_get_conversations (fixture->bob->client), 0);
  g_autoptr (GListModel) members = confab_client_open_members (fixture->bob->client, conversation);

  confab_test_until (g_list_model_get_n_items (members) == 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ConfabUser) user = g_list_model_get_item (members, i);

      if (confab_user_get_id (user) == get_id (fixture->ann))
        return g_steal_pointer (&user);
    }
  g_assert_not_reached ();
}

/* ---- profile ---- */

static void
test_username (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autoptr (ConfabUser) seen = get_ann_as_bob_sees_her (fixture);
  g_autoptr (ConfabAccountStore) store = NULL;
  g_autoptr (ConfabAccount) kept = NULL;
  GAsyncResult *result = NULL;

  change_username (client, "anna", 0, 0);
  g_assert_cmpstr (confab_user_get_username (confab_client_get_self_user (client)), ==, "anna");
  g_assert_cmpstr (confab_account_get_username (confab_client_get_account (client)), ==, "anna");
  confab_test_until (g_str_equal (confab_user_get_username (seen), "anna"));
  confab_test_until (g_str_equal (
      confab_account_get_username (confab_client_get_account (fixture->ann_too->client)), "anna"));

  /* The other device's list of accounts is on its disk, too, because saves are queued. */
  confab_account_store_save_async (fixture->ann_too->store, NULL, confab_test_result_cb, &result);
  g_assert_true (confab_account_store_save_finish (fixture->ann_too->store,
                                                   confab_test_await (&result), NULL));
  store = confab_account_store_new (fixture->ann_too->environment);
  result = NULL;
  confab_account_store_load_async (store, NULL, confab_test_result_cb, &result);
  g_assert_true (confab_account_store_load_finish (store, confab_test_await (&result), NULL));
  kept = g_list_model_get_item (G_LIST_MODEL (store), 0);
  g_assert_cmpstr (confab_account_get_username (kept), ==, "anna");
}

static void
test_username_refused (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;

  change_username (client, "BOB", CONFAB_PROBLEM, CONFAB_PROBLEM_USERNAME_TAKEN);
  change_username (client, "-", CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_USERNAME);
  g_assert_cmpstr (confab_user_get_username (confab_client_get_self_user (client)), ==, "ann");
  change_username (client, "Ann", 0, 0);
}

static gboolean
is_available (ConfabClient *client, const char *username, GError **error)
{
  GAsyncResult *result = NULL;
  gboolean available = FALSE;

  confab_client_check_username_async (client, username, NULL, confab_test_result_cb, &result);

  return confab_client_check_username_finish (client, confab_test_await (&result), &available,
                                              error)
         && available;
}

static void
test_available (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (is_available (fixture->ann->client, "chiara.b_c", &error));
  g_assert_true (is_available (fixture->ann->client, "Ünal", &error));
  g_assert_false (is_available (fixture->ann->client, "Bob", &error));
  g_assert_no_error (error);
  g_assert_false (is_available (fixture->ann->client, "a/../b c", &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_USERNAME);
}

static void
change_about (ConfabClient *client, const char *about, GQuark domain, int code)
{
  GAsyncResult *result = NULL;

  confab_client_change_about_async (client, about, NULL, confab_test_result_cb, &result);
  expect (client, &result, confab_client_change_profile_finish, domain, code);
}

static void
test_about (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  ConfabUser *self = confab_client_get_self_user (client);
  g_autoptr (ConfabUser) seen = get_ann_as_bob_sees_her (fixture);

  change_about (client, "Gardens", 0, 0);
  g_assert_cmpstr (confab_user_get_about (self), ==, "Gardens");
  confab_test_until (g_strcmp0 (confab_user_get_about (seen), "Gardens") == 0);
  change_about (client, "two\nlines", CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD);
  change_about (client, "", 0, 0);
  g_assert_null (confab_user_get_about (self));
  confab_test_until (confab_user_get_about (seen) == NULL);
}

/* A picture of one pixel. */
static const guint8 png[] = {
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48,
  0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00,
  0x00, 0x1f, 0x15, 0xc4, 0x89, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78,
  0x9c, 0x63, 0xf8, 0xcf, 0xc0, 0xf0, 0x1f, 0x00, 0x05, 0x00, 0x01, 0xff, 0x89, 0x99,
  0x3d, 0x1d, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
};

static void
change_picture (ConfabClient *client, GBytes *bytes, GQuark domain, int code)
{
  GAsyncResult *result = NULL;

  confab_client_change_picture_async (client, bytes, NULL, confab_test_result_cb, &result);
  expect (client, &result, confab_client_change_profile_finish, domain, code);
}

static void
test_picture (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  ConfabUser *self = confab_client_get_self_user (client);
  g_autoptr (ConfabUser) seen = get_ann_as_bob_sees_her (fixture);
  g_autoptr (GBytes) picture = g_bytes_new_static (png, sizeof png);
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("GIF89a", 6);

  change_picture (client, picture, 0, 0);
  g_assert_nonnull (confab_user_get_picture (self));
  confab_test_until (g_strcmp0 (confab_user_get_picture (seen), confab_user_get_picture (self))
                     == 0);
  change_picture (client, nonsense, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_PICTURE);
  g_assert_nonnull (confab_user_get_picture (self));
  change_picture (client, NULL, 0, 0);
  g_assert_null (confab_user_get_picture (self));
  confab_test_until (confab_user_get_picture (seen) == NULL);
}

/* ---- password and email ---- */

static void
change_password (ConfabClient *client,
                 const char *current,
                 const char *password,
                 GQuark domain,
                 int code)
{
  GAsyncResult *result = NULL;

  confab_client_change_password_async (client, current, password, NULL, confab_test_result_cb,
                                       &result);
  expect (client, &result, confab_client_change_password_finish, domain, code);
}

static void
sign_in_again (ConfabClient *client, const char *password, GQuark domain, int code)
{
  GAsyncResult *result = NULL;

  confab_client_sign_in_again_async (client, password, NULL, confab_test_result_cb, &result);
  expect (client, &result, confab_client_sign_in_again_finish, domain, code);
}

static void
wait_signed_out (ConfabClient *client)
{
  confab_test_until (confab_client_get_connection_state (client) == CONFAB_CONNECTION_SIGNED_OUT);
}

static void
test_password (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  ConfabClient *other = fixture->ann_too->client;

  change_password (client, "not my password at all", NEW_PASSWORD, CONFAB_PROBLEM,
                   CONFAB_PROBLEM_WRONG_CREDENTIALS);
  change_password (client, CONFAB_TEST_PASSWORD, "short", CONFAB_PROBLEM,
                   CONFAB_PROBLEM_PASSWORD_TOO_SHORT);
  change_password (client, CONFAB_TEST_PASSWORD, "passwordpassword", CONFAB_PROBLEM,
                   CONFAB_PROBLEM_PASSWORD_TOO_COMMON);
  g_assert_cmpint (confab_client_get_connection_state (other), ==, CONFAB_CONNECTION_ONLINE);

  change_password (client, CONFAB_TEST_PASSWORD, NEW_PASSWORD, 0, 0);
  wait_signed_out (other);
  g_assert_cmpint (confab_client_get_connection_state (client), ==, CONFAB_CONNECTION_ONLINE);
  sign_in_again (other, CONFAB_TEST_PASSWORD, CONFAB_PROBLEM, CONFAB_PROBLEM_WRONG_CREDENTIALS);
  sign_in_again (other, NEW_PASSWORD, 0, 0);
  confab_test_wait_online (other);
}

static void
change_email (ConfabClient *client,
              const char *email,
              const char *password,
              GQuark domain,
              int code)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 expires_at = -1;
  gboolean good;

  confab_client_change_email_async (client, email, password, NULL, confab_test_result_cb, &result);
  good =
      confab_client_change_email_finish (client, confab_test_await (&result), &expires_at, &error);
  if (domain == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, domain, code);
  g_assert_cmpint (good, ==, domain == 0);
  g_assert_cmpint (expires_at, ==, good ? 0 : -1); /* this server has no mail */
}

static void
test_email (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  GAsyncResult *result = NULL;

  change_email (client, "new@example.org", "not my password at all", CONFAB_PROBLEM,
                CONFAB_PROBLEM_WRONG_CREDENTIALS);
  change_email (client, "BOB@example.org", CONFAB_TEST_PASSWORD, CONFAB_PROBLEM,
                CONFAB_PROBLEM_EMAIL_TAKEN);
  change_email (client, "nowhere", CONFAB_TEST_PASSWORD, CONFAB_PROBLEM,
                CONFAB_PROBLEM_INVALID_EMAIL);
  change_email (client, "new@example.org", CONFAB_TEST_PASSWORD, 0, 0);
  g_assert_cmpstr (confab_user_get_email (confab_client_get_self_user (client)), ==,
                   "new@example.org");

  confab_client_confirm_email_async (client, "ABCD-2345", NULL, confab_test_result_cb, &result);
  expect (client, &result, confab_client_confirm_email_finish, CONFAB_PROBLEM,
          CONFAB_PROBLEM_CODE_INVALID);
}

/* ---- sessions and deletion ---- */

static void
test_other_sessions (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  GAsyncResult *result = NULL;

  confab_client_end_other_sessions_async (client, NULL, confab_test_result_cb, &result);
  expect (client, &result, confab_client_end_other_sessions_finish, 0, 0);
  wait_signed_out (fixture->ann_too->client);
  g_assert_cmpint (confab_client_get_connection_state (client), ==, CONFAB_CONNECTION_ONLINE);
  g_assert_cmpint (confab_client_get_connection_state (fixture->bob->client), ==,
                   CONFAB_CONNECTION_ONLINE);
}

static void
delete_account (ConfabClient *client, const char *password, GQuark domain, int code)
{
  GAsyncResult *result = NULL;

  confab_client_delete_account_async (client, password, NULL, confab_test_result_cb, &result);
  expect (client, &result, confab_client_delete_account_finish, domain, code);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  ConfabTestDevice *ann = fixture->ann;
  g_autoptr (ConfabUser) seen = get_ann_as_bob_sees_her (fixture);
  g_autofree char *mirror = confab_test_device_get_mirror (ann);
  GAsyncResult *result = NULL;

  delete_account (ann->client, "not my password at all", CONFAB_PROBLEM,
                  CONFAB_PROBLEM_WRONG_CREDENTIALS);
  g_assert_false (confab_user_get_deleted (seen));
  delete_account (ann->client, CONFAB_TEST_PASSWORD, 0, 0);
  confab_test_until (confab_user_get_deleted (seen));
  wait_signed_out (fixture->ann_too->client);

  confab_client_sign_out_async (ann->client, TRUE, confab_test_result_cb, &result);
  expect (ann->client, &result, confab_client_sign_out_finish, 0, 0);
  g_assert_false (g_file_test (mirror, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ann->store)), ==, 0);
  g_clear_object (&ann->client);
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autoptr (GError) error = NULL;

  confab_test_server_stop (fixture->server);
  confab_test_until (confab_client_get_connection_state (client) == CONFAB_CONNECTION_OFFLINE);
  change_username (client, "anna", CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_OFFLINE);
  change_about (client, "x", CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_OFFLINE);
  change_picture (client, NULL, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_OFFLINE);
  change_password (client, CONFAB_TEST_PASSWORD, NEW_PASSWORD, CONFAB_ENGINE_ERROR,
                   CONFAB_ENGINE_ERROR_OFFLINE);
  change_email (client, "a@example.org", CONFAB_TEST_PASSWORD, CONFAB_ENGINE_ERROR,
                CONFAB_ENGINE_ERROR_OFFLINE);
  delete_account (client, CONFAB_TEST_PASSWORD, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_OFFLINE);
  g_assert_false (is_available (client, "anna", &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_OFFLINE);
  g_assert_cmpstr (confab_user_get_username (confab_client_get_self_user (client)), ==, "ann");
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;

  confab_client_change_about_async (client, "Gardens", cancellable, confab_test_result_cb, &result);
  g_cancellable_cancel (cancellable);
  expect (client, &result, confab_client_change_profile_finish, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/engine/account/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);
  ADD ("username", test_username);
  ADD ("username-refused", test_username_refused);
  ADD ("available", test_available);
  ADD ("about", test_about);
  ADD ("picture", test_picture);
  ADD ("password", test_password);
  ADD ("email", test_email);
  ADD ("other-sessions", test_other_sessions);
  ADD ("delete", test_delete);
  ADD ("offline", test_offline);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
