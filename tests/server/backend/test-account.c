/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The user's own account: the effects, refusals, notices and audit entries of each command. */

#include "backend-fixture.h"

#include "confab-limits.h"
#include "confab-problem.h"

#define FIXTURE_TEST(path, func) g_test_add (path, BackendFixture, NULL, set_up, func, tear_down)

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

static gint64
add_session (BackendFixture *fixture, gint64 user_id, const char *token)
{
  g_autoptr (ConfabOutcome) outcome = fixture_do (fixture, command_session (user_id, token));

  return outcome->id;
}

static ConfabCommand *
command_verify (gint64 user_id, gint64 session_id, const char *password_hash)
{
  ConfabCommand *command = confab_command_new (confab_run_verify_session, CONFAB_ACTOR_OPERATOR);

  command->user_id = user_id;
  command->session_id = session_id;
  command->verify_session.verified_hash = confab_command_copy (command, password_hash);

  return command;
}

static void
test_verify (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "Ada");
  gint64 bob = fixture_user (fixture, "Bob");
  gint64 session = add_session (fixture, ada, "ada");
  gint64 other = add_session (fixture, ada, "ada, elsewhere");
  ConfabCommand *command = command_verify (ada, session, "hash of Ada");
  g_autoptr (ConfabOutcome) outcome = NULL;

  fixture_fail (fixture, command_verify (ada, session, "an older hash"),
                CONFAB_PROBLEM_WRONG_CREDENTIALS);
  fixture_fail (fixture, command_verify (ada, session, NULL), CONFAB_PROBLEM_WRONG_CREDENTIALS);
  fixture_fail (fixture, command_verify (bob, session, "hash of Bob"), CONFAB_PROBLEM_NOT_FOUND);
  g_assert_cmpint (fixture_count (fixture, "SELECT sum (verified_at) FROM sessions"), ==, 0);

  command->at = 1234;
  outcome = fixture_do (fixture, command);
  g_assert_cmpint (outcome->rev, ==, 0);
  g_assert_cmpint (
      fixture_count (fixture, "SELECT count (*) FROM sessions WHERE verified_at = 1234"), ==, 1);
  g_assert_cmpint (other, !=, session);
}

/* ---- profile ---- */

static ConfabCommand *
command_profile (gint64 actor_id, const char *username, gboolean sets_about, const char *about)
{
  ConfabCommand *command = confab_command_new (confab_run_set_profile, actor_id);

  command->set_profile.username = confab_command_copy (command, username);
  command->set_profile.sets_about = sets_about;
  command->set_profile.about = confab_command_copy (command, about);

  return command;
}

static ConfabCommand *
command_picture (gint64 actor_id, const char *content)
{
  ConfabCommand *command = confab_command_new (confab_run_set_picture, actor_id);

  if (content != NULL)
    {
      command->set_picture.png =
          confab_command_take_bytes (command, g_bytes_new (content, strlen (content)));
      command->set_picture.hash = confab_command_take (
          command, g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, command->set_picture.png));
    }

  return command;
}

static gboolean
is_listed (ConfabOutcome *outcome, gint64 user_id)
{
  for (guint i = 0; i < outcome->listed->len; i++)
    if (g_array_index (outcome->listed, gint64, i) == user_id)
      return TRUE;

  return FALSE;
}

static void
test_profile (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "Ada");
  gint64 bob = fixture_user (fixture, "Bob");
  gint64 eve = fixture_user (fixture, "Eve");
  g_autoptr (ConfabOutcome) outcome = NULL;
  g_autoptr (ConfabOutcome) again = NULL;
  ConfabUserRow *row;

  fixture_direct (fixture, ada, bob);
  outcome = fixture_do (fixture, command_profile (ada, "Ada.L", TRUE, "Likes engines"));
  row = g_ptr_array_index (outcome->rows->users, 0);
  g_assert_cmpstr (row->username, ==, "Ada.L");
  g_assert_cmpstr (row->about, ==, "Likes engines");
  g_assert_cmpint (row->rev, ==, outcome->rev);
  g_assert_cmpint (outcome->audience, ==, CONFAB_AUDIENCE_LISTED);
  g_assert_cmpint (outcome->notified_user_id, ==, ada);
  g_assert_true (is_listed (outcome, ada) && is_listed (outcome, bob));
  g_assert_false (is_listed (outcome, eve));

  again = fixture_do (fixture, command_profile (ada, "Ada.L", FALSE, NULL));
  g_assert_cmpint (again->rev, ==, 0);
  g_assert_cmpint (
      fixture_count (fixture, "SELECT count (*) FROM audit WHERE action = 'username-changed'"), ==,
      1);
  fixture_fail (fixture, command_profile (bob, "ada.l", FALSE, NULL),
                CONFAB_PROBLEM_USERNAME_TAKEN);
  confab_outcome_unref (fixture_do (fixture, command_profile (bob, "BOB", TRUE, NULL)));
  confab_outcome_unref (fixture_do (fixture, command_profile (eve, "Ada", FALSE, NULL)));
}

static void
test_pictures (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "Ada");
  gint64 bob = fixture_user (fixture, "Bob");
  g_autoptr (ConfabOutcome) same = NULL;

  confab_outcome_unref (fixture_do (fixture, command_picture (ada, "one")));
  confab_outcome_unref (fixture_do (fixture, command_picture (bob, "one")));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM pictures"), ==, 1);
  same = fixture_do (fixture, command_picture (bob, "one"));
  g_assert_cmpint (same->rev, ==, 0);
  confab_outcome_unref (fixture_do (fixture, command_picture (ada, "two")));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM pictures"), ==, 2);
  confab_outcome_unref (fixture_do (fixture, command_picture (bob, NULL)));
  confab_outcome_unref (fixture_do (fixture, command_picture (ada, NULL)));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM pictures"), ==, 0);
}

/* ---- finishing ---- */

static ConfabCommand *
command_delete (gint64 actor_id, const char *password_hash)
{
  ConfabCommand *command = confab_command_new (confab_run_delete_account, actor_id);

  command->delete_account.verified_hash = confab_command_copy (command, password_hash);

  return command;
}

static void
test_deletion (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "Ada");
  gint64 bob = fixture_user (fixture, "Bob");
  gint64 direct = fixture_direct (fixture, ada, bob);
  gint64 group = fixture_group (fixture, bob, 1, &ada);
  g_autoptr (ConfabOutcome) outcome = NULL;

  add_session (fixture, ada, "ada");
  fixture_send (fixture, ada, group, "still here");
  confab_outcome_unref (fixture_do (fixture, command_read (ada, group, 1)));
  confab_outcome_unref (fixture_do (fixture, command_picture (ada, "one")));
  fixture_fail (fixture, command_delete (ada, "an older hash"), CONFAB_PROBLEM_WRONG_CREDENTIALS);

  outcome = fixture_do (fixture, command_delete (ada, "hash of Ada"));
  g_assert_cmpint (outcome->ended_sessions->len, ==, 1);
  g_assert_cmpint (outcome->end_problem, ==, CONFAB_PROBLEM_ACCOUNT_DELETED);
  g_assert_cmpint (outcome->left->len, ==, 1);
  g_assert_cmpint (g_array_index (outcome->left, gint64, 0), ==, group);
  g_assert_true (is_listed (outcome, bob));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM users WHERE state = 'deleted'"),
                   ==, 1);

  /* A command that was queued meanwhile fails. */
  fixture_fail (fixture, command_send (ada, direct, "5b0e1f6e-0000-4000-8000-000000000001", "late"),
                CONFAB_PROBLEM_NOT_SIGNED_IN);
  fixture_fail (fixture, command_delete (ada, ""), CONFAB_PROBLEM_NOT_SIGNED_IN);
  fixture_fail (fixture, command_members (bob, group, 1, &ada), CONFAB_PROBLEM_NOT_FOUND);
  fixture_user (fixture, "Ada");
}

static void
test_last_admin (BackendFixture *fixture, gconstpointer data)
{
  ConfabCommand *command = command_add_user ("Ada");
  g_autoptr (ConfabOutcome) ada = NULL;
  g_autoptr (ConfabOutcome) bob = NULL;

  command->add_user.rolename = "admin";
  ada = fixture_do (fixture, command);
  fixture_fail (fixture, command_delete (ada->id, "hash of Ada"), CONFAB_PROBLEM_LAST_ADMIN);

  /* The set-up code is not for a second one. */
  command = command_add_user ("Eve");
  command->add_user.first_admin = TRUE;
  fixture_fail (fixture, command, CONFAB_PROBLEM_INVITATION_INVALID);

  command = command_add_user ("Bob");
  command->add_user.rolename = "admin";
  bob = fixture_do (fixture, command);
  confab_outcome_unref (fixture_do (fixture, command_delete (ada->id, "hash of Ada")));
  fixture_fail (fixture, command_delete (bob->id, "hash of Bob"), CONFAB_PROBLEM_LAST_ADMIN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/account/verify", test_verify);
  FIXTURE_TEST ("/account/profile", test_profile);
  FIXTURE_TEST ("/account/pictures", test_pictures);
  FIXTURE_TEST ("/account/deletion", test_deletion);
  FIXTURE_TEST ("/account/last-admin", test_last_admin);

  return g_test_run ();
}
