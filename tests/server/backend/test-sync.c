/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What one page holds, where it is cut, and when a cursor is refused. */

#include "backend-fixture.h"

#include "confab-limits.h"

typedef struct
{
  BackendFixture base;
  gint64 ada, bruno, chiara;
} Fixture;

#define FIXTURE_TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

static void
set_up (Fixture *fixture, gconstpointer data)
{
  backend_fixture_set_up (&fixture->base);
  fixture->ada = fixture_user (&fixture->base, "ada");
  fixture->bruno = fixture_user (&fixture->base, "bruno");
  fixture->chiara = fixture_user (&fixture->base, "chiara");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fixture_check (&fixture->base);
  backend_fixture_tear_down (&fixture->base);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  gint64 head = fixture_head (&fixture->base), to;
  gboolean has_more;
  g_autoptr (ConfabRows) fresh =
      fixture_sync (&fixture->base, fixture->ada, 0, 500, &to, &has_more);
  g_autoptr (ConfabRows) none = NULL;

  g_assert_cmpint (to, ==, head);
  g_assert_false (has_more);
  g_assert_cmpint (fresh->roles->len, ==, 3);
  g_assert_cmpint (fresh->users->len, ==, 1);
  g_assert_cmpstr (((ConfabUserRow *)fresh->users->pdata[0])->email, ==, "ada@example.org");

  none = fixture_sync (&fixture->base, fixture->ada, head, 500, &to, &has_more);
  g_assert_cmpint (confab_rows_count (none), ==, 0);
  g_assert_cmpint (to, ==, head);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const gint64 bad[] = { fixture_head (&fixture->base) + 1, G_MAXINT64, -1 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 to;
      gboolean has_more;

      g_assert_null (confab_backend_sync (fixture->base.reader, fixture->ada, bad[i], 500, &to,
                                          &has_more, &error));
      g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_CURSOR_TOO_OLD);
    }
}

static void
test_gained (Fixture *fixture, gconstpointer data)
{
  gint64 group = fixture_group (&fixture->base, fixture->ada, 1, &fixture->bruno);
  gint64 before, to;
  gboolean has_more;
  g_autoptr (ConfabRows) page = NULL;

  for (guint i = 0; i < 50; i++)
    fixture_send (&fixture->base, fixture->bruno, group, "x");
  confab_outcome_unref (fixture_do (&fixture->base, command_leave (fixture->bruno, group)));

  before = fixture_head (&fixture->base);
  confab_outcome_unref (
      fixture_do (&fixture->base, command_members (fixture->ada, group, 1, &fixture->chiara)));
  page = fixture_sync (&fixture->base, fixture->chiara, before, 1, &to, &has_more);

  g_assert_false (has_more);
  g_assert_cmpint (to, ==, before + 1);
  g_assert_cmpint (page->conversations->len, ==, 1);
  g_assert_cmpint (page->memberships->len, ==, 3);
  g_assert_cmpint (page->users->len, ==, 3);
  g_assert_cmpint (page->messages->len, ==, CONFAB_INITIAL_MESSAGES);
  g_assert_cmpint (((ConfabMessageRow *)page->messages->pdata[0])->seq, ==, 50);
  g_assert_cmpint (page->read_positions->len, ==, 1);
  g_assert_cmpint (((ConfabReadPositionRow *)page->read_positions->pdata[0])->last_read_seq, ==,
                   50);
}

static void
test_lost (Fixture *fixture, gconstpointer data)
{
  gint64 group = fixture_group (&fixture->base, fixture->ada, 1, &fixture->bruno);
  gint64 before = fixture_head (&fixture->base);
  g_autoptr (ConfabRows) page = NULL;
  g_autoptr (ConfabRows) later = NULL;
  gint64 to;

  fixture_send (&fixture->base, fixture->ada, group, "seen by nobody who left");
  confab_outcome_unref (fixture_do (&fixture->base, command_leave (fixture->bruno, group)));
  fixture_send (&fixture->base, fixture->ada, group, "alone");

  page = fixture_sync (&fixture->base, fixture->bruno, before, 500, &to, NULL);
  g_assert_cmpint (page->memberships->len, ==, 1);
  g_assert_cmpint (((ConfabMembershipRow *)page->memberships->pdata[0])->user_id, ==,
                   fixture->bruno);
  g_assert_cmpint (page->messages->len, ==, 0);
  g_assert_cmpint (page->conversations->len, ==, 0);
  g_assert_cmpint (page->users->len, ==, 1);

  fixture_send (&fixture->base, fixture->ada, group, "still alone");
  later = fixture_sync (&fixture->base, fixture->bruno, to, 500, NULL, NULL);
  g_assert_cmpint (confab_rows_count (later), ==, 0);
}

/* Cut after so many rows, whole revisions only, and every page with the people it refers to. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  gint64 group = fixture_group (&fixture->base, fixture->ada, 1, &fixture->bruno);
  gint64 since = fixture_head (&fixture->base), seen = 0;
  gboolean has_more = TRUE;

  for (guint i = 0; i < 25; i++)
    fixture_send (&fixture->base, i % 2 ? fixture->ada : fixture->bruno, group, "x");

  while (has_more)
    {
      g_autoptr (ConfabRows) page =
          fixture_sync (&fixture->base, fixture->bruno, since, 10, &since, &has_more);

      g_assert_cmpint (page->messages->len, <=, 10);
      g_assert_cmpint (page->users->len, >, 0);
      for (guint i = 0; i < page->messages->len; i++)
        g_assert_cmpint (((ConfabMessageRow *)page->messages->pdata[i])->seq, ==, ++seen);
      if (has_more)
        g_assert_cmpint (page->messages->len, >=, 8);
    }

  g_assert_cmpint (seen, ==, 25);
  g_assert_cmpint (since, ==, fixture_head (&fixture->base));
}

static void
test_cut_by_bytes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (CONFAB_MESSAGE_MAX_CHARS, 'x');
  gint64 group = fixture_group (&fixture->base, fixture->ada, 1, &fixture->bruno);
  gint64 since = fixture_head (&fixture->base);
  gboolean has_more;
  g_autoptr (ConfabRows) page = NULL;

  for (guint i = 0; i < 60; i++)
    fixture_send (&fixture->base, fixture->ada, group, text);

  page = fixture_sync (&fixture->base, fixture->bruno, since, 1000, NULL, &has_more);
  g_assert_true (has_more);
  g_assert_cmpint (page->messages->len, ==, CONFAB_PAGE_TARGET_BYTES / CONFAB_MESSAGE_MAX_CHARS);
}

/* However many, gained conversations that fit a page bring the reader to the head at once. */
static void
test_fresh_start_is_short (Fixture *fixture, gconstpointer data)
{
  gboolean has_more;
  gint64 to;
  g_autoptr (ConfabRows) page = NULL;

  for (guint c = 0; c < 20; c++)
    {
      gint64 group = fixture_group (&fixture->base, fixture->ada, 1, &fixture->bruno);

      for (guint i = 0; i < 40; i++)
        fixture_send (&fixture->base, fixture->ada, group, "x");
    }

  page = fixture_sync (&fixture->base, fixture->ada, 0, CONFAB_SYNC_DEFAULT_ROWS, &to, &has_more);
  g_assert_false (has_more);
  g_assert_cmpint (to, ==, fixture_head (&fixture->base));
  g_assert_cmpint (page->messages->len, ==, 20 * CONFAB_INITIAL_MESSAGES);
}

/* One membership can be a big block: 20 of them do not come at once when few rows are asked for. */
static void
test_blocks_are_counted (Fixture *fixture, gconstpointer data)
{
  gboolean has_more;
  g_autoptr (ConfabRows) page = NULL;

  for (guint c = 0; c < 20; c++)
    {
      gint64 group = fixture_group (&fixture->base, fixture->ada, 1, &fixture->bruno);

      for (guint i = 0; i < 30; i++)
        fixture_send (&fixture->base, fixture->ada, group, "x");
    }

  page = fixture_sync (&fixture->base, fixture->bruno, 0, 10, NULL, &has_more);
  g_assert_true (has_more);
  g_assert_cmpint (page->conversations->len, <, 5);
}

static void
test_strangers (Fixture *fixture, gconstpointer data)
{
  gint64 before = fixture_head (&fixture->base);
  gint64 group = fixture_group (&fixture->base, fixture->ada, 1, &fixture->bruno);
  ConfabCommand *role = confab_command_new (confab_run_set_role, CONFAB_ACTOR_OPERATOR);
  g_autoptr (ConfabRows) stranger = NULL;
  g_autoptr (ConfabRows) friend = NULL;

  fixture_send (&fixture->base, fixture->ada, group, "x");
  confab_outcome_unref (fixture_do (&fixture->base, command_read (fixture->ada, group, 1)));
  role->user_id = fixture->ada;
  role->set_role.rolename = confab_command_copy (role, "admin");
  confab_outcome_unref (fixture_do (&fixture->base, role));

  stranger = fixture_sync (&fixture->base, fixture->chiara, before, 500, NULL, NULL);
  g_assert_cmpint (confab_rows_count (stranger), ==, 0);
  friend = fixture_sync (&fixture->base, fixture->bruno, fixture_head (&fixture->base) - 1, 500,
                         NULL, NULL);
  g_assert_cmpint (friend->users->len, ==, 1);
  g_assert_cmpint (((ConfabUserRow *)friend->users->pdata[0])->role_id, ==, 1);
  g_assert_cmpint (friend->read_positions->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/backend/sync/nothing", test_nothing);
  FIXTURE_TEST ("/backend/sync/refused", test_refused);
  FIXTURE_TEST ("/backend/sync/gained", test_gained);
  FIXTURE_TEST ("/backend/sync/lost", test_lost);
  FIXTURE_TEST ("/backend/sync/cut", test_cut);
  FIXTURE_TEST ("/backend/sync/cut-by-bytes", test_cut_by_bytes);
  FIXTURE_TEST ("/backend/sync/fresh-start-is-short", test_fresh_start_is_short);
  FIXTURE_TEST ("/backend/sync/blocks-are-counted", test_blocks_are_counted);
  FIXTURE_TEST ("/backend/sync/strangers", test_strangers);

  return g_test_run ();
}
