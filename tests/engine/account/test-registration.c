/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Registering on a server that requires invitations, from its set-up on. */

#include "confab-client-admin.h"
#include "confab-problem.h"
#include "confab-sign-in.h"
#include "confab-test-engine.h"
#include "confab-test-server.h"

typedef struct
{
  ConfabTestServer *server;
  const char *origin;
  ConfabTestDevice *ann;
  ConfabTestDevice *bob;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = confab_test_server_new ();
  fixture->origin = confab_test_server_get_origin (fixture->server);
  confab_test_server_invite_only (fixture->server);
  confab_test_server_start (fixture->server);
  fixture->ann = confab_test_device_new ();
  fixture->bob = confab_test_device_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  confab_test_device_free (fixture->ann);
  confab_test_device_free (fixture->bob);
  confab_test_server_free (fixture->server);
}

/* Return whether @username was registered on @device. */
static gboolean
register_with (Fixture *fixture,
               ConfabTestDevice *device,
               const char *username,
               const char *code,
               GError **error)
{
  g_autofree char *email = g_strconcat (username, "@example.org", NULL);
  GAsyncResult *result = NULL;

  confab_register_async (device->store, fixture->origin, username, email, CONFAB_TEST_PASSWORD,
                         code, NULL, confab_test_result_cb, &result);
  device->client = confab_register_finish (confab_test_await (&result), error);
  if (device->client != NULL)
    confab_client_start (device->client);

  return device->client != NULL;
}

static void
assert_refused (Fixture *fixture, const char *code, int problem)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (register_with (fixture, fixture->bob, "bob", code, &error));
  g_assert_error (error, CONFAB_PROBLEM, problem);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->bob->store)), ==, 0);
}

static void
test_policy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabServerInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  confab_server_probe_async (fixture->bob->environment, fixture->origin, NULL,
                             confab_test_result_cb, &result);
  info = confab_server_probe_finish (confab_test_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->registration, ==, CONFAB_REGISTRATION_INVITATION);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, NULL, CONFAB_PROBLEM_INVITATION_REQUIRED);
  assert_refused (fixture, "", CONFAB_PROBLEM_INVITATION_INVALID);
  assert_refused (fixture, "ABCD-EFGH", CONFAB_PROBLEM_INVITATION_INVALID);
}

/* With the set-up code Ann becomes an administrator; her invitation admits Bob, and no one after
 * him. */
static void
test_invited (Fixture *fixture, gconstpointer data)
{
  ConfabTestDevice *ann = fixture->ann;
  g_autofree char *setup_code = confab_test_server_get_setup_code (fixture->server);
  g_autoptr (ConfabInvitationCode) code = NULL;
  g_autoptr (ConfabTestDevice) carl = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  g_assert_true (register_with (fixture, ann, "ann", setup_code, &error));
  g_assert_no_error (error);
  confab_test_wait_online (ann->client);
  /* Online, but the roles are still being read. */
  confab_test_until (confab_client_permits (ann->client, CONFAB_PERMISSION_INVITE));
  assert_refused (fixture, setup_code, CONFAB_PROBLEM_INVITATION_INVALID);

  confab_client_create_invitation_async (ann->client, 1, 3600, NULL, confab_test_result_cb,
                                         &result);
  code = confab_client_create_invitation_finish (ann->client, confab_test_await (&result), &error);
  g_assert_no_error (error);
  g_assert_true (register_with (fixture, fixture->bob, "bob", code->code, &error));
  g_assert_no_error (error);
  confab_test_wait_online (fixture->bob->client);
  g_assert_false (confab_client_permits (fixture->bob->client, CONFAB_PERMISSION_INVITE));

  carl = confab_test_device_new ();
  g_assert_false (register_with (fixture, carl, "carl", code->code, &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVITATION_INVALID);
}

int
main (int argc, char *argv[])
{
  confab_test_init (&argc, &argv);

#define ADD(name, func)                                                                            \
  g_test_add ("/engine/registration/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("policy", test_policy);
  ADD ("refused", test_refused);
  ADD ("invited", test_invited);
#undef ADD

  return g_test_run ();
}
