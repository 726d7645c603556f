/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Finding a server, signing in and out, and the account's sessions, against the real server. */

#include <string.h>

#include "client-fixture.h"

#include "confab-device-name.h"
#include "confab-engine-error.h"
#include "foreign-server.h"

/* ---- finding a server ---- */

static ConfabServerInfo *
probe (ConfabTestDevice *device, const char *address, GError **error)
{
  GAsyncResult *result = NULL;

  confab_server_probe_async (device->environment, address, NULL, confab_test_result_cb, &result);

  return confab_server_probe_finish (confab_test_await (&result), error);
}

static void
test_probe (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabServerInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  info = probe (fixture->ann, fixture->origin + strlen ("http://"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->origin, ==, fixture->origin);
  g_assert_cmpstr (info->name, ==, "Test");
  g_assert_cmpstr (info->version, ==, CONFAB_VERSION);
  g_assert_cmpint (info->registration, ==, CONFAB_REGISTRATION_OPEN);
  g_assert_cmpuint (info->password_min, ==, 15);
  g_assert_true (info->insecure);
}

static void
test_probe_strangers (ClientFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *content_type;
    const char *body;
    int code;
  } cases[] = {
    { "text/html", "<html></html>", CONFAB_ENGINE_ERROR_NOT_CONFAB },
    { "application/json", "{\"name\":\"Other\",\"version\":\"1\"}",
      CONFAB_ENGINE_ERROR_NOT_CONFAB },
    { "application/json", "{\"protocol\":2,\"name\":[\"unknown\"]}",
      CONFAB_ENGINE_ERROR_NEWER_SERVER },
  };
  g_autoptr (ForeignServer) foreign = foreign_server_new (NULL);
  g_autoptr (GError) bad_address = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      foreign_server_answer (foreign, "/v1/server", 200, cases[i].content_type,
                             g_strdup (cases[i].body));
      g_assert_null (probe (fixture->ann, foreign->origin, &error));
      g_assert_error (error, CONFAB_ENGINE_ERROR, cases[i].code);
    }
  g_assert_null (probe (fixture->ann, "https://host/path", &bad_address));
  g_assert_error (bad_address, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_ADDRESS_PATH);
}

/* ---- signing in ---- */

static void
assert_registration_fails (ClientFixture *fixture,
                           const char *username,
                           const char *email,
                           const char *password,
                           int problem)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_register_async (fixture->bob->store, fixture->origin, username, email, password, NULL,
                         NULL, confab_test_result_cb, &result);
  g_assert_null (confab_register_finish (confab_test_await (&result), &error));
  g_assert_error (error, CONFAB_PROBLEM, problem);
}

static void
assert_sign_in_fails (ConfabTestDevice *device,
                      const char *origin,
                      const char *login,
                      const char *password,
                      GQuark domain,
                      int code)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_sign_in_async (device->store, origin, login, password, NULL, confab_test_result_cb,
                        &result);
  g_assert_null (confab_sign_in_finish (confab_test_await (&result), &error));
  g_assert_error (error, domain, code);
}

static void
test_sign_in_errors (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (ForeignServer) foreign = foreign_server_new (NULL);
  ConfabTestDevice *bob = fixture->bob;

  confab_test_device_register (fixture->ann, fixture->origin, "ann");
  assert_registration_fails (fixture, "ANN", "other@example.org", CONFAB_TEST_PASSWORD,
                             CONFAB_PROBLEM_USERNAME_TAKEN);
  assert_registration_fails (fixture, "bob", "ann@example.org", CONFAB_TEST_PASSWORD,
                             CONFAB_PROBLEM_EMAIL_TAKEN);
  assert_registration_fails (fixture, "bob", "bob@example.org", "short",
                             CONFAB_PROBLEM_PASSWORD_TOO_SHORT);
  assert_registration_fails (fixture, "b o b", "bob@example.org", CONFAB_TEST_PASSWORD,
                             CONFAB_PROBLEM_INVALID_USERNAME);
  assert_registration_fails (fixture, "bob", "nowhere", CONFAB_TEST_PASSWORD,
                             CONFAB_PROBLEM_INVALID_EMAIL);

  assert_sign_in_fails (bob, fixture->origin, "ann", "a wrong password of hers", CONFAB_PROBLEM,
                        CONFAB_PROBLEM_WRONG_CREDENTIALS);
  assert_sign_in_fails (bob, fixture->origin, "nobody", CONFAB_TEST_PASSWORD, CONFAB_PROBLEM,
                        CONFAB_PROBLEM_WRONG_CREDENTIALS);
  assert_sign_in_fails (bob, "http://127.0.0.1:1", "ann", CONFAB_TEST_PASSWORD, CONFAB_ENGINE_ERROR,
                        CONFAB_ENGINE_ERROR_UNREACHABLE);
  assert_sign_in_fails (bob, "http://example.org", "ann", CONFAB_TEST_PASSWORD, CONFAB_ENGINE_ERROR,
                        CONFAB_ENGINE_ERROR_ADDRESS_INSECURE);
  assert_sign_in_fails (bob, foreign->origin, "ann", CONFAB_TEST_PASSWORD, CONFAB_ENGINE_ERROR,
                        CONFAB_ENGINE_ERROR_NOT_CONFAB);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bob->store)), ==, 0);

  assert_sign_in_fails (fixture->ann, fixture->origin, "ann@example.org", CONFAB_TEST_PASSWORD,
                        CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_ALREADY_SIGNED_IN);
}

static GListModel *
list_sessions (ConfabClient *client)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *sessions;

  confab_client_list_sessions_async (client, NULL, confab_test_result_cb, &result);
  sessions = confab_client_list_sessions_finish (client, confab_test_await (&result), &error);
  g_assert_no_error (error);

  return sessions;
}

/* A session ended from another computer; signing in again keeps local data. */
static void
test_sessions (ClientFixture *fixture, gconstpointer data)
{
  g_autofree char *device_name = confab_device_name_new (NULL, g_get_host_name ());
  g_autoptr (GListModel) sessions = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  guint current = 0;

  confab_test_device_register (fixture->ann, fixture->origin, "ann");
  confab_test_device_sign_in (fixture->bob, fixture->origin, "ann@example.org");
  confab_test_wait_online (fixture->ann->client);
  confab_test_wait_online (fixture->bob->client);
  g_assert_cmpint (confab_client_get_keyring_state (fixture->ann->client), ==,
                   CONFAB_KEYRING_ABSENT);

  sessions = list_sessions (fixture->ann->client);
  g_assert_cmpuint (g_list_model_get_n_items (sessions), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ConfabSession) session = g_list_model_get_item (sessions, i);

      g_assert_cmpstr (confab_session_get_device_name (session), ==, device_name);
      g_assert_cmpint (confab_session_get_created_at (session), >, 0);
      if (confab_session_get_current (session))
        {
          current++;
          continue;
        }
      confab_client_end_session_async (fixture->ann->client, session, NULL, confab_test_result_cb,
                                       &result);
      g_assert_true (confab_client_end_session_finish (fixture->ann->client,
                                                       confab_test_await (&result), &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (current, ==, 1);
  confab_test_until (confab_client_get_connection_state (fixture->bob->client)
                     == CONFAB_CONNECTION_SIGNED_OUT);
  g_assert_error (confab_client_get_connection_error (fixture->bob->client), CONFAB_PROBLEM,
                  CONFAB_PROBLEM_NOT_SIGNED_IN);
  g_assert_cmpint (confab_client_get_connection_state (fixture->ann->client), ==,
                   CONFAB_CONNECTION_ONLINE);

  confab_client_sign_in_again_async (fixture->bob->client, "not her password", NULL,
                                     confab_test_result_cb, &result);
  g_assert_false (confab_client_sign_in_again_finish (fixture->bob->client,
                                                      confab_test_await (&result), &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_WRONG_CREDENTIALS);
  g_clear_error (&error);
  confab_client_sign_in_again_async (fixture->bob->client, CONFAB_TEST_PASSWORD, NULL,
                                     confab_test_result_cb, &result);
  g_assert_true (confab_client_sign_in_again_finish (fixture->bob->client,
                                                     confab_test_await (&result), &error));
  g_assert_no_error (error);
  confab_test_wait_online (fixture->bob->client);
}

static void
sign_out (ConfabTestDevice *device, gboolean wipe)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_client_sign_out_async (device->client, wipe, confab_test_result_cb, &result);
  g_assert_true (
      confab_client_sign_out_finish (device->client, confab_test_await (&result), &error));
  g_assert_no_error (error);
  g_clear_object (&device->client);
}

static void
test_sign_out_and_keep (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccount) account = NULL;
  gint64 group = client_fixture_meet (fixture);

  confab_client_save_draft (fixture->ann->client, client_fixture_conversation (fixture->ann, group),
                            "half a thought");
  sign_out (fixture->ann, FALSE);
  account = g_list_model_get_item (G_LIST_MODEL (fixture->ann->store), 0);
  g_assert_nonnull (account);

  /* Readable without a session. */
  confab_test_device_open (fixture->ann);
  g_assert_cmpint (confab_client_get_connection_state (fixture->ann->client), ==,
                   CONFAB_CONNECTION_SIGNED_OUT);
  g_assert_cmpstr (
      confab_conversation_get_title (client_fixture_conversation (fixture->ann, group)), ==,
      "Group");
  confab_test_device_close (fixture->ann);

  /* The account continues. */
  confab_test_device_sign_in (fixture->ann, fixture->origin, "ann");
  g_assert_true (confab_client_get_account (fixture->ann->client) == account);
  g_assert_cmpstr (
      confab_conversation_get_draft (client_fixture_conversation (fixture->ann, group)), ==,
      "half a thought");
  confab_test_wait_online (fixture->ann->client);
}

static void
test_sign_out_and_wipe (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabAccount) account = NULL;
  g_autofree char *directory = NULL;
  g_autoptr (GListModel) sessions = NULL;

  confab_test_device_register (fixture->ann, fixture->origin, "ann");
  confab_test_device_sign_in (fixture->bob, fixture->origin, "ann");
  confab_test_wait_online (fixture->ann->client);
  confab_test_wait_online (fixture->bob->client);
  account = g_list_model_get_item (G_LIST_MODEL (fixture->ann->store), 0);
  directory = confab_account_store_get_directory (fixture->ann->store, account);
  g_assert_true (g_file_test (directory, G_FILE_TEST_IS_DIR));
  sign_out (fixture->ann, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->ann->store)), ==, 0);
  g_assert_false (g_file_test (directory, G_FILE_TEST_EXISTS));
  sessions = list_sessions (fixture->bob->client);
  g_assert_cmpuint (g_list_model_get_n_items (sessions), ==, 1);
}

/* Without the server it ends soon, and deletes everything here. */
static void
test_sign_out_offline (ClientFixture *fixture, gconstpointer data)
{
  const gint64 begin = g_get_monotonic_time ();

  confab_test_device_register (fixture->ann, fixture->origin, "ann");
  confab_test_server_kill (fixture->server);
  sign_out (fixture->ann, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->ann->store)), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_USEC_PER_SEC);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/engine/signing-in/" name, ClientFixture, NULL, client_fixture_set_up, function,    \
              client_fixture_tear_down)

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);
  ADD ("probe", test_probe);
  ADD ("probe-strangers", test_probe_strangers);
  ADD ("sign-in-errors", test_sign_in_errors);
  ADD ("sessions", test_sessions);
  ADD ("sign-out-and-keep", test_sign_out_and_keep);
  ADD ("sign-out-and-wipe", test_sign_out_and_wipe);
  ADD ("sign-out-offline", test_sign_out_offline);

  return g_test_run ();
}
