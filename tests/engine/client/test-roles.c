/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Roles, notices, moderation and pictures through the client, against the real server. Ann is a
 * moderator, Bob is not. */

#include "confab-client-account.h"
#include "confab-engine-error.h"
#include "confab-problem.h"
#include "confab-test-engine.h"
#include "confab-test-server.h"
#include "dump.h"

typedef struct
{
  ConfabTestServer *server;
  const char *origin;
  ConfabTestDevice *ann;
  ConfabTestDevice *bob;
  gint64 group;
} Fixture;

static gint64
get_id (ConfabTestDevice *device)
{
  return confab_account_get_user_id (confab_client_get_account (device->client));
}

static ConfabConversation *
get_group (Fixture *fixture, ConfabTestDevice *device)
{
  return confab_client_get_conversation (device->client, fixture->group);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  gint64 bob;

  fixture->server = confab_test_server_new ();
  fixture->origin = confab_test_server_get_origin (fixture->server);
  confab_test_server_start (fixture->server);
  fixture->ann = confab_test_device_new ();
  fixture->bob = confab_test_device_new ();
  confab_test_device_register (fixture->ann, fixture->origin, "ann");
  confab_test_device_register (fixture->bob, fixture->origin, "bob");
  confab_test_wait_online (fixture->ann->client);
  confab_test_wait_online (fixture->bob->client);
  bob = get_id (fixture->bob);
  fixture->group = confab_conversation_get_id (
      confab_test_create_group (fixture->ann->client, "Group", &bob, 1));
  confab_test_until (get_group (fixture, fixture->bob) != NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  confab_test_device_free (fixture->ann);
  confab_test_device_free (fixture->bob);
  confab_test_server_free (fixture->server);
}

static gboolean
may_remove (ConfabTestDevice *device)
{
  return confab_client_permits (device->client, CONFAB_PERMISSION_REMOVE_MESSAGES);
}

static void
promote_ann (Fixture *fixture)
{
  confab_test_server_set_role (fixture->server, "ann", "moderator");
  confab_test_until (may_remove (fixture->ann));
}

/* ---- permissions ---- */

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_permissions (Fixture *fixture, gconstpointer data)
{
  guint count = 0;

  g_assert_false (may_remove (fixture->ann));
  g_signal_connect_swapped (fixture->ann->client, "permissions-changed", G_CALLBACK (count_cb),
                            &count);
  promote_ann (fixture);
  g_assert_cmpuint (count, ==, 1);
  g_assert_false (confab_client_permits (fixture->ann->client, CONFAB_PERMISSION_CHANGE_ROLES));
  g_assert_false (may_remove (fixture->bob));

  /* Known from the start, and offline. */
  confab_test_server_stop (fixture->server);
  confab_test_device_close (fixture->ann);
  confab_test_device_open (fixture->ann);
  g_assert_true (may_remove (fixture->ann));

  confab_test_server_start (fixture->server);
  confab_test_server_set_role (fixture->server, "ann", "user");
  confab_test_until (!may_remove (fixture->ann));
}

static void
test_role_list (Fixture *fixture, gconstpointer data)
{
  GListModel *roles = confab_client_get_roles (fixture->ann->client);
  ConfabRole *own;

  g_assert_cmpuint (g_list_model_get_n_items (roles), ==, 3);
  own = confab_client_get_role (
      fixture->ann->client,
      confab_user_get_role_id (confab_client_get_self_user (fixture->ann->client)));
  g_assert_cmpstr (confab_role_get_rolename (own), ==, "user");
  g_assert_cmpint (confab_role_get_base (own), ==, CONFAB_ROLE_BASE_USER);
  g_assert_null (confab_role_get_label (own));
  g_assert_null (confab_client_get_role (fixture->ann->client, 99));
}

/* ---- moderation ---- */

static ConfabMessage *
open_first_message (Fixture *fixture, ConfabTestDevice *device, ConfabTimeline **timeline)
{
  ConfabMessage *message;

  *timeline = confab_client_open_timeline (device->client, get_group (fixture, device));
  confab_test_until (g_list_model_get_n_items (G_LIST_MODEL (*timeline)) > 0);
  message = g_list_model_get_item (G_LIST_MODEL (*timeline), 0);
  confab_test_until (confab_message_get_loaded (message));

  return message;
}

static gboolean
remove_message (Fixture *fixture, ConfabTestDevice *device, ConfabMessage *message, GError **error)
{
  GAsyncResult *result = NULL;

  confab_client_remove_message_async (device->client, get_group (fixture, device), message, NULL,
                                      confab_test_result_cb, &result);
  return confab_client_change_finish (device->client, confab_test_await (&result), error);
}

static void
test_remove_message (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabTimeline) anns = NULL;
  g_autoptr (ConfabTimeline) bobs = NULL;
  g_autoptr (ConfabMessage) seen_by_ann = NULL;
  g_autoptr (ConfabMessage) seen_by_bob = NULL;
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) error = NULL;

  confab_test_send (fixture->bob->client, fixture->group, "something unkind");
  seen_by_ann = open_first_message (fixture, fixture->ann, &anns);
  seen_by_bob = open_first_message (fixture, fixture->bob, &bobs);

  g_assert_false (remove_message (fixture, fixture->ann, seen_by_ann, &refused));
  g_assert_error (refused, CONFAB_PROBLEM, CONFAB_PROBLEM_FORBIDDEN);
  g_assert_false (confab_message_get_removed (seen_by_ann));

  promote_ann (fixture);
  g_assert_true (remove_message (fixture, fixture->ann, seen_by_ann, &error));
  g_assert_no_error (error);
  g_assert_true (confab_message_get_removed (seen_by_ann));
  g_assert_cmpstr (confab_message_get_content (seen_by_ann), ==, "");
  confab_test_until (confab_message_get_removed (seen_by_bob));
  g_assert_cmpstr (confab_message_get_content (seen_by_bob), ==, "");
  confab_test_until (confab_conversation_get_preview_removed (get_group (fixture, fixture->bob)));
  g_assert_cmpstr (confab_conversation_get_preview (get_group (fixture, fixture->bob)), ==, "");

  /* Repeating it is no error. */
  g_assert_true (remove_message (fixture, fixture->ann, seen_by_ann, &error));
  g_assert_no_error (error);
}

static void
test_remove_member (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (ConfabUser) bob = confab_user_new (get_id (fixture->bob));
  g_autofree char *mirror = confab_test_device_get_mirror (fixture->bob);
  g_autoptr (GError) error = NULL;

  promote_ann (fixture);
  confab_client_save_draft (fixture->bob->client, get_group (fixture, fixture->bob), "a draft");
  confab_client_remove_member_async (fixture->ann->client, get_group (fixture, fixture->ann), bob,
                                     NULL, confab_test_result_cb, &result);
  g_assert_true (
      confab_client_change_finish (fixture->ann->client, confab_test_await (&result), &error));
  g_assert_no_error (error);

  /* What Bob could read stays, and so does his draft. */
  confab_test_until (confab_conversation_get_closed_reason (get_group (fixture, fixture->bob))
                     == CONFAB_CLOSED_REMOVED);
  g_assert_cmpint (dump_number (mirror, "SELECT count (*) FROM conversations"), ==, 1);
  g_assert_cmpint (dump_number (mirror, "SELECT count (*) FROM drafts"), ==, 1);
}

/* ---- notices ---- */

/* Return the newest notice, if it is of @action. (transfer full) (nullable) */
static ConfabNotice *
get_notice (ConfabTestDevice *device, const char *action)
{
  g_autoptr (ConfabNotice) notice =
      g_list_model_get_item (confab_client_get_notices (device->client), 0);

  if (notice == NULL || !g_str_equal (confab_notice_get_action (notice), action))
    return NULL;
  return g_steal_pointer (&notice);
}

static void
test_notices (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabTimeline) timeline = NULL;
  g_autoptr (ConfabMessage) message = NULL;
  g_autoptr (ConfabNotice) live = NULL;
  g_autoptr (ConfabNotice) kept = NULL;
  g_autoptr (ConfabNotice) elsewhere = NULL;
  g_autoptr (ConfabTestDevice) other = confab_test_device_new ();

  promote_ann (fixture);
  confab_test_send (fixture->bob->client, fixture->group, "something unkind");
  message = open_first_message (fixture, fixture->ann, &timeline);
  g_assert_true (remove_message (fixture, fixture->ann, message, NULL));

  confab_test_until ((live = get_notice (fixture->bob, "message-removed")) != NULL);
  g_assert_cmpstr (confab_notice_get_actor (live), ==, "ann");
  g_assert_false (confab_notice_get_by_self (live));
  g_assert_false (confab_notice_get_shown (live));

  confab_client_mark_notices_shown (fixture->bob->client);
  g_assert_true (confab_notice_get_shown (live));
  confab_test_device_close (fixture->bob);
  confab_test_device_open (fixture->bob);
  confab_test_until ((kept = get_notice (fixture->bob, "message-removed")) != NULL);
  g_assert_true (confab_notice_get_shown (kept));

  /* Notices from before a computer was signed in are not shown as new. */
  confab_test_device_adopt (other, fixture->bob->client);
  confab_test_until ((elsewhere = get_notice (other, "message-removed")) != NULL);
  g_assert_cmpint (confab_notice_get_id (elsewhere), ==, confab_notice_get_id (live));
  g_assert_true (confab_notice_get_shown (elsewhere));
}

/* ---- suspended ---- */

/* Suspend a user by an administrator's request. */
static void
suspend (ConfabTestDevice *admin, gint64 user_id)
{
  g_autofree char *path = g_strdup_printf ("/v1/admin/users/%" G_GINT64_FORMAT "/state", user_id);
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  json_object_set_string_member (body, "state", "suspended");
  json_object_set_string_member (body, "expected_state", "active");
  confab_transport_call_async (admin->client->transport, "PUT", path, body, NULL, NULL, NULL,
                               confab_test_result_cb, &result);
  confab_transport_call_finish (admin->client->transport, confab_test_await (&result), NULL,
                                &error);
  g_assert_no_error (error);
}

static void
test_suspended (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_test_server_set_role (fixture->server, "ann", "admin");
  confab_test_until (
      confab_client_permits (fixture->ann->client, CONFAB_PERMISSION_SUSPEND_PEOPLE));
  suspend (fixture->ann, get_id (fixture->bob));
  confab_test_until (confab_client_get_connection_state (fixture->bob->client)
                     == CONFAB_CONNECTION_SIGNED_OUT);
  g_assert_error (confab_client_get_connection_error (fixture->bob->client), CONFAB_PROBLEM,
                  CONFAB_PROBLEM_ACCOUNT_SUSPENDED);
  /* Local data stays readable; signing in again fails with the reason. */
  g_assert_nonnull (get_group (fixture, fixture->bob));
  confab_client_sign_in_again_async (fixture->bob->client, CONFAB_TEST_PASSWORD, NULL,
                                     confab_test_result_cb, &result);
  g_assert_false (confab_client_sign_in_again_finish (fixture->bob->client,
                                                      confab_test_await (&result), &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_ACCOUNT_SUSPENDED);
}

/* ---- pictures ---- */

static GBytes *
load_picture (ConfabTestDevice *device, const char *hash, GError **error)
{
  GAsyncResult *result = NULL;

  confab_client_load_picture_async (device->client, hash, NULL, confab_test_result_cb, &result);
  return confab_client_load_picture_finish (device->client, confab_test_await (&result), error);
}

static ConfabUser *
get_ann (ConfabTestDevice *device, GListModel *members)
{
  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (ConfabUser) user = g_list_model_get_item (members, i);

      if (g_str_equal (confab_user_get_username (user), "ann"))
        return user; /* the list keeps it */
    }
  return NULL;
}

/* Make the smallest PNG. */
static GBytes *
make_png (void)
{
  static const char text[] =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
      "awAAAABJRU5ErkJggg==";
  gsize length;
  guchar *data = g_base64_decode (text, &length);

  return g_bytes_new_take (data, length);
}

static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) members =
      confab_client_open_members (fixture->bob->client, get_group (fixture, fixture->bob));
  g_autoptr (GBytes) png = make_png ();
  g_autoptr (GBytes) fetched = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) no_hash = NULL;
  g_autofree char *nobodys = g_strnfill (64, 'a');
  GAsyncResult *result = NULL;
  ConfabUser *ann;

  confab_client_change_picture_async (fixture->ann->client, png, NULL, confab_test_result_cb,
                                      &result);
  g_assert_true (confab_client_change_profile_finish (fixture->ann->client,
                                                      confab_test_await (&result), &error));
  g_assert_no_error (error);
  confab_test_until ((ann = get_ann (fixture->bob, members)) != NULL
                     && confab_user_get_picture (ann) != NULL);
  fetched = load_picture (fixture->bob, confab_user_get_picture (ann), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (fetched, png));
  g_assert_null (load_picture (fixture->bob, nobodys, &unknown));
  g_assert_error (unknown, CONFAB_PROBLEM, CONFAB_PROBLEM_NOT_FOUND);
  g_assert_null (load_picture (fixture->bob, "../users/me", &no_hash));
  g_assert_error (no_hash, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB);

  /* From now on without the server. */
  confab_test_server_stop (fixture->server);
  kept = load_picture (fixture->bob, confab_user_get_picture (ann), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (kept, png));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/engine/roles/permissions", test_permissions },
    { "/engine/roles/list", test_role_list },
    { "/engine/roles/remove-message", test_remove_message },
    { "/engine/roles/remove-member", test_remove_member },
    { "/engine/roles/notices", test_notices },
    { "/engine/roles/suspended", test_suspended },
    { "/engine/roles/pictures", test_pictures },
  };

  confab_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
