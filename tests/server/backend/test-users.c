/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Users and sessions: every command, every refusal. */

#include "backend-fixture.h"

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

static ConfabCommand *
command_role (gint64 user_id, const char *rolename)
{
  ConfabCommand *command = confab_command_new (confab_run_set_role, CONFAB_ACTOR_OPERATOR);

  command->user_id = user_id;
  command->set_role.rolename = confab_command_copy (command, rolename);

  return command;
}

static ConfabCommand *
command_password (gint64 user_id, const char *hash)
{
  ConfabCommand *command = confab_command_new (confab_run_set_password, CONFAB_ACTOR_OPERATOR);

  command->user_id = user_id;
  command->set_password.password_hash = hash;

  return command;
}

static ConfabCommand *
command_rehash (gint64 user_id, const char *replaced, const char *hash)
{
  ConfabCommand *command = confab_command_new (confab_run_rehash_password, CONFAB_ACTOR_OPERATOR);

  command->user_id = user_id;
  command->rehash_password.replaced_hash = replaced;
  command->rehash_password.password_hash = hash;

  return command;
}

static ConfabCommand *
command_end (gint64 user_id, gint64 session_id)
{
  ConfabCommand *command = confab_command_new (confab_run_end_session, CONFAB_ACTOR_OPERATOR);

  command->user_id = user_id;
  command->end_session.session_id = session_id;

  return command;
}

static ConfabCommand *
command_end_others (gint64 user_id, gint64 session_id)
{
  ConfabCommand *command =
      confab_command_new (confab_run_end_other_sessions, CONFAB_ACTOR_OPERATOR);

  command->user_id = user_id;
  command->session_id = session_id;

  return command;
}

static gint64
add_session (BackendFixture *fixture, gint64 user_id, const char *token)
{
  g_autoptr (ConfabOutcome) outcome = fixture_do (fixture, command_session (user_id, token));

  g_assert_true (outcome->created);
  g_assert_cmpint (outcome->rev, ==, 0);

  return outcome->id;
}

typedef struct
{
  GBytes *token_hash;
  ConfabSessionKey *key;
  gboolean found;
} Wanted;

static void
look_at_session_cb (GBytes *token_hash, const ConfabSessionKey *key, gpointer user_data)
{
  Wanted *wanted = user_data;

  if (!g_bytes_equal (token_hash, wanted->token_hash))
    return;

  wanted->found = TRUE;
  *wanted->key = *key;
}

static gboolean
session_is_known (BackendFixture *fixture, const char *token, ConfabSessionKey *key)
{
  g_autoptr (ConfabCommand) command = command_session (1, token);
  Wanted wanted = { command->add_session.token_hash, key, FALSE };
  g_autoptr (GError) error = NULL;

  g_assert_true (
      confab_backend_list_all_sessions (fixture->reader, look_at_session_cb, &wanted, &error));
  g_assert_no_error (error);

  return wanted.found;
}

static gboolean
session_exists (BackendFixture *fixture, gint64 id)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT count (*) FROM sessions WHERE id = %" G_GINT64_FORMAT, id);

  return fixture_count (fixture, sql) > 0;
}

static void
assert_password (BackendFixture *fixture, const char *login_key, const char *hash)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConfabCredentials) credentials =
      confab_backend_find_credentials (fixture->reader, login_key, &error);

  g_assert_no_error (error);
  g_assert_nonnull (credentials);
  g_assert_cmpstr (credentials->password_hash, ==, hash);
}

static void
test_add_user (BackendFixture *fixture, gconstpointer data)
{
  gint64 head = fixture_head (fixture);
  ConfabCommand *command = command_add_user ("Ada");
  g_autoptr (ConfabOutcome) outcome = NULL;
  g_autoptr (ConfabUserRow) stored = NULL;
  ConfabUserRow *row;

  command->at = 1234;
  outcome = fixture_do (fixture, command);
  g_assert_true (outcome->created);
  g_assert_cmpint (outcome->rev, ==, head + 1);
  g_assert_cmpint (outcome->audience, ==, CONFAB_AUDIENCE_NONE);
  g_assert_cmpint (outcome->rows->users->len, ==, 1);
  row = g_ptr_array_index (outcome->rows->users, 0);
  g_assert_cmpstr (row->username, ==, "Ada");
  g_assert_cmpstr (row->email, ==, "Ada@example.org");
  g_assert_cmpint (row->created_at, ==, 1234);
  g_assert_cmpint (row->id, ==, outcome->id);
  g_assert_cmpint (row->role_id, ==, 2);

  stored = confab_backend_get_user (fixture->reader, outcome->id, NULL);
  g_assert_cmpstr (stored->email, ==, "Ada@example.org");
  assert_password (fixture, "ada", "hash of Ada");
  assert_password (fixture, "ada@example.org", "hash of Ada");
}

static void
test_add_user_taken (BackendFixture *fixture, gconstpointer data)
{
  ConfabCommand *command;

  fixture_user (fixture, "Straße");
  /* The same but for case, or in another spelling of the same letters. */
  fixture_fail (fixture, command_add_user ("STRASSE"), CONFAB_PROBLEM_USERNAME_TAKEN);
  fixture_fail (fixture, command_add_user ("ｓｔｒａｓｓｅ"), CONFAB_PROBLEM_USERNAME_TAKEN);

  command = command_add_user ("other");
  command->add_user.email = "STRASSE@EXAMPLE.ORG";
  fixture_fail (fixture, command, CONFAB_PROBLEM_EMAIL_TAKEN);

  command = command_add_user ("other");
  command->add_user.rolename = "king";
  fixture_fail (fixture, command, CONFAB_PROBLEM_INVALID_FIELD);

  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM users"), ==, 1);
}

static void
test_roles (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  gint64 bruno = fixture_user (fixture, "bruno");
  gint64 head = fixture_head (fixture);
  g_autoptr (ConfabOutcome) outcome = fixture_do (fixture, command_role (ada, "admin"));
  g_autoptr (ConfabOutcome) again = NULL;

  g_assert_cmpint (outcome->rev, ==, head + 1);
  g_assert_cmpint (outcome->audience, ==, CONFAB_AUDIENCE_LISTED);
  again = fixture_do (fixture, command_role (ada, "admin"));
  g_assert_cmpint (again->rev, ==, 0);

  fixture_fail (fixture, command_role (ada, "user"), CONFAB_PROBLEM_LAST_ADMIN);
  fixture_fail (fixture, command_role (ada, "king"), CONFAB_PROBLEM_INVALID_FIELD);
  fixture_fail (fixture, command_role (999, "admin"), CONFAB_PROBLEM_NOT_FOUND);
  fixture_fail (fixture, command_role (999, "user"), CONFAB_PROBLEM_NOT_FOUND);

  confab_outcome_unref (fixture_do (fixture, command_role (bruno, "admin")));
  confab_outcome_unref (fixture_do (fixture, command_role (ada, "user")));
  fixture_fail (fixture, command_role (bruno, "user"), CONFAB_PROBLEM_LAST_ADMIN);
}

static void
test_passwords (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  gint64 kept = add_session (fixture, ada, "kept");
  gint64 ended = add_session (fixture, ada, "ended");
  g_autoptr (ConfabOutcome) outcome = NULL;
  g_autoptr (ConfabOutcome) rehashed = NULL;
  ConfabCommand *command = command_password (ada, "new");
  ConfabSessionKey key;

  command->session_id = kept;
  outcome = fixture_do (fixture, command);
  g_assert_cmpint (outcome->notified_user_id, ==, outcome->id);
  g_assert_cmpint (outcome->ended_sessions->len, ==, 1);
  g_assert_cmpint (g_array_index (outcome->ended_sessions, gint64, 0), ==, ended);
  g_assert_true (session_is_known (fixture, "kept", &key));
  g_assert_false (session_is_known (fixture, "ended", &key));
  assert_password (fixture, "ada", "new");

  /* A hash is only replaced if it is the expected one. */
  confab_outcome_unref (fixture_do (fixture, command_rehash (ada, "hash of ada", "old, stronger")));
  assert_password (fixture, "ada", "new");
  rehashed = fixture_do (fixture, command_rehash (ada, "new", "new, stronger"));
  assert_password (fixture, "ada", "new, stronger");
  g_assert_cmpint (rehashed->ended_sessions->len, ==, 0);

  fixture_fail (fixture, command_password (999, "x"), CONFAB_PROBLEM_NOT_FOUND);
}

static void
test_sessions (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  gint64 bruno = fixture_user (fixture, "bruno");
  gint64 one = add_session (fixture, ada, "one");
  gint64 two = add_session (fixture, ada, "two");
  gint64 foreign = add_session (fixture, bruno, "foreign");
  g_autoptr (ConfabOutcome) outcome = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  ConfabSessionKey key;

  g_assert_true (session_is_known (fixture, "one", &key));
  g_assert_cmpint (key.session_id, ==, one);
  g_assert_cmpint (key.user_id, ==, ada);
  g_assert_false (session_is_known (fixture, "never", &key));

  rows = confab_backend_list_sessions (fixture->reader, ada, NULL);
  g_assert_cmpint (rows->len, ==, 2);
  g_assert_cmpstr (((ConfabSessionRow *)rows->pdata[0])->device_name, ==, "device of two");

  fixture_fail (fixture, command_end (ada, foreign), CONFAB_PROBLEM_NOT_FOUND);
  g_assert_true (session_exists (fixture, foreign));

  outcome = fixture_do (fixture, command_end (ada, one));
  g_assert_cmpint (g_array_index (outcome->ended_sessions, gint64, 0), ==, one);
  g_assert_false (session_exists (fixture, one));
  fixture_fail (fixture, command_end (ada, one), CONFAB_PROBLEM_NOT_FOUND);

  add_session (fixture, ada, "three");
  g_clear_pointer (&outcome, confab_outcome_unref);
  outcome = fixture_do (fixture, command_end_others (ada, two));
  g_assert_cmpint (outcome->ended_sessions->len, ==, 1);
  g_assert_true (session_is_known (fixture, "two", &key));
  g_assert_true (session_is_known (fixture, "foreign", &key));
  g_assert_false (session_is_known (fixture, "three", &key));

  fixture_fail (fixture, command_session (999, "nobody's"), CONFAB_PROBLEM_NOT_FOUND);
}

/* The password was verified, then changed, and only now comes the session. */
static void
test_session_after_new_password (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  ConfabCommand *late = command_session (ada, "late");
  ConfabCommand *good = command_session (ada, "good");

  confab_outcome_unref (fixture_do (fixture, command_password (ada, "new")));
  late->add_session.verified_hash = "hash of ada";
  fixture_fail (fixture, late, CONFAB_PROBLEM_WRONG_CREDENTIALS);
  good->add_session.verified_hash = "new";
  confab_outcome_unref (fixture_do (fixture, good));
}

static void
count_session_cb (GBytes *token_hash, const ConfabSessionKey *key, gpointer user_data)
{
  g_assert_cmpint (g_bytes_get_size (token_hash), ==, 32);
  (*(guint *)user_data)++;
}

static void
test_unused_sessions (BackendFixture *fixture, gconstpointer data)
{
  const gint64 day = G_TIME_SPAN_DAY / 1000;
  gint64 now = g_get_real_time () / 1000;
  gint64 ada = fixture_user (fixture, "ada");
  ConfabCommand *old = command_session (ada, "old");
  ConfabCommand *touched = command_session (ada, "touched");
  ConfabCommand *touch = confab_command_new (confab_run_touch_session, CONFAB_ACTOR_OPERATOR);
  ConfabCommand *nothing = confab_command_new (confab_run_touch_session, CONFAB_ACTOR_OPERATOR);
  g_autoptr (ConfabOutcome) outcome = NULL;
  ConfabSessionKey key;
  guint n = 0;

  old->at = touched->at = now - 91 * day;
  confab_outcome_unref (fixture_do (fixture, old));
  outcome = fixture_do (fixture, touched);
  g_assert_false (session_is_known (fixture, "touched", &key));

  touch->session_id = outcome->id;
  touch->at = now - 89 * day;
  confab_outcome_unref (fixture_do (fixture, touch));
  g_assert_true (session_is_known (fixture, "touched", &key));
  g_assert_cmpint (key.last_seen_at, ==, now - 89 * day);
  g_assert_false (session_is_known (fixture, "old", &key));
  g_assert_true (confab_backend_list_all_sessions (fixture->reader, count_session_cb, &n, NULL));
  g_assert_cmpint (n, ==, 1);

  /* Signing in again tidies up. */
  add_session (fixture, ada, "new");
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM sessions"), ==, 2);

  nothing->session_id = 999;
  fixture_fail (fixture, nothing, CONFAB_PROBLEM_NOT_FOUND);
}

/* ---- names that look alike ---- */

static void
test_look_alikes (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  gint64 bruno = fixture_user (fixture, "bruno");
  ConfabCommand *add = command_add_user ("аdа"); /* with Cyrillic letters */
  ConfabCommand *rename = confab_command_new (confab_run_set_profile, bruno);
  ConfabCommand *own = confab_command_new (confab_run_set_profile, ada);
  ConfabCommand *about = confab_command_new (confab_run_set_profile, bruno);

  fixture_fail (fixture, add, CONFAB_PROBLEM_USERNAME_LOOK_ALIKE);
  fixture_fail (fixture, command_add_user ("Ada"), CONFAB_PROBLEM_USERNAME_TAKEN);
  rename->set_profile.username = confab_command_copy (rename, "аda");
  fixture_fail (fixture, rename, CONFAB_PROBLEM_USERNAME_LOOK_ALIKE);
  own->set_profile.username = confab_command_copy (own, "ADA");
  confab_outcome_unref (fixture_do (fixture, own));

  /* Names that are there already are left alone, also when something else is changed. */
  fixture_exec (fixture, "UPDATE users SET username_look = (SELECT username_look FROM users WHERE "
                         "id = 1) WHERE id = 2");
  about->set_profile.sets_about = TRUE;
  about->set_profile.about = confab_command_copy (about, "Still called Bruno");
  confab_outcome_unref (fixture_do (fixture, about));
}

/* ---- devices and networks that are known ---- */

static GBytes *
hash_of (const char *secret)
{
  guint8 *hash = g_malloc0 (32);

  g_strlcpy ((char *)hash, secret, 32);

  return g_bytes_new_take (hash, 32);
}

static ConfabCommand *
command_known_session (gint64 user_id, const char *token, const char *device, const char *network)
{
  ConfabCommand *command = command_session (user_id, token);

  command->add_session.device_hash =
      confab_command_take_bytes (command, device != NULL ? hash_of (device) : NULL);
  command->add_session.network = confab_command_copy (command, network);

  return command;
}

static ConfabAcquaintance
get_known (BackendFixture *fixture, gint64 user_id, const char *device, const char *network)
{
  g_autoptr (GBytes) hash = device != NULL ? hash_of (device) : NULL;
  g_autoptr (GError) error = NULL;
  ConfabAcquaintance known = { 0 };

  g_assert_true (
      confab_backend_get_acquaintance (fixture->reader, user_id, hash, network, &known, &error));
  g_assert_no_error (error);

  return known;
}

static void
test_known (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  gint64 bruno = fixture_user (fixture, "bruno");

  confab_outcome_unref (
      fixture_do (fixture, command_known_session (ada, "first", "laptop", "192.0.2.0/24")));
  g_assert_true (get_known (fixture, ada, "laptop", "192.0.2.0/24").device);
  g_assert_true (get_known (fixture, ada, "laptop", "192.0.2.0/24").network);
  g_assert_false (get_known (fixture, ada, "phone", "198.51.100.0/24").device);
  g_assert_false (get_known (fixture, ada, "phone", "198.51.100.0/24").network);
  g_assert_false (get_known (fixture, ada, NULL, "192.0.2.0/24").device);
  /* They are one person's; another with the same device is known by it as well. */
  g_assert_false (get_known (fixture, bruno, "laptop", "192.0.2.0/24").device);
  g_assert_false (get_known (fixture, bruno, "laptop", "192.0.2.0/24").network);
  g_assert_false (get_known (fixture, 0, "laptop", "192.0.2.0/24").device);
  confab_outcome_unref (
      fixture_do (fixture, command_known_session (bruno, "second", "laptop", "192.0.2.0/24")));
  g_assert_true (get_known (fixture, bruno, "laptop", "192.0.2.0/24").device);
  g_assert_true (get_known (fixture, ada, "laptop", "192.0.2.0/24").device);
}

static void
test_known_by_a_session (BackendFixture *fixture, gconstpointer data)
{
  gint64 ada = fixture_user (fixture, "ada");
  g_autoptr (ConfabOutcome) session =
      fixture_do (fixture, command_known_session (ada, "first", "laptop", "192.0.2.0/24"));
  ConfabCommand *touch = confab_command_new (confab_run_touch_session, CONFAB_ACTOR_OPERATOR);

  touch->user_id = ada;
  touch->session_id = session->id;
  touch->touch_session.network = confab_command_copy (touch, "198.51.100.0/24");
  confab_outcome_unref (fixture_do (fixture, touch));
  g_assert_true (get_known (fixture, ada, "laptop", "198.51.100.0/24").network);
  g_assert_true (get_known (fixture, ada, "laptop", "192.0.2.0/24").network);
}

static void
test_known_is_bounded (BackendFixture *fixture, gconstpointer data)
{
  const gint64 now = g_get_real_time () / 1000;
  gint64 ada = fixture_user (fixture, "ada");
  gint64 bruno = fixture_user (fixture, "bruno");

  confab_outcome_unref (
      fixture_do (fixture, command_known_session (bruno, "his", "his", "203.0.113.0/24")));
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *network = g_strdup_printf ("10.0.%u.0/24", i);
      ConfabCommand *command = command_known_session (ada, name, name, network);

      command->at = now - 1000 + i;
      confab_outcome_unref (fixture_do (fixture, command));
    }
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM known_devices"), ==, 51);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM known_networks"), ==, 51);
  g_assert_true (get_known (fixture, ada, "119", "10.0.119.0/24").device);
  g_assert_true (get_known (fixture, ada, "119", "10.0.119.0/24").network);
  g_assert_false (get_known (fixture, ada, "0", "10.0.0.0/24").device);
  g_assert_true (get_known (fixture, bruno, "his", "203.0.113.0/24").device);
}

static void
test_known_is_forgotten (BackendFixture *fixture, gconstpointer data)
{
  const gint64 now = g_get_real_time () / 1000;
  gint64 ada = fixture_user (fixture, "ada");
  ConfabCommand *old = command_known_session (ada, "old", "old", "192.0.2.0/24");

  old->at = now - 181 * (G_TIME_SPAN_DAY / 1000);
  confab_outcome_unref (fixture_do (fixture, old));
  confab_outcome_unref (
      fixture_do (fixture, command_known_session (ada, "new", "new", "198.51.100.0/24")));
  g_assert_false (get_known (fixture, ada, "old", "192.0.2.0/24").device);
  g_assert_false (get_known (fixture, ada, "old", "192.0.2.0/24").network);
  confab_outcome_unref (
      fixture_do (fixture, confab_command_new (confab_run_forget_expired, CONFAB_ACTOR_OPERATOR)));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM known_devices"), ==, 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM known_networks"), ==, 1);
  g_assert_true (get_known (fixture, ada, "new", "198.51.100.0/24").network);
}

static void
test_find_people (BackendFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) some = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GError) error = NULL;

  fixture_user (fixture, "Anna");
  fixture_user (fixture, "ada");
  fixture_user (fixture, "bruno");
  fixture_user (fixture, "an%");

  all = confab_backend_find_people (fixture->reader, "", 50, NULL);
  g_assert_cmpint (all->len, ==, 4);
  some = confab_backend_find_people (fixture->reader, "an", 50, NULL);
  g_assert_cmpint (some->len, ==, 2);
  none = confab_backend_find_people (fixture->reader, "%", 50, NULL);
  g_assert_cmpint (none->len, ==, 0);
  one = confab_backend_find_people (fixture->reader, "a", 1, NULL);
  g_assert_cmpint (one->len, ==, 1);
  g_assert_cmpstr (((ConfabUserRow *)one->pdata[0])->username, ==, "ada");
  g_assert_null (((ConfabUserRow *)one->pdata[0])->email);

  g_assert_null (confab_backend_find_credentials (fixture->reader, "nobody", &error));
  g_assert_no_error (error);
  g_assert_null (confab_backend_get_user (fixture->reader, 999, &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/backend/users/add", test_add_user);
  FIXTURE_TEST ("/backend/users/taken", test_add_user_taken);
  FIXTURE_TEST ("/backend/users/roles", test_roles);
  FIXTURE_TEST ("/backend/users/passwords", test_passwords);
  FIXTURE_TEST ("/backend/users/find", test_find_people);
  FIXTURE_TEST ("/backend/sessions/all", test_sessions);
  FIXTURE_TEST ("/backend/sessions/after-new-password", test_session_after_new_password);
  FIXTURE_TEST ("/backend/sessions/unused", test_unused_sessions);
  FIXTURE_TEST ("/backend/users/look-alikes", test_look_alikes);
  FIXTURE_TEST ("/backend/known/all", test_known);
  FIXTURE_TEST ("/backend/known/by-a-session", test_known_by_a_session);
  FIXTURE_TEST ("/backend/known/bounded", test_known_is_bounded);
  FIXTURE_TEST ("/backend/known/forgotten", test_known_is_forgotten);

  return g_test_run ();
}
