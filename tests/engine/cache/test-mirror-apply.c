/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mirror-fixture.h"

#include "confab-engine-error.h"
#include "confab-problem.h"

typedef struct
{
  char *folder;
  ConfabMirror *mirror;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = fixture_make_folder ();
  fixture->mirror = fixture_open (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fixture_close (fixture->mirror);
  fixture_remove_folder (fixture->folder);
}

static void
changed_cb (ConfabMirror *mirror, ConfabChanges *changes, gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (7, 20, 10);
  g_autofree char *once = NULL;
  g_autofree char *twice = NULL;
  guint n_changed = 0;

  fixture_apply (fixture->mirror, rows);
  once = fixture_dump (fixture->folder);
  g_assert_nonnull (strstr (once, "message 20"));
  g_signal_connect (fixture->mirror, "changed", G_CALLBACK (changed_cb), &n_changed);
  fixture_apply (fixture->mirror, rows);
  twice = fixture_dump (fixture->folder);
  g_assert_cmpstr (once, ==, twice);
  g_assert_cmpuint (n_changed, ==, 0);
}

/* Make the commits of a server, each as a set of rows that is complete on its own. */
static GPtrArray *
make_history (GRand *random)
{
  GPtrArray *sets = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_rows_unref);
  gint64 rev = 10;

  for (gint64 id = 1; id <= 4; id++)
    {
      gint64 last_seq = g_rand_int_range (random, 0, 8);
      ConfabRows *gained = fixture_conversation (id, last_seq, ++rev);

      g_ptr_array_add (sets, gained);
      for (int i = 0; i < 4; i++)
        {
          ConfabRows *later = fixture_conversation (id, 0, rev);

          /* each set has its conversation's state at that time */
          ((ConfabConversationRow *)later->conversations->pdata[0])->last_seq = last_seq + i + 1;
          ((ConfabConversationRow *)later->conversations->pdata[0])->rev = ++rev;
          fixture_add_message (later, id, SELF + g_rand_int_range (random, 0, 3), last_seq + i + 1,
                               rev);
          fixture_add_read (later, id, last_seq + i, rev);
          g_ptr_array_add (sets, later);
        }
      if (id == 2)
        {
          ConfabRows *left = confab_rows_new ();

          fixture_add_membership (left, id * 10 + SELF, id, SELF, 5000, ++rev);
          g_ptr_array_add (sets, left);
        }
      if (id == 3)
        {
          ConfabRows *left = fixture_conversation (id, 0, rev);

          ((ConfabConversationRow *)left->conversations->pdata[0])->rev = rev - 1;
          fixture_add_membership (left, id * 10 + BOB, id, BOB, 5000, ++rev);
          g_ptr_array_add (sets, left);
        }
    }
  return sets;
}

static void
test_any_order (void)
{
  g_autofree char *expected = NULL;

  for (guint32 seed = 0; seed < 40; seed++)
    {
      g_autoptr (GRand) history_random = g_rand_new_with_seed (1);
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) sets = make_history (history_random);
      g_autofree char *dump = NULL;
      Fixture fixture;

      /* seed 0 is the original order */
      for (guint i = sets->len - 1; i > 0 && seed > 0; i--)
        {
          guint j = g_rand_int_range (random, 0, i + 1);
          gpointer swapped = sets->pdata[i];

          sets->pdata[i] = sets->pdata[j];
          sets->pdata[j] = swapped;
        }
      set_up (&fixture, NULL);
      for (guint i = 0; i < sets->len; i++)
        {
          fixture_apply (fixture.mirror, sets->pdata[i]);
          if (g_rand_int_range (random, 0, 3) == 0)
            fixture_apply (fixture.mirror, sets->pdata[g_rand_int_range (random, 0, i + 1)]);
        }
      dump = fixture_dump (fixture.folder);
      if (expected == NULL)
        expected = g_steal_pointer (&dump);
      else
        g_assert_cmpstr (dump, ==, expected);
      tear_down (&fixture, NULL);
    }
  g_assert_null (strstr (expected, "\n2|group"));
  g_assert_nonnull (strstr (expected, "\n3|group"));
}

static void
test_leaving (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) stays = fixture_conversation (1, 3, 10);
  g_autoptr (ConfabRows) goes = fixture_conversation (2, 3, 11);
  g_autoptr (ConfabRows) left = confab_rows_new ();
  g_autoptr (ConfabRows) back = fixture_conversation (2, 2, 30);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *late = NULL;

  fixture_apply (fixture->mirror, stays);
  before = fixture_dump (fixture->folder);
  fixture_add_user (goes, EVE, "eve", 5);
  fixture_add_membership (goes, 99, 2, EVE, 0, 11);
  fixture_apply (fixture->mirror, goes);
  g_assert_true (fixture_try_draft (fixture->mirror, 2, "never sent", NULL));
  fixture_enqueue (fixture->mirror, 2, "queued", "never sent either");
  fixture_mark_read (fixture->mirror, 2, 2);

  fixture_add_membership (left, 21, 2, SELF, 9000, 20);
  fixture_apply (fixture->mirror, left);
  after = fixture_dump (fixture->folder);
  g_assert_cmpstr (after, ==, before); /* test-mirror-closed.c tests what is kept */

  /* Late rows change nothing. */
  fixture_apply (fixture->mirror, goes);
  late = fixture_dump (fixture->folder);
  g_assert_cmpstr (late, ==, before);

  /* The user is added again: the old row about them may come with the new one. */
  fixture_add_membership (back, 21, 2, SELF, 9000, 20);
  ((ConfabMembershipRow *)back->memberships->pdata[0])->id = 121;
  fixture_apply (fixture->mirror, back);
  g_assert_cmpint (
      fixture_query (fixture->folder, "SELECT count (*) FROM messages WHERE conversation_id = 2"),
      ==, 2);
  fixture_apply (fixture->mirror, left);
  g_assert_cmpint (
      fixture_query (fixture->folder, "SELECT count (*) FROM messages WHERE conversation_id = 2"),
      ==, 2);
}

static void
test_email (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) own = fixture_conversation (1, 0, 10);
  g_autoptr (ConfabRows) shared = confab_rows_new ();

  fixture_apply (fixture->mirror, own);
  fixture_add_user (shared, SELF, "renamed", 50);
  g_clear_pointer (&((ConfabUserRow *)shared->users->pdata[0])->email, g_free);
  fixture_add_user (shared, ANN, "ann", 50);
  ((ConfabUserRow *)shared->users->pdata[1])->email = g_strdup ("ann@example.org");
  fixture_apply (fixture->mirror, shared);
  g_assert_cmpstr (confab_mirror_get_self (fixture->mirror)->email, ==, "self@example.org");
  g_assert_cmpstr (confab_mirror_get_self (fixture->mirror)->username, ==, "renamed");
  g_assert_cmpint (
      fixture_query (fixture->folder, "SELECT count (*) FROM users WHERE email IS NOT NULL"), ==,
      1);
}

static void
test_cursor (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 2, 10);
  g_autoptr (ConfabRows) next = fixture_conversation (2, 2, 20);
  g_autoptr (ConfabRows) broken = confab_rows_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (confab_mirror_get_cursor (fixture->mirror));
  g_assert_false (fixture_try_apply (fixture->mirror, rows, "e:1", "e:10", &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_CURSOR_TOO_OLD);
  g_clear_error (&error);
  g_assert_cmpint (fixture_query (fixture->folder, "SELECT count (*) FROM messages"), ==, 0);

  g_assert_true (fixture_try_apply (fixture->mirror, rows, NULL, "e:10", &error));
  g_assert_cmpstr (confab_mirror_get_cursor (fixture->mirror), ==, "e:10");
  g_assert_false (fixture_try_apply (fixture->mirror, next, NULL, "e:20", &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_CURSOR_TOO_OLD);
  g_clear_error (&error);

  /* Contradictory rows change nothing, not even the cursor. */
  fixture_add_message (broken, 1, SELF, 3, 30);
  g_clear_pointer (&((ConfabMessageRow *)broken->messages->pdata[0])->client_id, g_free);
  g_assert_false (fixture_try_apply (fixture->mirror, broken, "e:10", "e:30", &error));
  /* And the error is not one of the disk. */
  g_assert_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_NOT_CONFAB);
  g_clear_error (&error);
  g_assert_cmpstr (confab_mirror_get_cursor (fixture->mirror), ==, "e:10");

  g_assert_true (fixture_try_apply (fixture->mirror, next, "e:10", "e:20", &error));
  fixture_close (fixture->mirror);
  fixture->mirror = fixture_open (fixture->folder);
  g_assert_cmpstr (confab_mirror_get_cursor (fixture->mirror), ==, "e:20");
  g_assert_cmpint (confab_mirror_get_origin (fixture->mirror), ==, CONFAB_MIRROR_OPENED);
}

/* If the server does not send a user or role that rows refer to, the rows are still applied. */
static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 2, 10);
  g_autoptr (ConfabRows) late = confab_rows_new ();
  g_autoptr (GError) error = NULL;

  fixture_add_message (rows, 1, 77, 3, 10);
  fixture_add_membership (rows, 88, 1, 78, 0, 10);
  ((ConfabUserRow *)rows->users->pdata[1])->role_id = 79;
  fixture_try_apply (fixture->mirror, rows, NULL, "e:10", &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_query (fixture->folder, "SELECT count (*) FROM messages"), ==, 3);
  g_assert_cmpint (fixture_query (fixture->folder,
                                  "SELECT count (*) FROM users WHERE id IN (77, 78) AND deleted"),
                   ==, 2);
  g_assert_cmpint (
      fixture_query (fixture->folder, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);

  /* The real row replaces the placeholder. */
  fixture_add_user (late, 77, "eve", 11);
  fixture_add_role (late, 79, "late", 11);
  fixture_apply (fixture->mirror, late);
  g_assert_cmpint (fixture_query (fixture->folder, "SELECT username = 'eve' AND NOT deleted"
                                                   " FROM users WHERE id = 77"),
                   ==, 1);
  g_assert_cmpint (
      fixture_query (fixture->folder, "SELECT rolename = 'late' FROM roles WHERE id = 79"), ==, 1);
}

/* ---- unread ---- */

static void
assert_unread (Fixture *fixture, guint unread, gint64 read_seq)
{
  g_autoptr (ConfabConversationSummary) row = fixture_summary (fixture->mirror, 1);

  g_assert_cmpuint (row->unread_count, ==, unread);
  g_assert_cmpint (row->last_read_seq, ==, read_seq);
}

static void
test_unread (Fixture *fixture, gconstpointer data)
{
  /* SELF sent 3, 6 and 9. */
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 9, 10);
  g_autoptr (ConfabRows) told = confab_rows_new ();
  g_autoptr (ConfabRows) elsewhere = confab_rows_new ();
  g_autoptr (ConfabRows) more = confab_rows_new ();
  g_autoptr (GPtrArray) untold = NULL;
  g_autoptr (GPtrArray) settled = NULL;

  fixture_apply (fixture->mirror, rows);
  assert_unread (fixture, 6, 0);
  fixture_mark_read (fixture->mirror, 1, 4);
  assert_unread (fixture, 3, 4);
  fixture_mark_read (fixture->mirror, 1, 2); /* only grows */
  assert_unread (fixture, 3, 4);
  untold = fixture_untold (fixture->mirror);
  g_assert_cmpuint (untold->len, ==, 1);
  g_assert_cmpint (((ConfabReadPositionRow *)untold->pdata[0])->last_read_seq, ==, 4);

  fixture_add_read (told, 1, 4, 11);
  fixture_apply (fixture->mirror, told);
  settled = fixture_untold (fixture->mirror);
  g_assert_cmpuint (settled->len, ==, 0);

  fixture_add_read (elsewhere, 1, 7, 12);
  fixture_apply (fixture->mirror, elsewhere);
  assert_unread (fixture, 1, 7);
  fixture_add_conversation (more, 1, NULL, 11, 13);
  fixture_add_message (more, 1, SELF, 10, 13);
  fixture_add_message (more, 1, ANN, 11, 13);
  fixture_apply (fixture->mirror, more);
  assert_unread (fixture, 2, 7);
  fixture_mark_read (fixture->mirror, 1, 1000); /* at most what there is */
  assert_unread (fixture, 0, 11);
  g_assert_cmpint (fixture_query (fixture->folder, "SELECT count (*) FROM uncounted"), ==, 0);
}

static void
test_summary (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 2, 10);
  g_autoptr (ConfabRows) titled = confab_rows_new ();
  g_autoptr (ConfabConversationSummary) one = NULL;
  g_autoptr (ConfabConversationSummary) two = NULL;
  g_autoptr (ConfabConversationSummary) three = NULL;

  fixture_apply (fixture->mirror, rows);
  one = fixture_summary (fixture->mirror, 1);
  g_assert_cmpstr (one->display_name, ==, "ann, bob");
  g_assert_cmpuint (one->member_count, ==, 3);
  g_assert_cmpstr (one->preview, ==, "message 2");
  g_assert_cmpstr (one->preview_sender, ==, "bob");
  g_assert_false (one->preview_own);
  g_assert_cmpint (one->last_at, ==, 1000000 + 2 * 60000);

  fixture_enqueue (fixture->mirror, 1, "a", "  two\n\tlines ");
  g_assert_true (fixture_try_draft (fixture->mirror, 1, "a thought", NULL));
  two = fixture_summary (fixture->mirror, 1);
  g_assert_cmpstr (two->preview, ==, "two lines");
  g_assert_true (two->preview_own);
  g_assert_cmpstr (two->draft, ==, "a thought");

  fixture_add_conversation (titled, 1, "Chess", 2, 20);
  fixture_apply (fixture->mirror, titled);
  g_assert_true (fixture_try_draft (fixture->mirror, 1, "", NULL));
  three = fixture_summary (fixture->mirror, 1);
  g_assert_cmpstr (three->display_name, ==, "Chess");
  g_assert_null (three->draft);
  g_assert_null (fixture_summary (fixture->mirror, 2));
}

static void
test_backfill (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) whole = fixture_conversation (1, 3, 10);
  g_autoptr (ConfabRows) partly = fixture_conversation (2, 0, 10);
  g_autoptr (ConfabRows) other = fixture_conversation (3, 0, 10);
  g_autoptr (ConfabRows) history = confab_rows_new ();
  gint64 id;
  gint64 before;

  fixture_apply (fixture->mirror, whole);
  g_assert_false (fixture_next_backfill (fixture->mirror, 0, &id, &before));
  ((ConfabConversationRow *)partly->conversations->pdata[0])->last_seq = 40;
  fixture_add_message (partly, 2, ANN, 40, 10);
  fixture_add_message (partly, 2, ANN, 39, 10);
  fixture_apply (fixture->mirror, partly);
  ((ConfabConversationRow *)other->conversations->pdata[0])->last_seq = 20;
  fixture_add_message (other, 3, ANN, 20, 10);
  fixture_apply (fixture->mirror, other);
  g_assert_true (fixture_next_backfill (fixture->mirror, 0, &id, &before));
  g_assert_cmpint (id, ==, 2); /* the newer one */
  g_assert_cmpint (before, ==, 39);
  g_assert_true (fixture_next_backfill (fixture->mirror, 3, &id, &before));
  g_assert_cmpint (id, ==, 3);
  g_assert_cmpint (before, ==, 20);
  for (gint64 seq = 1; seq < 39; seq++)
    fixture_add_message (history, 2, BOB, seq, 5);
  fixture_apply (fixture->mirror, history);
  g_assert_true (fixture_next_backfill (fixture->mirror, 2, &id, &before));
  g_assert_cmpint (id, ==, 3);
}

/* ---- removals ---- */

static void
add_removal (ConfabRows *rows, gint64 conversation_id, gint64 seq, gint64 rev)
{
  ConfabMessageRow *row;

  fixture_add_message (rows, conversation_id, SELF + seq % 3, seq, rev);
  row = g_ptr_array_index (rows->messages, rows->messages->len - 1);
  g_set_str (&row->content, "");
  row->removed_at = 5000000;
}

static void
apply_removal (Fixture *fixture, gint64 seq, gint64 rev)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();

  add_removal (rows, 7, seq, rev);
  fixture_apply (fixture->mirror, rows);
}

/* Messages 31 … 60 of 60 are stored; earlier ones are missing. */
static void
apply_newest (Fixture *fixture)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (7, 60, 10);

  g_ptr_array_remove_range (rows->messages, 0, 30);
  fixture_apply (fixture->mirror, rows);
}

static void
apply_history (Fixture *fixture, gint64 removed_seq)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();

  for (gint64 seq = 30; seq > 0; seq--)
    {
      if (seq == removed_seq)
        add_removal (rows, 7, seq, 50);
      else
        fixture_add_message (rows, 7, SELF + seq % 3, seq, 10);
    }
  fixture_apply (fixture->mirror, rows);
}

static void
assert_removed (Fixture *fixture, gint64 seq)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count (*) FROM messages WHERE seq = %d AND content = '' AND removed_at = 5000000"
      " AND rev = 50",
      (int)seq);

  g_assert_cmpint (fixture_query (fixture->folder, sql), ==, 1);
  g_assert_cmpint (fixture_query (fixture->folder, "SELECT count (*) FROM messages"), ==, 60);
  g_assert_cmpint (
      fixture_query (fixture->folder, "SELECT count (*) FROM messages WHERE content = ''"), ==, 1);
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (7, 60, 10);
  g_autoptr (ConfabConversationSummary) summary = NULL;

  fixture_apply (fixture->mirror, rows);
  apply_removal (fixture, 60, 50);
  assert_removed (fixture, 60);
  summary = fixture_summary (fixture->mirror, 7);
  g_assert_true (summary->preview_removed);
  g_assert_cmpstr (summary->preview, ==, "");
  /* The earlier text does not return. */
  fixture_apply (fixture->mirror, rows);
  assert_removed (fixture, 60);
}

/* A page made before the removal arrives after it. */
static void
test_removed_before_history (Fixture *fixture, gconstpointer data)
{
  gint64 id, before;

  apply_newest (fixture);
  apply_removal (fixture, 5, 50);
  g_assert_true (fixture_next_backfill (fixture->mirror, 7, &id, &before));
  g_assert_cmpint (before, ==, 31);
  apply_history (fixture, 0);
  assert_removed (fixture, 5);
  g_assert_cmpint (fixture_query (fixture->folder, "SELECT count (*) FROM early_removals"), ==, 0);
}

static void
test_removed_in_history (Fixture *fixture, gconstpointer data)
{
  apply_newest (fixture);
  apply_history (fixture, 30);
  assert_removed (fixture, 30);
}

/* A removed message adjoining the oldest stored one is stored. */
static void
test_removed_at_the_edge (Fixture *fixture, gconstpointer data)
{
  gint64 id, before;

  apply_newest (fixture);
  apply_removal (fixture, 30, 50);
  g_assert_true (fixture_next_backfill (fixture->mirror, 7, &id, &before));
  g_assert_cmpint (before, ==, 30);
  apply_history (fixture, 0);
  assert_removed (fixture, 30);
}

/* Removed unread messages stop counting at once, whether their history is stored or not; reading
 * past them changes nothing. */
static void
test_unread_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 9, 10);
  g_autoptr (ConfabRows) removal = confab_rows_new ();
  g_autoptr (ConfabRows) read = confab_rows_new ();

  fixture_apply (fixture->mirror, rows);
  fixture_mark_read (fixture->mirror, 1, 4);
  assert_unread (fixture, 3, 4);   /* 5, 7 and 8; SELF sent 6 and 9 */
  add_removal (removal, 1, 2, 20); /* read already */
  add_removal (removal, 1, 5, 20);
  add_removal (removal, 1, 6, 20); /* the user's own does not count twice */
  fixture_apply (fixture->mirror, removal);
  assert_unread (fixture, 2, 4);
  fixture_apply (fixture->mirror, removal);
  fixture_apply (fixture->mirror, rows);
  assert_unread (fixture, 2, 4);
  fixture_add_read (read, 1, 7, 30);
  fixture_apply (fixture->mirror, read);
  assert_unread (fixture, 1, 7);
  fixture_mark_read (fixture->mirror, 1, 9);
  assert_unread (fixture, 0, 9);
  g_assert_cmpint (fixture_query (fixture->folder, "SELECT count (*) FROM uncounted"), ==, 0);
}

static void
test_unread_removed_before_history (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabConversationSummary) before = NULL;
  g_autoptr (ConfabConversationSummary) after = NULL;
  g_autoptr (ConfabConversationSummary) whole = NULL;

  apply_newest (fixture); /* 31 to 60 of conversation 7 */
  before = fixture_summary (fixture->mirror, 7);
  apply_removal (fixture, 5, 50);
  after = fixture_summary (fixture->mirror, 7);
  g_assert_cmpuint (after->unread_count, ==, before->unread_count - 1);
  apply_history (fixture, 0);
  whole = fixture_summary (fixture->mirror, 7);
  g_assert_cmpint (whole->unread_count, ==,
                   fixture_query (fixture->folder, "SELECT count (*) FROM messages"
                                                   " WHERE sender_id <> 1 AND removed_at IS NULL"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/mirror/apply/twice", Fixture, NULL, set_up, test_twice, tear_down);
  g_test_add_func ("/mirror/apply/any-order", test_any_order);
  g_test_add ("/mirror/apply/leaving", Fixture, NULL, set_up, test_leaving, tear_down);
  g_test_add ("/mirror/apply/email", Fixture, NULL, set_up, test_email, tear_down);
  g_test_add ("/mirror/apply/cursor", Fixture, NULL, set_up, test_cursor, tear_down);
  g_test_add ("/mirror/apply/unknown", Fixture, NULL, set_up, test_unknown, tear_down);
  g_test_add ("/mirror/unread", Fixture, NULL, set_up, test_unread, tear_down);
  g_test_add ("/mirror/unread/removed", Fixture, NULL, set_up, test_unread_removed, tear_down);
  g_test_add ("/mirror/unread/removed-before-history", Fixture, NULL, set_up,
              test_unread_removed_before_history, tear_down);
  g_test_add ("/mirror/summary", Fixture, NULL, set_up, test_summary, tear_down);
  g_test_add ("/mirror/backfill", Fixture, NULL, set_up, test_backfill, tear_down);
  g_test_add ("/mirror/removed", Fixture, NULL, set_up, test_removed, tear_down);
  g_test_add ("/mirror/removed/before-history", Fixture, NULL, set_up, test_removed_before_history,
              tear_down);
  g_test_add ("/mirror/removed/in-history", Fixture, NULL, set_up, test_removed_in_history,
              tear_down);
  g_test_add ("/mirror/removed/at-the-edge", Fixture, NULL, set_up, test_removed_at_the_edge,
              tear_down);
  return g_test_run ();
}
