/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Roles, states, invitations and the audit, as far as the database decides. tests/server/api tests
 * the rest. */

#include "backend-fixture.h"

#include <sqlite3.h>
#include <string.h>

#include "confab-call.h"

#define FIXTURE_TEST(path, func) g_test_add (path, BackendFixture, NULL, set_up, func, tear_down)

#define ADMIN 1
#define USER 2
#define MODERATOR 3
#define MINUTE_MS 60000

static void
set_up (BackendFixture *fixture, gconstpointer data)
{
  backend_fixture_set_up (fixture);
}

static void
tear_down (BackendFixture *fixture, gconstpointer data)
{
  fixture_check (fixture);
  backend_fixture_tear_down (fixture);
}

static ConfabCommand *
command_about (ConfabCommandFunc run, gint64 actor_id, gint64 user_id)
{
  ConfabCommand *command = confab_command_new (run, actor_id);

  command->user_id = user_id;

  return command;
}

static ConfabCommand *
command_role (gint64 actor_id, gint64 user_id, gint64 role_id, gint64 expected_id)
{
  ConfabCommand *command = command_about (confab_run_set_role, actor_id, user_id);

  command->set_role.role_id = role_id;
  command->set_role.expected_role_id = expected_id;

  return command;
}

static ConfabCommand *
command_state (gint64 actor_id, gint64 user_id, const char *state, const char *expected)
{
  ConfabCommand *command = command_about (confab_run_set_state, actor_id, user_id);

  command->set_state.state = confab_command_copy (command, state);
  command->set_state.expected_state = confab_command_copy (command, expected);

  return command;
}

static ConfabCommand *
command_delete (gint64 actor_id, const char *hash)
{
  ConfabCommand *command = confab_command_new (confab_run_delete_account, actor_id);

  command->delete_account.verified_hash = confab_command_copy (command, hash);

  return command;
}

static void
change (BackendFixture *fixture, ConfabCommand *command)
{
  confab_outcome_unref (fixture_do (fixture, command));
}

static gint64
add_admin (BackendFixture *fixture, const char *name)
{
  gint64 id = fixture_user (fixture, name);

  change (fixture, command_role (CONFAB_ACTOR_OPERATOR, id, ADMIN, 0));

  return id;
}

static gint64
count_admins (BackendFixture *fixture)
{
  return fixture_count (fixture,
                        "SELECT count (*) FROM users WHERE role_id = 1 AND state = 'active'");
}

/* ---- the last administrator ---- */

/* Both commands are in one batch: the second sees the changes of the first. */
static void
race (BackendFixture *fixture, ConfabCommand *first, ConfabCommand *second, ConfabProblem problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabCommand) one = first;
  g_autoptr (ConfabCommand) other = second;
  g_autoptr (ConfabOutcome) done = NULL;
  g_autoptr (ConfabOutcome) refused = NULL;

  one->at = other->at = g_get_real_time () / 1000;
  g_assert_true (confab_backend_writer_begin (fixture->writer, &error));
  done = confab_backend_writer_execute (fixture->writer, one);
  refused = confab_backend_writer_execute (fixture->writer, other);
  g_assert_true (confab_backend_writer_commit (fixture->writer, &error));
  g_assert_no_error (done->error);
  g_assert_error (refused->error, CONFAB_PROBLEM, (int)problem);
  g_assert_cmpint (count_admins (fixture), ==, 1);
}

static void
test_races (BackendFixture *fixture, gconstpointer data)
{
  gint64 one = add_admin (fixture, "one");
  gint64 other = add_admin (fixture, "other");

  race (fixture, command_role (one, other, USER, ADMIN), command_role (other, one, USER, ADMIN),
        CONFAB_PROBLEM_FORBIDDEN);
  change (fixture, command_role (CONFAB_ACTOR_OPERATOR, other, ADMIN, 0));
  race (fixture, command_role (one, one, USER, ADMIN), command_role (other, other, USER, ADMIN),
        CONFAB_PROBLEM_LAST_ADMIN);
  change (fixture, command_role (CONFAB_ACTOR_OPERATOR, one, ADMIN, 0));
  race (fixture, command_state (one, other, "suspended", "active"),
        command_role (CONFAB_ACTOR_OPERATOR, one, USER, 0), CONFAB_PROBLEM_LAST_ADMIN);
  change (fixture, command_state (CONFAB_ACTOR_OPERATOR, other, "active", "suspended"));
  race (fixture, command_state (CONFAB_ACTOR_OPERATOR, one, "suspended", NULL),
        command_state (CONFAB_ACTOR_OPERATOR, other, "suspended", NULL), CONFAB_PROBLEM_LAST_ADMIN);
  change (fixture, command_state (CONFAB_ACTOR_OPERATOR, one, "active", NULL));
  race (fixture, command_delete (one, "hash of one"), command_delete (other, "hash of other"),
        CONFAB_PROBLEM_LAST_ADMIN);
}

static void
test_any_role_like_admin_counts (BackendFixture *fixture, gconstpointer data)
{
  ConfabCommand *command = confab_command_new (confab_run_add_role, CONFAB_ACTOR_OPERATOR);
  gint64 chief = add_admin (fixture, "chief");
  gint64 owner = fixture_user (fixture, "owner");
  g_autoptr (ConfabOutcome) role = NULL;

  command->add_role.rolename = confab_command_copy (command, "owner");
  command->add_role.base = CONFAB_ROLE_BASE_ADMIN;
  role = fixture_do (fixture, command);
  change (fixture, command_role (CONFAB_ACTOR_OPERATOR, owner, role->id, USER));
  change (fixture, command_role (owner, chief, USER, ADMIN));
  fixture_fail (fixture, command_role (owner, owner, MODERATOR, role->id),
                CONFAB_PROBLEM_LAST_ADMIN);
  change (fixture, command_role (owner, owner, ADMIN, role->id));
}

/* ---- what may be changed ---- */

static void
test_deleted (BackendFixture *fixture, gconstpointer data)
{
  gint64 chief = add_admin (fixture, "chief");
  gint64 gone = fixture_user (fixture, "gone");

  change (fixture, command_delete (gone, "hash of gone"));
  fixture_fail (fixture, command_state (chief, gone, "active", "suspended"),
                CONFAB_PROBLEM_CONFLICT);
  fixture_fail (fixture, command_state (CONFAB_ACTOR_OPERATOR, gone, "active", NULL),
                CONFAB_PROBLEM_CONFLICT);
  fixture_fail (fixture, command_role (chief, gone, MODERATOR, USER), CONFAB_PROBLEM_CONFLICT);
  fixture_fail (fixture, command_role (CONFAB_ACTOR_OPERATOR, gone, MODERATOR, 0),
                CONFAB_PROBLEM_CONFLICT);
}

/* A suspended or deleted user has no permission, whatever their role. */
static void
test_permission_is_for_the_active (BackendFixture *fixture, gconstpointer data)
{
  gint64 chief = add_admin (fixture, "chief");
  gint64 other = add_admin (fixture, "other");
  const ConfabPeopleQuery everybody = { .key = "", .after = "", .limit = 10 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabPeoplePage) page = NULL;

  page = confab_backend_list_people (fixture->reader, other, &everybody, &error);
  g_assert_no_error (error);
  g_assert_cmpint (page->total, ==, 2);
  change (fixture, command_state (chief, other, "suspended", "active"));
  g_assert_null (confab_backend_list_people (fixture->reader, other, &everybody, &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_FORBIDDEN);
  fixture_fail (fixture, command_state (other, other, "active", "suspended"),
                CONFAB_PROBLEM_NOT_SIGNED_IN);
  change (fixture, command_state (chief, other, "active", "suspended"));
  change (fixture, command_delete (other, "hash of other"));
  fixture_fail (fixture, command_role (other, chief, USER, ADMIN), CONFAB_PROBLEM_NOT_SIGNED_IN);
}

static void
test_suspending_ends_sessions (BackendFixture *fixture, gconstpointer data)
{
  gint64 chief = add_admin (fixture, "chief");
  gint64 person = fixture_user (fixture, "person");
  g_autoptr (ConfabOutcome) outcome = NULL;

  change (fixture, command_session (person, "one"));
  change (fixture, command_session (person, "two"));
  outcome = fixture_do (fixture, command_state (chief, person, "suspended", "active"));
  g_assert_cmpuint (outcome->ended_sessions->len, ==, 2);
  g_assert_cmpint (outcome->end_problem, ==, CONFAB_PROBLEM_ACCOUNT_SUSPENDED);
  g_assert_cmpstr (outcome->person->state, ==, "suspended");
  g_assert_cmpint (outcome->notified_user_id, ==, person);
  fixture_fail (fixture, command_session (person, "three"), CONFAB_PROBLEM_ACCOUNT_SUSPENDED);
}

/* ---- undo ---- */

static ConfabCommand *
command_undo (gint64 actor_id, gint64 user_id, gint64 audit_id, gint64 at)
{
  ConfabCommand *command = command_about (confab_run_undo_role, actor_id, user_id);

  command->undo_role.audit_id = audit_id;
  command->at = at;

  return command;
}

static gint64
demote_at (BackendFixture *fixture, gint64 actor_id, gint64 user_id, gint64 at)
{
  ConfabCommand *command = command_role (actor_id, user_id, USER, ADMIN);
  g_autoptr (ConfabOutcome) outcome = NULL;

  command->at = at;
  outcome = fixture_do (fixture, command);
  g_assert_cmpint (outcome->person->undo_role_id, ==, ADMIN);
  g_assert_cmpint (outcome->person->undo_expires_at, ==, at + 10 * MINUTE_MS);

  return outcome->person->undo_audit_id;
}

static void
test_undo (BackendFixture *fixture, gconstpointer data)
{
  gint64 chief = add_admin (fixture, "chief");
  gint64 other = add_admin (fixture, "other");
  gint64 at = g_get_real_time () / 1000;
  gint64 first = demote_at (fixture, chief, other, at);
  gint64 second;

  fixture_fail (fixture, command_undo (chief, other, first, at + 10 * MINUTE_MS),
                CONFAB_PROBLEM_UNDO_EXPIRED);
  fixture_fail (fixture, command_undo (chief, other, first + 1, at + 1),
                CONFAB_PROBLEM_UNDO_EXPIRED);
  change (fixture, command_undo (chief, other, first, at + 10 * MINUTE_MS - 1));
  g_assert_cmpint (count_admins (fixture), ==, 2);
  fixture_fail (fixture, command_undo (chief, other, first, at + 2), CONFAB_PROBLEM_UNDO_EXPIRED);

  /* Undoing a promotion may remove the last administrator, too. */
  second = demote_at (fixture, other, chief, at + 11 * MINUTE_MS);
  fixture_fail (fixture, command_undo (chief, other, second, at + 11 * MINUTE_MS),
                CONFAB_PROBLEM_FORBIDDEN);
  fixture_fail (fixture, command_undo (other, other, first, at + 11 * MINUTE_MS),
                CONFAB_PROBLEM_FORBIDDEN);
  change (fixture, command_undo (other, chief, second, at + 12 * MINUTE_MS));
}

/* A change can be undone by its author although another user was the last administrator in
 * between. */
static void
test_undo_keeps_the_last_admin (BackendFixture *fixture, gconstpointer data)
{
  gint64 chief = add_admin (fixture, "chief");
  gint64 person = fixture_user (fixture, "person");
  g_autoptr (ConfabOutcome) promoted = NULL;
  g_autoptr (ConfabOutcome) session = fixture_do (fixture, command_session (chief, "one"));
  ConfabCommand *command;

  command = command_role (chief, person, ADMIN, USER);
  command->session_id = session->id;
  fixture_fail (fixture, command, CONFAB_PROBLEM_PASSWORD_NEEDED);

  fixture_exec (fixture, "UPDATE sessions SET verified_at = unixepoch () * 1000");
  command = command_role (chief, person, ADMIN, USER);
  command->session_id = session->id;
  promoted = fixture_do (fixture, command);
  change (fixture, command_undo (chief, person, promoted->person->undo_audit_id, 0));
  fixture_fail (fixture, command_role (chief, chief, USER, ADMIN), CONFAB_PROBLEM_LAST_ADMIN);
}

/* An actor that nobody set has no permission, and neither has the server itself. */
static void
test_actor_is_named (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");

  fixture_fail (fixture, command_role (0, ada, ADMIN, 0), CONFAB_PROBLEM_NOT_SIGNED_IN);
  fixture_fail (fixture, command_role (CONFAB_ACTOR_SERVER, ada, ADMIN, 0),
                CONFAB_PROBLEM_FORBIDDEN);
  fixture_fail (fixture, command_role (CONFAB_ACTOR_SELF, ada, ADMIN, 0), CONFAB_PROBLEM_FORBIDDEN);
  change (fixture, command_role (CONFAB_ACTOR_OPERATOR, ada, ADMIN, 0));
}

/* ---- the audit ---- */

static void
refuse (BackendFixture *fixture, const char *sql)
{
  sqlite3 *handle = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open_v2 (fixture->path, &handle, SQLITE_OPEN_READWRITE, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, &message), ==, SQLITE_CONSTRAINT);
  g_assert_nonnull (strstr (message, "only added to"));
  sqlite3_free (message);
  sqlite3_close (handle);
}

static void
test_audit_is_only_added_to (BackendFixture *fixture, gconstpointer data)
{
  gint64 entries;

  add_admin (fixture, "chief");
  entries = fixture_count (fixture, "SELECT count (*) FROM audit");
  refuse (fixture, "DELETE FROM audit");
  refuse (fixture, "UPDATE audit SET actor_id = NULL");
  refuse (fixture, "UPDATE audit SET at = at + 1 WHERE id = 1");
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit"), ==, entries);
}

/* A refused or empty command leaves no entry, and an entry has its change's revision. */
static void
test_audit_is_what_happened (BackendFixture *fixture, gconstpointer data)
{
  gint64 chief = add_admin (fixture, "chief");
  gint64 entries = fixture_count (fixture, "SELECT count (*) FROM audit");
  g_autoptr (ConfabOutcome) same = NULL;

  fixture_fail (fixture, command_role (chief, chief, USER, ADMIN), CONFAB_PROBLEM_LAST_ADMIN);
  same = fixture_do (fixture, command_role (chief, chief, ADMIN, ADMIN));
  g_assert_cmpint (same->rev, ==, 0);
  change (fixture, command_state (chief, chief, "active", "active"));
  change (fixture, command_about (confab_run_end_user_sessions, chief, chief));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit"), ==, entries);
  g_assert_cmpint (
      fixture_count (fixture,
                     "SELECT count (*) FROM audit AS a JOIN users AS u ON u.id = a.target_id"
                     " WHERE a.action = 'role-changed' AND a.rev = u.rev"),
      ==, 1);
}

static void
test_audit_search (BackendFixture *fixture, gconstpointer data)
{
  gint64 chief = add_admin (fixture, "Chief");
  ConfabAuditQuery query = { .text = NULL, .before = G_MAXINT64, .limit = 10 };
  const struct
  {
    const char *text;
    guint n;
  } cases[] = { { "CHIEF", 3 },     { "hie", 3 }, { "role-", 2 }, { "Vögel", 1 },
                { "MODERATOR", 1 }, { "%", 0 },   { "_", 0 } };
  ConfabCommand *command = confab_command_new (confab_run_label_role, chief);

  command->label_role.role_id = MODERATOR;
  command->label_role.label = confab_command_copy (command, "Vögel");
  change (fixture, command);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabAuditPage) page = NULL;

      query.text = cases[i].text;
      page = confab_backend_read_audit (fixture->reader, chief, &query, &error);
      g_assert_no_error (error);
      g_test_message ("%s: %u", cases[i].text, page->entries->len);
      g_assert_cmpuint (page->entries->len, ==, cases[i].n);
      g_assert_cmpint (page->next, ==, 0);
    }
}

/* However long the audit is, one request looks at so much of it; the next one goes on. */
static void
test_audit_search_is_bounded (BackendFixture *fixture, gconstpointer data)
{
  gint64 chief = add_admin (fixture, "Chief");
  ConfabAuditQuery query = { .text = "needle", .before = G_MAXINT64, .limit = 10 };
  guint n_pages = 0, n_found = 0;

  fixture_exec (fixture,
                "INSERT INTO audit (at, action, new_value, rev)"
                " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
                " SELECT 1, 'role-labelled', CASE WHEN i IN (1, 12345) THEN 'needle' ELSE 'hay' "
                "END, 1 FROM n");
  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabAuditPage) page =
          confab_backend_read_audit (fixture->reader, chief, &query, &error);

      g_assert_no_error (error);
      g_assert_true (page->next == 0 || page->next >= query.before - 5000 || n_pages == 0);
      n_found += page->entries->len;
      n_pages++;
      query.before = page->next;
    }
  while (query.before != 0);
  g_assert_cmpuint (n_found, ==, 2);
  g_assert_cmpuint (n_pages, ==, 5);
}

/* ---- invitations ---- */

static void
test_invitations (BackendFixture *fixture, gconstpointer data)
{
  gint64 chief = add_admin (fixture, "chief");
  gint64 now = g_get_real_time () / 1000;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < 3; i++)
    {
      ConfabCommand *command = confab_command_new (confab_run_add_invitation, chief);
      g_autofree char *hash = g_strdup_printf ("%032u", i);

      command->at = i == 0 ? now - 2 * MINUTE_MS : now;
      command->add_invitation.code_hash =
          confab_command_take_bytes (command, g_bytes_new (hash, 32));
      command->add_invitation.uses = i + 1;
      command->add_invitation.expires_at = command->at + MINUTE_MS;
      change (fixture, command);
    }
  fixture_exec (fixture, "UPDATE invitations SET uses_left = 0 WHERE uses = 2");
  rows = confab_backend_list_invitations (fixture->reader, chief, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (((ConfabInvitationRow *)g_ptr_array_index (rows, 0))->uses_left, ==, 3);
}

/* ---- many people ---- */

/* The plan, as SQLite tells it. */
static char *
explain (BackendFixture *fixture, const char *sql)
{
  g_autofree char *query = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (GString) plan = g_string_new (NULL);
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open_v2 (fixture->path, &handle, SQLITE_OPEN_READONLY, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, query, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (plan, "%s\n", (const char *)sqlite3_column_text (statement, 3));
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  g_test_message ("%s", plan->str);

  return g_strdup (plan->str);
}

/* List all users with @key, page by page, checking order and duplicates. Return their number. */
static gint64
list_people (BackendFixture *fixture, gint64 chief, const char *key, guint limit)
{
  ConfabPeopleQuery query = { .key = key, .after = "", .limit = limit };
  g_autofree char *after = NULL;
  g_autofree char *before = g_strdup ("");
  gint64 n_people = 0;

  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabPeoplePage) page =
          confab_backend_list_people (fixture->reader, chief, &query, &error);

      g_assert_no_error (error);
      n_people += page->people->len;
      g_assert_cmpuint (page->people->len, <=, limit);
      for (guint i = 0; i < page->people->len; i++)
        {
          const ConfabPersonRow *row = g_ptr_array_index (page->people, i);

          g_assert_cmpstr (row->user->username, >, before);
          g_set_str (&before, row->user->username);
        }
      if (page->next == NULL)
        {
          g_assert_cmpint (n_people, ==, page->total);
          return n_people;
        }
      g_set_str (&after, page->next);
      query.after = after;
    }
}

static void
test_100000_people (BackendFixture *fixture, gconstpointer data)
{
  gint64 chief = add_admin (fixture, "chief");
  g_autofree char *list = explain (fixture, CONFAB_LIST_PEOPLE);
  g_autofree char *count = explain (fixture, CONFAB_COUNT_PEOPLE);
  const char *inner, *sorted;

  /* Users who do not match are not read, and only the page itself is sorted. */
  inner = strstr (list, "SEARCH u USING COVERING INDEX users_searched (username_key>?)");
  g_assert_nonnull (inner);
  sorted = strstr (list, "TEMP B-TREE");
  g_assert_true (sorted > inner);
  g_assert_null (strstr (sorted + 1, "TEMP B-TREE"));
  g_assert_nonnull (strstr (count, "SCAN u USING COVERING INDEX users_searched"));

  fixture_exec (
      fixture,
      "WITH RECURSIVE n (i) AS (SELECT 100000 UNION ALL SELECT i + 1 FROM n WHERE i < 199998)"
      " INSERT INTO users (username, email, password, created_at, role_id, username_key, email_key,"
      "                    username_look, created_rev, rev)"
      " SELECT 'p' || i, 'm' || i || '@example.org', hex (randomblob (60)), 1, 2, 'p' || i,"
      "        'm' || i || '@example.org', 'p' || i, 1, 1 FROM n");
  g_assert_cmpint (list_people (fixture, chief, "p15", 100), ==, 10000);
  g_assert_cmpint (list_people (fixture, chief, "p19999", 3), ==, 9);
  g_assert_cmpint (list_people (fixture, chief, "m123456@", 100), ==, 1);
  g_assert_cmpint (list_people (fixture, chief, "nobody", 100), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/administration/races", test_races);
  FIXTURE_TEST ("/administration/any-role-like-admin-counts", test_any_role_like_admin_counts);
  FIXTURE_TEST ("/administration/deleted", test_deleted);
  FIXTURE_TEST ("/administration/permission-is-for-the-active", test_permission_is_for_the_active);
  FIXTURE_TEST ("/administration/suspending-ends-sessions", test_suspending_ends_sessions);
  FIXTURE_TEST ("/administration/undo", test_undo);
  FIXTURE_TEST ("/administration/undo-keeps-the-last-admin", test_undo_keeps_the_last_admin);
  FIXTURE_TEST ("/administration/actor-is-named", test_actor_is_named);
  FIXTURE_TEST ("/administration/audit-is-only-added-to", test_audit_is_only_added_to);
  FIXTURE_TEST ("/administration/audit-is-what-happened", test_audit_is_what_happened);
  FIXTURE_TEST ("/administration/audit-search-is-bounded", test_audit_search_is_bounded);
  FIXTURE_TEST ("/administration/audit-search", test_audit_search);
  FIXTURE_TEST ("/administration/invitations", test_invitations);
  FIXTURE_TEST ("/administration/100000-people", test_100000_people);

  return g_test_run ();
}
