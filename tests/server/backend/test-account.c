/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One's own account: what each command changes, refuses, tells and writes down. */

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
  ConfabCommand *command = confab_command_new (CONFAB_COMMAND_VERIFY_SESSION);

  command->user_id = user_id;
  command->session_id = session_id;
  command->password_hash = g_strdup (password_hash);

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

  fixture_fail (fixture, command_verify (ada, session, "an older hash"), CONFAB_PROBLEM_WRONG_CREDENTIALS);
  fixture_fail (fixture, command_verify (ada, session, NULL), CONFAB_PROBLEM_WRONG_CREDENTIALS);
  fixture_fail (fixture, command_verify (bob, session, "hash of Bob"), CONFAB_PROBLEM_NOT_FOUND);
  g_assert_cmpint (fixture_count (fixture, "SELECT sum (verified_at) FROM sessions"), ==, 0);

  command->at = 1234;
  outcome = fixture_do (fixture, command);
  g_assert_cmpint (outcome->rev, ==, 0);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM sessions WHERE verified_at = 1234"), ==, 1);
  g_assert_cmpint (other, !=, session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/account/verify", test_verify);

  return g_test_run ();
}
