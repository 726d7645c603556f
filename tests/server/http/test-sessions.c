/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-sessions.h"

#define NOW (G_GINT64_CONSTANT (1800000000000))
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

static void
note_ended (gint64 session_id, int problem, gpointer user_data)
{
  GArray *ended = user_data;

  g_array_append_val (ended, session_id);
}

typedef struct
{
  ConfabSessions *sessions;
  GArray *ended;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->ended = g_array_new (FALSE, FALSE, sizeof (gint64));
  fixture->sessions =
      confab_sessions_new (30 * DAY_MS * GPOINTER_TO_INT (data), note_ended, fixture->ended);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  confab_sessions_free (fixture->sessions);
  g_array_unref (fixture->ended);
}

static GBytes *
hash_of (gint64 session_id)
{
  return g_bytes_new (&session_id, sizeof session_id);
}

static void
add (Fixture *fixture, gint64 session_id, gint64 user_id)
{
  const ConfabSessionKey key = { session_id, user_id, NOW, NOW };
  g_autoptr (GBytes) hash = hash_of (session_id);

  confab_sessions_add (fixture->sessions, hash, &key);
}

/* Return the user, or 0. */
static gint64
find (Fixture *fixture, gint64 session_id, gint64 now)
{
  g_autoptr (GBytes) hash = hash_of (session_id);
  ConfabSessionKey key;

  return confab_sessions_find (fixture->sessions, hash, now, &key) ? key.user_id : 0;
}

static void
free_known (gpointer data)
{
  g_bytes_unref (((ConfabKnownSession *)data)->token_hash);
  g_free (data);
}

static void
merge (Fixture *fixture, const gint64 *session_ids)
{
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (free_known);

  for (; *session_ids != 0; session_ids++)
    {
      ConfabKnownSession *known = g_new0 (ConfabKnownSession, 1);

      known->token_hash = hash_of (*session_ids);
      known->key = (ConfabSessionKey){ *session_ids, *session_ids + 100, NOW, NOW };
      g_ptr_array_add (read, known);
    }
  confab_sessions_merge (fixture->sessions, read);
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 11);
  add (fixture, 2, 12);
  g_assert_cmpint (find (fixture, 1, NOW), ==, 11);
  g_assert_cmpint (find (fixture, 2, NOW), ==, 12);
  g_assert_cmpint (find (fixture, 3, NOW), ==, 0);
  confab_sessions_remove (fixture->sessions, 1, -1);
  g_assert_cmpint (find (fixture, 1, NOW), ==, 0);
  g_assert_cmpint (find (fixture, 2, NOW), ==, 12);
  g_assert_cmpuint (fixture->ended->len, ==, 1);
}

static void
test_idle (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 11);
  g_assert_cmpint (find (fixture, 1, NOW + 90 * DAY_MS), ==, 11);
  g_assert_cmpint (find (fixture, 1, NOW + 90 * DAY_MS + 1), ==, 0);
  g_assert_true (confab_sessions_touch (fixture->sessions, 1, NOW + 80 * DAY_MS));
  g_assert_cmpint (find (fixture, 1, NOW + 90 * DAY_MS + 1), ==, 11);
}

static void
test_touch_once_an_hour (Fixture *fixture, gconstpointer data)
{
  guint n_written = 0;

  add (fixture, 1, 11);
  for (guint second = 0; second < 3 * 3600; second += 10)
    n_written += confab_sessions_touch (fixture->sessions, 1, NOW + second * 1000);
  g_assert_cmpuint (n_written, ==, 2);
  g_assert_false (confab_sessions_touch (fixture->sessions, 2, NOW + DAY_MS));
}

/* A session can end in the commit in which it begins. */
static void
test_ended_before_it_began (Fixture *fixture, gconstpointer data)
{
  confab_sessions_remove (fixture->sessions, 7, -1);
  add (fixture, 7, 17);
  g_assert_cmpint (find (fixture, 7, NOW), ==, 0);
}

static void
test_merge (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 11);
  add (fixture, 2, 12);
  confab_sessions_begin_merge (fixture->sessions);
  merge (fixture, (gint64[]){ 2, 3, 0 });
  g_assert_cmpint (find (fixture, 1, NOW), ==, 0);
  g_assert_cmpint (find (fixture, 2, NOW), ==, 12);
  g_assert_cmpint (find (fixture, 3, NOW), ==, 103);
  g_assert_cmpuint (fixture->ended->len, ==, 1);
  g_assert_cmpint (g_array_index (fixture->ended, gint64, 0), ==, 1);
}

/* Changes made while the database is read win over what is read. */
static void
test_changes_during_a_merge (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 11);
  confab_sessions_begin_merge (fixture->sessions);
  add (fixture, 5, 15);
  confab_sessions_remove (fixture->sessions, 1, -1);
  merge (fixture, (gint64[]){ 1, 2, 0 });
  g_assert_cmpint (find (fixture, 1, NOW), ==, 0);
  g_assert_cmpint (find (fixture, 2, NOW), ==, 102);
  g_assert_cmpint (find (fixture, 5, NOW), ==, 15);
}

/* A server may require users to sign in again after some time. */
static void
test_longest (Fixture *fixture, gconstpointer data)
{
  const gboolean limited = GPOINTER_TO_INT (data) != 0;

  add (fixture, 1, 11);
  g_assert_true (confab_sessions_touch (fixture->sessions, 1, NOW + 29 * DAY_MS));
  g_assert_cmpint (find (fixture, 1, NOW + 30 * DAY_MS - 1), ==, 11);
  confab_sessions_end_longest (fixture->sessions, NOW + 30 * DAY_MS - 1);
  g_assert_cmpuint (fixture->ended->len, ==, 0);
  g_assert_cmpint (find (fixture, 1, NOW + 30 * DAY_MS), ==, limited ? 0 : 11);
  confab_sessions_end_longest (fixture->sessions, NOW + 30 * DAY_MS);
  g_assert_cmpuint (fixture->ended->len, ==, limited ? 1 : 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sessions/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("find", test_find);
  ADD ("idle", test_idle);
  ADD ("touch-once-an-hour", test_touch_once_an_hour);
  ADD ("ended-before-it-began", test_ended_before_it_began);
  ADD ("merge", test_merge);
  ADD ("changes-during-a-merge", test_changes_during_a_merge);
  ADD ("longest-none", test_longest);
  g_test_add ("/sessions/longest", Fixture, GINT_TO_POINTER (1), set_up, test_longest, tear_down);

  return g_test_run ();
}
