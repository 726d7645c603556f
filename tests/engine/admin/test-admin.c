/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Administration through the client, against the real server. Ann is an administrator, Bob is
 * not. */

#include <string.h>

#include "confab-admin-private.h"
#include "confab-audit-text.h"
#include "confab-engine-error.h"
#include "confab-invitation-link.h"
#include "confab-json.h"
#include "confab-limits.h"
#include "confab-problem.h"
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
  confab_test_server_start (fixture->server);
  fixture->ann = confab_test_device_new ();
  fixture->bob = confab_test_device_new ();
  confab_test_device_register (fixture->ann, fixture->origin, "ann");
  confab_test_device_register (fixture->bob, fixture->origin, "bob");
  confab_test_server_set_role (fixture->server, "ann", "admin");
  confab_test_wait_online (fixture->ann->client);
  confab_test_wait_online (fixture->bob->client);
  /* The server permits it at once, but her computer must have learned of it, too. */
  confab_test_until (confab_client_permits (fixture->ann->client, CONFAB_PERMISSION_CHANGE_ROLES));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  confab_test_device_free (fixture->ann);
  confab_test_device_free (fixture->bob);
  confab_test_server_free (fixture->server);
}

static gint64
role_named (ConfabClient *client, const char *rolename)
{
  GListModel *roles = confab_client_get_roles (client);

  for (guint i = 0; i < g_list_model_get_n_items (roles); i++)
    {
      g_autoptr (ConfabRole) role = g_list_model_get_item (roles, i);

      if (g_str_equal (confab_role_get_rolename (role), rolename))
        return confab_role_get_id (role);
    }
  g_assert_not_reached ();
}

static void
wait_loaded (ConfabPagedList *list)
{
  confab_test_until (!confab_paged_list_get_loading (list));
  g_assert_no_error (confab_paged_list_get_error (list));
}

static guint
length (ConfabPagedList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

/* (transfer full) */
static ConfabPerson *
find (ConfabClient *client, const char *username)
{
  g_autoptr (ConfabPagedList) people = confab_client_open_people (client);

  confab_people_list_search (people, username, 0, -1);
  wait_loaded (people);
  g_assert_cmpuint (length (people), ==, 1);

  return g_list_model_get_item (G_LIST_MODEL (people), 0);
}

/* ---- people ---- */

static void
test_people (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autoptr (ConfabPagedList) people = confab_client_open_people (client);
  g_autoptr (ConfabPerson) ann = NULL;
  g_autoptr (ConfabPerson) bob = NULL;

  g_assert_true (confab_paged_list_get_loading (people));
  wait_loaded (people);
  g_assert_cmpuint (length (people), ==, 2);
  g_assert_cmpint (confab_paged_list_get_total (people), ==, 2);

  confab_people_list_search (people, "BOB@", 0, -1);
  wait_loaded (people);
  bob = g_list_model_get_item (G_LIST_MODEL (people), 0);
  g_assert_cmpuint (length (people), ==, 1);
  g_assert_cmpstr (confab_person_get_username (bob), ==, "bob");
  g_assert_cmpstr (confab_person_get_email (bob), ==, "bob@example.org");
  g_assert_cmpint (confab_person_get_role_id (bob), ==, role_named (client, "user"));
  g_assert_cmpint (confab_person_get_state (bob), ==, CONFAB_PERSON_ACTIVE);
  g_assert_cmpuint (confab_person_get_sessions (bob), ==, 1);
  g_assert_cmpint (confab_person_get_last_seen_at (bob), >, 0);

  confab_people_list_search (people, NULL, role_named (client, "admin"), -1);
  wait_loaded (people);
  ann = g_list_model_get_item (G_LIST_MODEL (people), 0);
  g_assert_cmpuint (length (people), ==, 1);
  g_assert_cmpstr (confab_person_get_username (ann), ==, "ann");

  confab_people_list_search (people, NULL, 0, CONFAB_PERSON_SUSPENDED);
  wait_loaded (people);
  g_assert_cmpuint (length (people), ==, 0);
  g_assert_cmpint (confab_paged_list_get_total (people), ==, 0);
}

/* A late answer to an earlier search must not replace a newer result. */
static void
test_late_answers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabPagedList) people = confab_client_open_people (fixture->ann->client);
  g_autoptr (ConfabPerson) found = NULL;

  confab_people_list_search (people, "a", 0, -1);
  confab_people_list_search (people, "an", 0, -1);
  confab_people_list_search (people, "bob", 0, -1);
  wait_loaded (people);
  confab_test_idle_ms (100);
  g_assert_cmpuint (length (people), ==, 1);
  found = g_list_model_get_item (G_LIST_MODEL (people), 0);
  g_assert_cmpstr (confab_person_get_username (found), ==, "bob");
}

#define MANY "100000"

/* While the server is stopped. */
static void
run_sql (Fixture *fixture, const char *sql)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  confab_test_server_stop (fixture->server);
  confab_test_until (confab_client_get_connection_state (fixture->ann->client)
                     != CONFAB_CONNECTION_ONLINE);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "sqlite3",
                              confab_test_server_get_database (fixture->server), sql, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
  confab_test_server_start (fixture->server);
  confab_client_reconnect (fixture->ann->client);
  confab_test_wait_online (fixture->ann->client);
}

static void
add_many_people (Fixture *fixture)
{
  run_sql (
      fixture,
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " MANY ")"
      " INSERT INTO users (username, email, password, created_at, role_id, username_key, email_key,"
      "                    username_look, created_rev, rev)"
      " SELECT format ('p%06d', i), format ('p%06d@example.org', i), '!', 0, 2,"
      "        format ('p%06d', i), format ('p%06d@example.org', i), format ('p%06d', i), 1, 1"
      "   FROM n");
}

static void
count_cb (guint *n_requests, GParamSpec *pspec, ConfabPagedList *list)
{
  if (confab_paged_list_get_loading (list))
    (*n_requests)++;
}

/* A page is requested when an item near it is, and not earlier. */
static void
test_many_people (Fixture *fixture, gconstpointer data)
{
  const guint page = CONFAB_ADMIN_PEOPLE_MAX_ROWS;
  g_autoptr (ConfabPagedList) people = NULL;
  g_autoptr (ConfabPerson) found = NULL;
  guint n_requests = 1;

  add_many_people (fixture);
  people = confab_client_open_people (fixture->ann->client);
  g_signal_connect_swapped (people, "notify::loading", G_CALLBACK (count_cb), &n_requests);
  wait_loaded (people);
  g_assert_cmpint (confab_paged_list_get_total (people), ==, 100002);
  g_assert_cmpuint (length (people), ==, page);
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (people), page / 2));
  confab_test_idle_ms (100);
  g_assert_cmpuint (n_requests, ==, 1);

  for (guint i = 2; i <= 20; i++)
    {
      g_object_unref (g_list_model_get_item (G_LIST_MODEL (people), length (people) - 1));
      confab_test_until (length (people) == i * page);
      g_assert_cmpuint (n_requests, ==, i);
    }

  confab_people_list_search (people, "p099999", 0, -1);
  wait_loaded (people);
  g_assert_cmpuint (length (people), ==, 1);
  found = g_list_model_get_item (G_LIST_MODEL (people), 0);
  g_assert_cmpstr (confab_person_get_username (found), ==, "p099999");
}

static void
test_forbidden (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabPagedList) people = confab_client_open_people (fixture->bob->client);

  confab_test_until (confab_paged_list_get_error (people) != NULL);
  g_assert_error (confab_paged_list_get_error (people), CONFAB_PROBLEM, CONFAB_PROBLEM_FORBIDDEN);
  g_assert_false (confab_paged_list_get_loading (people));
}

/* Nothing is queued; the list continues when the connection is back. */
static void
test_offline (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autoptr (ConfabPagedList) people = NULL;
  g_autoptr (ConfabPerson) bob = find (client, "bob");
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  confab_test_server_stop (fixture->server);
  confab_test_until (confab_client_get_connection_state (client) != CONFAB_CONNECTION_ONLINE);
  confab_client_change_state_async (client, bob, CONFAB_PERSON_SUSPENDED, NULL,
                                    confab_test_result_cb, &result);
  g_assert_false (confab_client_person_finish (client, confab_test_await (&result), &error));
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_OFFLINE);
  people = confab_client_open_people (client);
  confab_test_until (confab_paged_list_get_error (people) != NULL);
  g_assert_error (confab_paged_list_get_error (people), CONFAB_ENGINE_ERROR,
                  CONFAB_ENGINE_ERROR_OFFLINE);

  confab_test_server_start (fixture->server);
  confab_client_reconnect (client);
  confab_test_until (length (people) == 2);
  wait_loaded (people);
}

/* ---- roles ---- */

static gboolean
verify (ConfabClient *client, const char *password, GError **error)
{
  GAsyncResult *result = NULL;

  confab_client_verify_async (client, password, NULL, confab_test_result_cb, &result);

  return confab_client_verify_finish (client, confab_test_await (&result), error);
}

static gboolean
change_role (ConfabClient *client, ConfabPerson *person, const char *rolename, GError **error)
{
  GAsyncResult *result = NULL;

  confab_client_change_role_async (client, person, role_named (client, rolename), NULL,
                                   confab_test_result_cb, &result);

  return confab_client_person_finish (client, confab_test_await (&result), error);
}

static gboolean
undo_role (ConfabClient *client, ConfabPerson *person, GError **error)
{
  GAsyncResult *result = NULL;

  confab_client_undo_role_async (client, person, NULL, confab_test_result_cb, &result);

  return confab_client_person_finish (client, confab_test_await (&result), error);
}

static gboolean
refresh (ConfabClient *client, ConfabPerson *person, GError **error)
{
  GAsyncResult *result = NULL;

  confab_client_refresh_person_async (client, person, NULL, confab_test_result_cb, &result);

  return confab_client_person_finish (client, confab_test_await (&result), error);
}

static void
changed_cb (guint *n_changes)
{
  (*n_changes)++;
}

static void
test_change_role (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autoptr (ConfabPerson) bob = find (client, "bob");
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;

  g_signal_connect_swapped (bob, "changed", G_CALLBACK (changed_cb), &n_changes);
  g_assert_false (change_role (client, bob, "moderator", &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_PASSWORD_NEEDED);
  g_clear_error (&error);
  g_assert_false (verify (client, "not the password", &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_WRONG_CREDENTIALS);
  g_clear_error (&error);
  g_assert_cmpuint (n_changes, ==, 0);

  g_assert_true (verify (client, CONFAB_TEST_PASSWORD, &error));
  g_assert_true (change_role (client, bob, "moderator", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpint (confab_person_get_role_id (bob), ==, role_named (client, "moderator"));
  g_assert_cmpint (confab_person_get_undo_role_id (bob), ==, role_named (client, "user"));
  g_assert_cmpint (confab_person_get_undo_expires_at (bob), >, g_get_real_time () / 1000);
  /* Bob's client learns of it without a request. */
  confab_test_until (
      confab_client_permits (fixture->bob->client, CONFAB_PERMISSION_REMOVE_MESSAGES));

  g_assert_true (undo_role (client, bob, &error));
  g_assert_cmpint (confab_person_get_role_id (bob), ==, role_named (client, "user"));
  g_assert_cmpint (confab_person_get_undo_expires_at (bob), ==, 0);
  confab_test_until (
      !confab_client_permits (fixture->bob->client, CONFAB_PERMISSION_REMOVE_MESSAGES));
}

/* Two clients of Ann's: the second one has outdated data. */
static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autoptr (ConfabPerson) bob = find (client, "bob");
  g_autoptr (ConfabPerson) stale = find (client, "bob");
  g_autoptr (GError) error = NULL;

  g_assert_true (verify (client, CONFAB_TEST_PASSWORD, &error));
  g_assert_true (change_role (client, bob, "moderator", &error));
  g_assert_false (change_role (client, stale, "admin", &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (confab_person_get_role_id (stale), ==, role_named (client, "user"));

  g_assert_true (refresh (client, stale, &error));
  g_assert_cmpint (confab_person_get_role_id (stale), ==, role_named (client, "moderator"));
  g_assert_cmpint (confab_person_get_undo_role_id (stale), ==, role_named (client, "user"));
  g_assert_true (undo_role (client, stale, &error));
  g_assert_false (undo_role (client, bob, &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_UNDO_EXPIRED);
}

static void
test_last_admin (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autoptr (ConfabPerson) ann = find (client, "ann");
  g_autoptr (GError) error = NULL;
  ConfabRolePreview preview = { 0 };
  GAsyncResult *result = NULL;

  confab_client_preview_role_async (client, ann, role_named (client, "user"), NULL,
                                    confab_test_result_cb, &result);
  g_assert_true (
      confab_client_preview_role_finish (client, confab_test_await (&result), &preview, &error));
  g_assert_cmpuint (preview.sessions, ==, 1);
  g_assert_cmpuint (preview.admins_now, ==, 1);
  g_assert_cmpuint (preview.admins_after, ==, 0);

  g_assert_false (change_role (client, ann, "user", &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_LAST_ADMIN);
  g_assert_true (confab_client_permits (client, CONFAB_PERMISSION_CHANGE_ROLES));
}

static void
test_label (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  gint64 id = role_named (client, "moderator");
  ConfabRole *role = confab_client_get_role (client, id);
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  confab_client_label_role_async (client, id, "Caretaker", NULL, confab_test_result_cb, &result);
  g_assert_true (confab_client_label_role_finish (client, confab_test_await (&result), &error));
  confab_test_until (g_strcmp0 (confab_role_get_label (role), "Caretaker") == 0);
  confab_test_until (
      g_strcmp0 (confab_role_get_label (confab_client_get_role (fixture->bob->client, id)),
                 "Caretaker")
      == 0);

  confab_client_label_role_async (client, id, NULL, NULL, confab_test_result_cb, &result);
  g_assert_true (confab_client_label_role_finish (client, confab_test_await (&result), &error));
  confab_test_until (confab_role_get_label (role) == NULL);
}

/* ---- access ---- */

static void
test_suspend (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autoptr (ConfabPerson) bob = find (client, "bob");
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  confab_client_change_state_async (client, bob, CONFAB_PERSON_SUSPENDED, NULL,
                                    confab_test_result_cb, &result);
  g_assert_true (confab_client_person_finish (client, confab_test_await (&result), &error));
  g_assert_cmpint (confab_person_get_state (bob), ==, CONFAB_PERSON_SUSPENDED);
  g_assert_cmpuint (confab_person_get_sessions (bob), ==, 0);
  confab_test_until (confab_client_get_connection_state (fixture->bob->client)
                     == CONFAB_CONNECTION_SIGNED_OUT);

  confab_client_change_state_async (client, bob, CONFAB_PERSON_ACTIVE, NULL, confab_test_result_cb,
                                    &result);
  g_assert_true (confab_client_person_finish (client, confab_test_await (&result), &error));
  g_assert_cmpint (confab_person_get_state (bob), ==, CONFAB_PERSON_ACTIVE);
}

static void
test_end_sessions (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autoptr (ConfabPerson) bob = find (client, "bob");
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  guint ended = 0;

  confab_client_end_sessions_async (client, bob, NULL, confab_test_result_cb, &result);
  g_assert_true (
      confab_client_end_sessions_finish (client, confab_test_await (&result), &ended, &error));
  g_assert_cmpuint (ended, ==, 1);
  g_assert_cmpuint (confab_person_get_sessions (bob), ==, 0);
  confab_test_until (confab_client_get_connection_state (fixture->bob->client)
                     == CONFAB_CONNECTION_SIGNED_OUT);
}

static ConfabResetCode *
issue_code (ConfabClient *client, ConfabPerson *person, GError **error)
{
  GAsyncResult *result = NULL;

  confab_client_issue_reset_code_async (client, person, NULL, confab_test_result_cb, &result);

  return confab_client_issue_reset_code_finish (client, confab_test_await (&result), error);
}

static void
test_reset_code (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autoptr (ConfabPerson) bob = find (client, "bob");
  g_autoptr (ConfabResetCode) code = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (issue_code (client, bob, &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_PASSWORD_NEEDED);
  g_clear_error (&error);
  g_assert_true (verify (client, CONFAB_TEST_PASSWORD, &error));
  code = issue_code (client, bob, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (code->code), ==, 9);
  g_assert_true (g_str_has_prefix (code->link, "confab://reset?"));
  g_assert_cmpint (code->expires_at, >, g_get_real_time () / 1000);
}

static void
test_invitations (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autoptr (ConfabInvitationCode) code = NULL;
  g_autoptr (ConfabInvitationLink) link = NULL;
  ConfabRegistration registration = CONFAB_REGISTRATION_CLOSED;
  g_autoptr (GListModel) open = NULL;
  g_autoptr (GListModel) none = NULL;
  g_autoptr (ConfabInvitation) invitation = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  confab_client_create_invitation_async (client, 3, 7200, NULL, confab_test_result_cb, &result);
  code = confab_client_create_invitation_finish (client, confab_test_await (&result), &error);
  g_assert_no_error (error);
  link = confab_invitation_link_parse (code->link, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (link->code, ==, code->code);
  g_assert_cmpstr (link->server, ==,
                   confab_account_get_server (confab_client_get_account (client)));

  confab_client_list_invitations_async (client, NULL, confab_test_result_cb, &result);
  open = confab_client_list_invitations_finish (client, confab_test_await (&result), &registration,
                                                &error);
  g_assert_cmpuint (g_list_model_get_n_items (open), ==, 1);
  g_assert_cmpint (registration, ==, CONFAB_REGISTRATION_OPEN);
  invitation = g_list_model_get_item (open, 0);
  g_assert_cmpuint (confab_invitation_get_uses (invitation), ==, 3);
  g_assert_cmpuint (confab_invitation_get_uses_left (invitation), ==, 3);
  g_assert_cmpstr (confab_invitation_get_created_by (invitation), ==, "ann");
  g_assert_cmpint (confab_invitation_get_expires_at (invitation)
                       - confab_invitation_get_created_at (invitation),
                   ==, 7200 * 1000);

  confab_client_end_invitation_async (client, invitation, NULL, confab_test_result_cb, &result);
  g_assert_true (confab_client_end_invitation_finish (client, confab_test_await (&result), &error));
  confab_client_list_invitations_async (client, NULL, confab_test_result_cb, &result);
  none = confab_client_list_invitations_finish (client, confab_test_await (&result), &registration,
                                                &error);
  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
}

/* ---- the audit ---- */

static void
test_audit (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autoptr (ConfabPagedList) audit = NULL;
  g_autoptr (ConfabAuditEntry) newest = NULL;
  g_autoptr (ConfabPerson) bob = find (client, "bob");
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  guint all;

  confab_client_change_state_async (client, bob, CONFAB_PERSON_SUSPENDED, NULL,
                                    confab_test_result_cb, &result);
  g_assert_true (confab_client_person_finish (client, confab_test_await (&result), &error));

  audit = confab_client_open_audit (client);
  wait_loaded (audit);
  all = length (audit);
  newest = g_list_model_get_item (G_LIST_MODEL (audit), 0);
  g_assert_cmpstr (confab_audit_entry_get_action (newest), ==, "suspended");
  g_assert_cmpstr (confab_audit_entry_get_actor (newest), ==, "ann");
  g_assert_cmpstr (confab_audit_entry_get_target (newest), ==, "bob");
  g_assert_cmpstr (confab_audit_entry_get_old_value (newest), ==, "active");
  g_assert_cmpstr (confab_audit_entry_get_new_value (newest), ==, "suspended");
  g_assert_cmpstr (confab_audit_entry_get_address (newest), ==, "127.0.0.1");
  g_assert_cmpint (confab_audit_entry_get_at (newest), >, 0);

  confab_audit_list_search (audit, "suspended");
  wait_loaded (audit);
  g_assert_cmpuint (length (audit), ==, 1);
  g_assert_cmpuint (all, >, 1);
  g_assert_cmpint (confab_paged_list_get_total (audit), ==, -1);
}

/* The server examines a limited part of a long audit per request and finds nothing at first: the
 * list continues. */
static void
test_long_audit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabPagedList) audit = NULL;

  run_sql (fixture,
           "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 17000)"
           " INSERT INTO audit (at, action, new_value, rev)"
           " SELECT 1, 'role-labelled', iif (i = 1, 'needle', 'hay'), 1 FROM n");
  audit = confab_client_open_audit (fixture->ann->client);
  confab_audit_list_search (audit, "needle");
  wait_loaded (audit);
  g_assert_cmpuint (length (audit), ==, 1);
  confab_audit_list_search (audit, "in no haystack");
  wait_loaded (audit);
  g_assert_cmpuint (length (audit), ==, 0);
  g_assert_null (confab_paged_list_get_error (audit));
}

typedef struct
{
  GAsyncResult *result;
  GCancellable *cancellable; /* (nullable): cancelled at the first progress */
  guint n_entries;
} Export;

static void
export_progress_cb (guint n_entries, gpointer user_data)
{
  Export *export = user_data;

  g_assert_cmpuint (n_entries, >=, export->n_entries);
  export->n_entries = n_entries;
  g_cancellable_cancel (export->cancellable);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Export *)user_data)->result = g_object_ref (result);
}

static gboolean
export_audit (ConfabClient *client,
              GFile *file,
              ConfabAuditFormat format,
              Export *export,
              GError **error)
{
  export->n_entries = 0;
  confab_client_export_audit_async (client, NULL, file, format, export_progress_cb,
                                    export->cancellable, exported_cb, export);

  return confab_client_export_audit_finish (client, confab_test_await (&export->result), error);
}

/* Make more than one page by adding entries, the only change that the audit permits. */
static void
add_many_entries (Fixture *fixture)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  confab_test_server_stop (fixture->server);
  confab_test_until (confab_client_get_connection_state (fixture->ann->client)
                     != CONFAB_CONNECTION_ONLINE);
  process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_NONE, &error, "sqlite3", confab_test_server_get_database (fixture->server),
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
      " INSERT INTO audit (at, actor_id, target_id, action, old_value, new_value, rev)"
      " SELECT 1000 * i, 1, 2, 'username-changed', 'b\"o,b', '=bob', 1 FROM n",
      NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  confab_test_server_start (fixture->server);
  confab_client_reconnect (fixture->ann->client);
  confab_test_wait_online (fixture->ann->client);
}

static char **
read_lines (GFile *file)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (text, "\n"));
  text[strlen (text) - 1] = '\0';

  return g_strsplit (text, "\n", -1);
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autofree char *folder = confab_test_make_folder ();
  g_autoptr (GFile) csv = g_file_new_build_filename (folder, "audit.csv", NULL);
  g_autoptr (GFile) json = g_file_new_build_filename (folder, "audit.jsonl", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) csv_lines = NULL;
  g_auto (GStrv) json_lines = NULL;
  Export export = { 0 };

  add_many_entries (fixture);
  g_assert_true (export_audit (client, csv, CONFAB_AUDIT_CSV, &export, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (export.n_entries, >, 500);
  csv_lines = read_lines (csv);
  g_assert_cmpuint (g_strv_length (csv_lines), ==, export.n_entries + 1);
  g_assert_cmpstr (csv_lines[0], ==, "id,at,actor,target,conversation_id,action,old,new,address\r");
  g_assert_nonnull (strstr (csv_lines[1], "\"username-changed\",\"b\"\"o,b\",\"'=bob\",\r"));
  g_assert_nonnull (strstr (csv_lines[1], "\"1970-01-01T00:08:20Z\""));

  g_assert_true (export_audit (client, json, CONFAB_AUDIT_JSON_LINES, &export, &error));
  json_lines = read_lines (json);
  g_assert_cmpuint (g_strv_length (json_lines), ==, export.n_entries);
  for (guint i = 0; json_lines[i] != NULL; i++)
    {
      g_autoptr (JsonObject) entry =
          confab_json_parse_answer (json_lines[i], strlen (json_lines[i]), 10000, &error);

      g_assert_no_error (error);
      g_assert_true (json_object_has_member (entry, "action"));
    }

  confab_test_remove_folder (folder);
}

/* A cancelled export leaves no file, or the previous one. */
static void
test_export_cancelled (Fixture *fixture, gconstpointer data)
{
  ConfabClient *client = fixture->ann->client;
  g_autofree char *folder = confab_test_make_folder ();
  g_autoptr (GFile) fresh = g_file_new_build_filename (folder, "fresh.csv", NULL);
  g_autoptr (GFile) old = g_file_new_build_filename (folder, "old.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  Export export = { 0 };

  add_many_entries (fixture);
  g_assert_true (g_file_replace_contents (old, "before", 6, NULL, FALSE, 0, NULL, NULL, NULL));

  export.cancellable = g_cancellable_new ();
  g_assert_false (export_audit (client, fresh, CONFAB_AUDIT_CSV, &export, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (export.n_entries, ==, CONFAB_AUDIT_MAX_ROWS);
  g_assert_false (g_file_query_exists (fresh, NULL));
  g_clear_error (&error);

  g_object_unref (export.cancellable);
  export.cancellable = g_cancellable_new ();
  g_assert_false (export_audit (client, old, CONFAB_AUDIT_CSV, &export, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_load_contents (old, NULL, &text, NULL, NULL, NULL));
  g_assert_cmpstr (text, ==, "before");
  g_object_unref (export.cancellable);

  confab_test_remove_folder (folder);
}

/* ---- malformed answers ---- */

static void
test_strange_answers (void)
{
  static const struct
  {
    ConfabTransportDecoder decoder;
    const char *json;
  } cases[] = {
    { confab_audit_text_decode_csv, "{\"entries\":5}" },
    { confab_audit_text_decode_json, "{\"entries\":[],\"next\":[]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object =
          confab_json_parse_answer (cases[i].json, strlen (cases[i].json), 10000, &error);

      g_assert_no_error (error);
      g_assert_null (cases[i].decoder (object, &error));
      g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD);
    }
}

int
main (int argc, char **argv)
{
  confab_test_init (&argc, &argv);

#define ADD(path, func) g_test_add ("/engine/admin/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("people", test_people);
  ADD ("people/late-answers", test_late_answers);
  ADD ("people/many", test_many_people);
  ADD ("people/forbidden", test_forbidden);
  ADD ("people/offline", test_offline);
  ADD ("role/change", test_change_role);
  ADD ("role/conflict", test_conflict);
  ADD ("role/last-admin", test_last_admin);
  ADD ("role/label", test_label);
  ADD ("suspend", test_suspend);
  ADD ("end-sessions", test_end_sessions);
  ADD ("reset-code", test_reset_code);
  ADD ("invitations", test_invitations);
  ADD ("audit", test_audit);
  ADD ("long-audit", test_long_audit);
  ADD ("audit/export", test_export);
  ADD ("audit/export/cancelled", test_export_cancelled);
  g_test_add_func ("/engine/admin/strange-answers", test_strange_answers);

  return g_test_run ();
}
