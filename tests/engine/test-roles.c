/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Roles, notices and moderation, as the window sees them, against the real server. Ann moderates, Bob does not. */

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

  /* Known from the first moment, and without a server. */
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
  confab_test_until (
      confab_conversation_get_preview_removed (get_group (fixture, fixture->bob)));
  g_assert_cmpstr (confab_conversation_get_preview (get_group (fixture, fixture->bob)), ==, "");

  /* Once more is no mistake. */
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

  confab_test_until (get_group (fixture, fixture->bob) == NULL);
  g_assert_cmpint (dump_number (mirror, "SELECT (SELECT count (*) FROM conversations)"
                                        " + (SELECT count (*) FROM drafts)"),
                   ==, 0);
}

/* ---- notices ---- */

/* The newest notice, if it is of @action. (transfer full) (nullable) */
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

  /* What happened before a computer was signed in is no news there. */
  confab_test_device_adopt (other, fixture->bob->client);
  confab_test_until ((elsewhere = get_notice (other, "message-removed")) != NULL);
  g_assert_cmpint (confab_notice_get_id (elsewhere), ==, confab_notice_get_id (live));
  g_assert_true (confab_notice_get_shown (elsewhere));
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
  };

  confab_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
