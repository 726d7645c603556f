/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Resets of forgotten passwords, as far as the database decides. tests/server/api tests the
 * rest. */

#include "backend-fixture.h"

#include "confab-limits.h"

#define FIXTURE_TEST(path, func) g_test_add (path, BackendFixture, NULL, set_up, func, tear_down)

#define MINUTE_MS 60000

static void
set_up (BackendFixture *fixture, gconstpointer data)
{
  backend_fixture_set_up (fixture);
}

/* After every test: a token's columns are set exactly if there is a code. */
static void
tear_down (BackendFixture *fixture, gconstpointer data)
{
  fixture_check (fixture);
  backend_fixture_tear_down (fixture);
}

static gint64
now (void)
{
  return g_get_real_time () / 1000;
}

static ConfabCommand *
command_start (gint64 user_id, const char *name, gint64 at)
{
  ConfabCommand *command = confab_command_new (confab_run_start_reset, CONFAB_ACTOR_OPERATOR);

  command->user_id = user_id;
  command->at = at;
  command->start_reset.token_key =
      confab_command_take (command, g_strconcat ("token ", name, NULL));
  command->start_reset.code_hash = confab_command_take (command, g_strconcat ("code ", name, NULL));
  command->start_reset.expires_at = at + 30 * MINUTE_MS;

  return command;
}

static ConfabCommand *
command_issue (gint64 actor_id, gint64 session_id, gint64 user_id, const char *name)
{
  ConfabCommand *command = confab_command_new (confab_run_issue_reset_code, actor_id);

  command->at = now ();
  command->session_id = session_id;
  command->user_id = user_id;
  command->issue_reset_code.token_key =
      confab_command_take (command, g_strconcat ("token ", name, NULL));
  command->issue_reset_code.code_hash =
      confab_command_take (command, g_strconcat ("code ", name, NULL));
  command->issue_reset_code.expires_at = command->at + 30 * MINUTE_MS;

  return command;
}

static ConfabCommand *
command_attempt (ConfabCommandFunc run, gint64 user_id, const char *name)
{
  ConfabCommand *command = confab_command_new (run, CONFAB_ACTOR_OPERATOR);
  const char *code_hash = confab_command_take (command, g_strconcat ("code ", name, NULL));

  command->user_id = user_id;
  if (run == confab_run_take_reset_attempt)
    command->take_reset_attempt.code_hash = code_hash;
  else
    command->return_reset_attempt.code_hash = code_hash;

  return command;
}

static ConfabCommand *
command_complete (gint64 user_id, const char *name, const char *password)
{
  ConfabCommand *command = confab_command_new (confab_run_complete_reset, CONFAB_ACTOR_SELF);

  command->user_id = user_id;
  command->complete_reset.token_key =
      confab_command_take (command, g_strconcat ("token ", name, NULL));
  command->complete_reset.password_hash = confab_command_copy (command, password);

  return command;
}

static void
do_it (BackendFixture *fixture, ConfabCommand *command)
{
  confab_outcome_unref (fixture_do (fixture, command));
}

static gboolean
start (BackendFixture *fixture, gint64 user_id, const char *name, gint64 at)
{
  ConfabCommand *command = command_start (user_id, name, at);
  g_autoptr (ConfabUserRow) user = confab_backend_get_user (fixture->reader, user_id, NULL);
  g_autoptr (ConfabOutcome) outcome = NULL;

  command->start_reset.email = confab_command_copy (command, user != NULL ? user->email : "none");
  outcome = fixture_do (fixture, command);
  g_assert_cmpint (outcome->rev, ==, 0);

  return outcome->created;
}

/* Return how many attempts are left at the code that was mailed to ada. */
static gint64
attempts_left (BackendFixture *fixture)
{
  g_autoptr (ConfabResetRow) reset =
      confab_backend_find_reset (fixture->reader, NULL, "ada@example.org", NULL);

  return reset->attempts_left;
}

/* Return whether a token finds a reset. */
static gboolean
is_good (BackendFixture *fixture, const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabResetRow) reset =
      confab_backend_find_reset (fixture->reader, token, NULL, &error);

  g_assert_no_error (error);

  return reset != NULL;
}

static void
test_find (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  gint64 at = now ();
  g_autoptr (ConfabResetRow) by_token = NULL;
  g_autoptr (ConfabResetRow) by_email = NULL;
  g_autoptr (ConfabResetRow) by_username = NULL;

  g_assert_true (start (fixture, ada, "one", at));
  by_token = confab_backend_find_reset (fixture->reader, "token one", NULL, NULL);
  by_email = confab_backend_find_reset (fixture->reader, NULL, "ada@example.org", NULL);
  g_assert_cmpint (by_token->user_id, ==, ada);
  g_assert_cmpint (by_email->user_id, ==, ada);
  /* It was mailed, and everyone knows the username. */
  g_assert_null (confab_backend_find_reset (fixture->reader, NULL, "ada", NULL));
  g_assert_cmpstr (by_token->username, ==, "ada");
  g_assert_cmpstr (by_token->email, ==, "ada@example.org");
  g_assert_cmpstr (by_email->token_key, ==, "token one");
  g_assert_cmpstr (by_email->code_hash, ==, "code one");
  g_assert_cmpint (by_email->expires_at, ==, at + 30 * MINUTE_MS);
  g_assert_cmpint (by_email->attempts_left, ==, CONFAB_CODE_ATTEMPTS);

  do_it (fixture, command_issue (CONFAB_ACTOR_OPERATOR, 0, ada, "two"));
  by_username = confab_backend_find_reset (fixture->reader, NULL, "ada", NULL);
  g_assert_cmpint (by_username->user_id, ==, ada);
  g_assert_cmpstr (by_username->code_hash, ==, "code two");
  g_assert_false (is_good (fixture, "token one"));

  fixture_user (fixture, "bruno");
  g_assert_false (is_good (fixture, "token"));
  g_assert_null (confab_backend_find_reset (fixture->reader, NULL, "bruno@example.org", NULL));
}

static void
test_newest_wins (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  gint64 at = now () - 2 * MINUTE_MS;

  g_assert_true (start (fixture, ada, "one", at));
  g_assert_false (start (fixture, ada, "two", at + MINUTE_MS - 1));
  g_assert_true (is_good (fixture, "token one"));
  g_assert_true (start (fixture, ada, "three", at + MINUTE_MS));
  g_assert_false (is_good (fixture, "token one"));
  g_assert_true (is_good (fixture, "token three"));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM password_resets"), ==, 1);
  /* Setting the clock back does not prevent a new reset. */
  g_assert_true (start (fixture, ada, "four", at - MINUTE_MS));
}

/* A mail goes to the address looked up; after a change of the address, it must not contain a valid
 * reset. */
static void
test_email_has_changed (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  ConfabCommand *again = command_start (ada, "two", now ());
  ConfabCommand *first = command_start (ada, "one", now ());
  g_autoptr (ConfabOutcome) started = NULL;
  g_autoptr (ConfabOutcome) refused = NULL;

  first->start_reset.email = "ada@example.org";
  again->start_reset.email = "ada@example.org";
  fixture_exec (fixture, "UPDATE users SET email = 'a@example.com', email_key = 'a@example.com'");
  refused = fixture_do (fixture, first);
  g_assert_false (refused->created);
  g_assert_false (is_good (fixture, "token one"));

  fixture_exec (fixture,
                "UPDATE users SET email = 'ada@example.org', email_key = 'ada@example.org'");
  started = fixture_do (fixture, again);
  g_assert_true (started->created);
  g_assert_true (is_good (fixture, "token two"));
}

static void
test_not_active (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");

  g_assert_true (start (fixture, ada, "one", now () - 2 * MINUTE_MS));
  fixture_exec (fixture, "UPDATE users SET state = 'suspended'");
  g_assert_false (is_good (fixture, "token one"));
  g_assert_false (start (fixture, ada, "two", now ()));
  g_assert_false (start (fixture, 999, "three", now ()));
  fixture_fail (fixture, command_complete (ada, "one", "new"), CONFAB_PROBLEM_RESET_INVALID);
  fixture_fail (fixture, command_issue (CONFAB_ACTOR_OPERATOR, 0, ada, "four"),
                CONFAB_PROBLEM_CONFLICT);
  fixture_exec (fixture, "UPDATE users SET state = 'active'");
  g_assert_true (is_good (fixture, "token one"));
}

static void
test_attempts (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  gint64 bruno = fixture_user (fixture, "bruno");

  g_assert_true (start (fixture, ada, "one", now ()));
  fixture_fail (fixture, command_attempt (confab_run_take_reset_attempt, ada, "another"),
                CONFAB_PROBLEM_RESET_INVALID);
  fixture_fail (fixture, command_attempt (confab_run_take_reset_attempt, bruno, "one"),
                CONFAB_PROBLEM_RESET_INVALID);

  do_it (fixture, command_attempt (confab_run_return_reset_attempt, ada, "one"));
  for (guint i = 0; i < CONFAB_CODE_ATTEMPTS; i++)
    do_it (fixture, command_attempt (confab_run_take_reset_attempt, ada, "one"));
  fixture_fail (fixture, command_attempt (confab_run_take_reset_attempt, ada, "one"),
                CONFAB_PROBLEM_RESET_INVALID);
  g_assert_cmpint (attempts_left (fixture), ==, 0);
  g_assert_true (is_good (fixture, "token one"));

  /* The last code was right. */
  do_it (fixture, command_attempt (confab_run_return_reset_attempt, ada, "one"));
  g_assert_cmpint (attempts_left (fixture), ==, 1);
}

static void
test_complete (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  gint64 head = fixture_head (fixture);
  g_autoptr (ConfabOutcome) signed_in = fixture_do (fixture, command_session (ada, "token"));
  g_autoptr (ConfabOutcome) outcome = NULL;
  g_autoptr (ConfabCredentials) credentials = NULL;

  g_assert_true (start (fixture, ada, "one", now ()));
  fixture_exec (
      fixture,
      "INSERT INTO email_changes (user_id, email, email_key, code_hash, attempts_left, issued_at,"
      "                           expires_at)"
      " SELECT id, 'a@example.com', 'a@example.com', 'hash', 5, 0, 9000000000000 FROM users");
  fixture_fail (fixture, command_complete (ada, "another", "new"), CONFAB_PROBLEM_RESET_INVALID);
  outcome = fixture_do (fixture, command_complete (ada, "one", "new"));
  g_assert_cmpint (outcome->rev, ==, head + 1);
  g_assert_cmpint (outcome->notified_user_id, ==, ada);
  g_assert_cmpint (outcome->ended_sessions->len, ==, 1);
  g_assert_cmpint (g_array_index (outcome->ended_sessions, gint64, 0), ==, signed_in->id);
  credentials = confab_backend_find_credentials (fixture->reader, "ada", NULL);
  g_assert_cmpstr (credentials->password_hash, ==, "new");
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM email_changes"), ==, 0);
  g_assert_cmpint (
      fixture_count (fixture,
                     "SELECT count (*) FROM audit WHERE action = 'password-reset'"
                     " AND actor_id = target_id AND old_value IS NULL AND new_value IS NULL"),
      ==, 1);
  fixture_fail (fixture, command_complete (ada, "one", "newer"), CONFAB_PROBLEM_RESET_INVALID);
}

static void
test_expired (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  gint64 bruno = fixture_user (fixture, "bruno");
  gint64 clara = fixture_user (fixture, "clara");

  g_assert_true (start (fixture, ada, "old", now () - 31 * MINUTE_MS));
  g_assert_true (start (fixture, bruno, "used up", now ()));
  g_assert_true (start (fixture, clara, "good", now ()));
  g_assert_false (is_good (fixture, "token old"));
  fixture_fail (fixture, command_complete (ada, "old", "new"), CONFAB_PROBLEM_RESET_INVALID);
  fixture_fail (fixture, command_attempt (confab_run_take_reset_attempt, ada, "old"),
                CONFAB_PROBLEM_RESET_INVALID);

  fixture_exec (fixture,
                "UPDATE password_resets SET attempts_left = 0 WHERE code_hash = 'code used up'");
  do_it (fixture, confab_command_new (confab_run_forget_expired, CONFAB_ACTOR_OPERATOR));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM password_resets"), ==, 2);
  g_assert_true (is_good (fixture, "token good"));
  g_assert_true (is_good (fixture, "token used up"));
}

static void
test_new_password (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  ConfabCommand *command = confab_command_new (confab_run_set_password, CONFAB_ACTOR_OPERATOR);

  g_assert_true (start (fixture, ada, "one", now ()));
  command->user_id = ada;
  command->set_password.password_hash = confab_command_copy (command, "new");
  do_it (fixture, command);
  g_assert_false (is_good (fixture, "token one"));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM password_resets"), ==, 0);
}

static void
test_issue (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  gint64 bruno = fixture_user (fixture, "bruno");
  g_autoptr (ConfabOutcome) session = fixture_do (fixture, command_session (ada, "token"));
  g_autoptr (ConfabOutcome) outcome = NULL;

  fixture_fail (fixture, command_issue (ada, session->id, bruno, "one"), CONFAB_PROBLEM_FORBIDDEN);
  fixture_exec (fixture, "UPDATE users SET role_id = 1 WHERE username = 'ada'");
  fixture_fail (fixture, command_issue (ada, session->id, bruno, "one"),
                CONFAB_PROBLEM_PASSWORD_NEEDED);
  fixture_exec (fixture, "UPDATE sessions SET verified_at = unixepoch () * 1000 - 1000");
  fixture_fail (fixture, command_issue (ada, session->id, 999, "one"), CONFAB_PROBLEM_NOT_FOUND);
  fixture_exec (fixture, "UPDATE users SET state = 'deleted' WHERE username = 'bruno'");
  fixture_fail (fixture, command_issue (ada, session->id, bruno, "one"), CONFAB_PROBLEM_CONFLICT);
  fixture_exec (fixture, "UPDATE users SET state = 'active'");
  outcome = fixture_do (fixture, command_issue (ada, session->id, bruno, "one"));
  g_assert_cmpint (outcome->notified_user_id, ==, bruno);
  g_assert_true (is_good (fixture, "token one"));
  g_assert_cmpint (fixture_count (fixture, "SELECT issuer_id FROM password_resets"), ==, ada);

  /* The operator, and however soon after. */
  do_it (fixture, command_issue (CONFAB_ACTOR_OPERATOR, 0, bruno, "two"));
  g_assert_true (is_good (fixture, "token two"));
  g_assert_false (is_good (fixture, "token one"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/backend/resets/find", test_find);
  FIXTURE_TEST ("/backend/resets/newest-wins", test_newest_wins);
  FIXTURE_TEST ("/backend/resets/email-has-changed", test_email_has_changed);
  FIXTURE_TEST ("/backend/resets/not-active", test_not_active);
  FIXTURE_TEST ("/backend/resets/attempts", test_attempts);
  FIXTURE_TEST ("/backend/resets/complete", test_complete);
  FIXTURE_TEST ("/backend/resets/expired", test_expired);
  FIXTURE_TEST ("/backend/resets/new-password", test_new_password);
  FIXTURE_TEST ("/backend/resets/issue", test_issue);

  return g_test_run ();
}
