/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reading a timeline: where it opens, what is there at once, and what happens when a read fails. */

#include "timeline-fixture.h"

#include "confab-engine-error.h"
#include "confab-limits.h"
#include "confab-message.h"

/* ---- unread messages ---- */

static void
test_unread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) more = confab_rows_new ();
  g_autoptr (ConfabMessage) message = NULL;
  g_autoptr (ConfabTimeline) later = NULL;

  /* Of 200, 3, 6, 9 … are SELF's: the first unread after 59 is 61. */
  fixture_mark_read (fixture->mirror, ROOM, 59);
  timeline_open (fixture);
  while (confab_timeline_get_loading (fixture->timeline))
    g_main_context_iteration (NULL, TRUE);
  /* among the first keys shown, however many are unread */
  g_assert_cmpuint (confab_timeline_get_unread_position (fixture->timeline), !=, G_MAXUINT);
  timeline_settle (fixture);
  g_assert_cmpuint (confab_timeline_get_unread_position (fixture->timeline), ==, 60);
  g_assert_cmpint (confab_timeline_get_seq (fixture->timeline, 60), ==, 61);
  message = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 60);
  g_assert_true (confab_message_get_starts_unread (message));

  /* Reading does not move the position, and new messages do not create one. */
  fixture_mark_read (fixture->mirror, ROOM, 200);
  g_assert_cmpuint (confab_timeline_get_unread_position (fixture->timeline), ==, 60);
  later = confab_timeline_new (fixture->mirror, fixture->users, ROOM);
  while (!confab_timeline_get_complete (later))
    g_main_context_iteration (NULL, TRUE);
  fixture_add_conversation (more, ROOM, NULL, 201, 50);
  fixture_add_message (more, ROOM, ANN, 201, 50);
  fixture_apply (fixture->mirror, more);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (later)), ==, 201);
  g_assert_cmpuint (confab_timeline_get_unread_position (later), ==, G_MAXUINT);
  fixture_assert_finalized (g_steal_pointer (&later));
}

/* However many messages are unread, the position is known as soon as anything is shown. */
static void
test_unread_far_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) more = confab_rows_new ();

  fixture_mark_read (fixture->mirror, ROOM, 30);
  timeline_open (fixture);
  fixture_add_conversation (more, ROOM, NULL, 5001, 50);
  fixture_add_message (more, ROOM, ANN, 5001, 50);
  fixture_apply (fixture->mirror, more); /* meanwhile */
  while (confab_timeline_get_loading (fixture->timeline))
    {
      g_assert_cmpuint (confab_timeline_get_unread_position (fixture->timeline), ==, G_MAXUINT);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (confab_timeline_get_unread_position (fixture->timeline), ==, 30);
  g_assert_cmpint (confab_timeline_get_seq (fixture->timeline, 30), ==, 31);
  timeline_settle (fixture);
  g_assert_cmpuint (confab_timeline_get_unread_position (fixture->timeline), ==, 30);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)), ==, 5001);
}

static void
add_removal (ConfabRows *rows, gint64 seq, gint64 rev)
{
  ConfabMessageRow *row;

  fixture_add_message (rows, ROOM, SELF + seq % 3, seq, rev);
  row = g_ptr_array_index (rows->messages, rows->messages->len - 1);
  g_set_str (&row->content, "");
  row->removed_at = 5000000;
}

/* A removed message cannot be the first unread one. */
static void
test_unread_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) removal = confab_rows_new ();

  fixture_mark_read (fixture->mirror, ROOM, 7);
  add_removal (removal, 8, 50);
  fixture_apply (fixture->mirror, removal);
  timeline_open (fixture);
  timeline_settle (fixture);
  /* 8 is removed, 9 is SELF's */
  g_assert_cmpint (confab_timeline_get_seq (
                       fixture->timeline, confab_timeline_get_unread_position (fixture->timeline)),
                   ==, 10);
}

static void
test_unread_all_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) removal = confab_rows_new ();

  fixture_mark_read (fixture->mirror, ROOM, 9);
  add_removal (removal, 10, 50);
  fixture_apply (fixture->mirror, removal);
  timeline_open (fixture);
  timeline_settle (fixture);
  g_assert_cmpuint (confab_timeline_get_unread_position (fixture->timeline), ==, G_MAXUINT);
}

/* ---- a large timeline ---- */

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (confab_timeline_prepare_finish (CONFAB_TIMELINE (source), result, NULL));
  *(gboolean *)user_data = TRUE;
}

static void
test_large (void)
{
  const guint n = 100000;
  Fixture fixture;
  gboolean prepared = FALSE;
  GListModel *model;

  timeline_set_up (&fixture, GINT_TO_POINTER (n));
  fixture_mark_read (fixture.mirror, ROOM, n);
  timeline_open (&fixture);
  timeline_ignore (&fixture);
  model = G_LIST_MODEL (fixture.timeline);
  while (confab_timeline_get_loading (fixture.timeline))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 40);

  /* The newest messages have their texts, so the first frame has no blank rows. */
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (ConfabMessage) message = g_list_model_get_item (model, i);

      g_assert_true (confab_message_get_loaded (message));
    }
  while (!confab_timeline_get_complete (fixture.timeline))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, n);

  /* A prepared jump shows no blank rows; others are loaded later. */
  confab_timeline_prepare_async (fixture.timeline, n / 2, NULL, prepared_cb, &prepared);
  fixture_wait_until (&prepared);
  for (guint i = n / 2 - 100; i <= n / 2 + 100; i++)
    {
      g_autoptr (ConfabMessage) message = g_list_model_get_item (model, i);
      g_autofree char *expected = g_strdup_printf ("message %u", i + 1);

      g_assert_true (confab_message_get_loaded (message));
      g_assert_cmpstr (confab_message_get_content (message), ==, expected);
    }
  for (guint i = 0; i < n; i += n / 50)
    {
      g_autoptr (ConfabMessage) message = g_list_model_get_item (model, i);

      while (!confab_message_get_loaded (message))
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (confab_message_get_seq (message), ==, i + 1);
    }
  timeline_tear_down (&fixture, NULL);
}

/* A broken server's seqs may be far apart: only existing messages are read. */
static void
test_gaps (Fixture *fixture, gconstpointer data)
{
  const gint64 seqs[] = { 1000000, 2000000000, CONFAB_SEQ_MAX };
  g_autoptr (ConfabRows) rows = confab_rows_new ();
  gboolean prepared = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (seqs); i++)
    fixture_add_message (rows, ROOM, ANN, seqs[i], 20);
  fixture_apply (fixture->mirror, rows);
  timeline_open (fixture);
  timeline_settle (fixture);
  confab_timeline_prepare_async (fixture->timeline, 2, NULL, prepared_cb, &prepared);
  fixture_wait_until (&prepared);
  for (guint i = 0; i < 5 + G_N_ELEMENTS (seqs); i++)
    {
      g_autoptr (ConfabMessage) message =
          g_list_model_get_item (G_LIST_MODEL (fixture->timeline), i);

      g_assert_true (confab_message_get_loaded (message));
    }
}

/* ---- a read fails ---- */

static void
break_file (Fixture *fixture)
{
  fixture_exec_on_writer (fixture->mirror, "ALTER TABLE messages RENAME TO elsewhere");
}

static void
mend_file (Fixture *fixture)
{
  fixture_exec_on_writer (fixture->mirror, "ALTER TABLE elsewhere RENAME TO messages");
}

static void
wait_for_error (Fixture *fixture)
{
  while (confab_timeline_get_error (fixture->timeline) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (confab_timeline_get_loading (fixture->timeline));
}

/* Wait until the reads that were requested have ended, while no message can be read. */
static void
settle_broken (Fixture *fixture)
{
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) untold = fixture_untold (fixture->mirror);

      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ++*(guint *)user_data;
}

/* The timeline tells why it is empty, and reads again when the user asks for it. */
static void
test_error (Fixture *fixture, gconstpointer data)
{
  guint n_notified = 0;

  break_file (fixture);
  timeline_open (fixture);
  g_signal_connect (fixture->timeline, "notify::error", G_CALLBACK (count_cb), &n_notified);
  wait_for_error (fixture);
  g_assert_error (confab_timeline_get_error (fixture->timeline), CONFAB_ENGINE_ERROR,
                  CONFAB_ENGINE_ERROR_STORAGE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)), ==, 0);
  g_assert_cmpuint (n_notified, ==, 1);

  confab_timeline_try_again (fixture->timeline);
  g_assert_null (confab_timeline_get_error (fixture->timeline));
  wait_for_error (fixture);
  g_assert_cmpuint (n_notified, ==, 3);

  mend_file (fixture);
  confab_timeline_try_again (fixture->timeline);
  timeline_settle (fixture);
  g_assert_null (confab_timeline_get_error (fixture->timeline));
  g_assert_cmpuint (n_notified, ==, 4);
  timeline_check (fixture);
}

/* It reads again by itself. */
static void
test_error_passes (Fixture *fixture, gconstpointer data)
{
  break_file (fixture);
  timeline_open (fixture);
  wait_for_error (fixture);
  mend_file (fixture);
  timeline_settle (fixture);
  g_assert_null (confab_timeline_get_error (fixture->timeline));
  timeline_check (fixture);
}

/* A failure among older messages is not their beginning, and what is shown stays. */
static void
test_error_of_older (Fixture *fixture, gconstpointer data)
{
  fixture_mark_read (fixture->mirror, ROOM, 300);
  timeline_open (fixture);
  g_signal_connect_swapped (fixture->timeline, "notify::loading", G_CALLBACK (break_file), fixture);
  while (confab_timeline_get_loading (fixture->timeline))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_func (fixture->timeline, break_file, fixture);
  settle_broken (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)), ==, 40);
  g_assert_false (confab_timeline_get_complete (fixture->timeline));
  g_assert_null (confab_timeline_get_error (fixture->timeline));

  mend_file (fixture);
  fixture->n_runs = 0;
  while (!confab_timeline_get_complete (fixture->timeline))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_runs, ==, 1);
  timeline_check (fixture);
}

/* When a timeline that is shown cannot be read again, it keeps what it has, and what arrives. */
static void
test_error_when_loaded (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();
  g_autoptr (ConfabMessage) blank = NULL;

  timeline_open (fixture);
  timeline_settle (fixture);
  fixture->n_runs = 0;
  break_file (fixture);
  confab_timeline_try_again (fixture->timeline);
  settle_broken (fixture);
  g_assert_cmpuint (fixture->n_runs, ==, 0);
  g_assert_null (confab_timeline_get_error (fixture->timeline));
  /* A text that cannot be read is read again, too. */
  blank = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 3);
  settle_broken (fixture);
  g_assert_false (confab_message_get_loaded (blank));

  mend_file (fixture);
  fixture_add_conversation (rows, ROOM, NULL, 301, 50);
  fixture_add_message (rows, ROOM, ANN, 301, 50);
  fixture_apply (fixture->mirror, rows);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)), ==, 301);
  while (!confab_message_get_loaded (blank))
    g_main_context_iteration (NULL, TRUE);
  timeline_check (fixture);
  g_assert_cmpuint (fixture->n_runs, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/timeline/unread", Fixture, GINT_TO_POINTER (200), timeline_set_up, test_unread,
              timeline_tear_down);
  g_test_add_func ("/timeline/large", test_large);
  g_test_add ("/timeline/gaps", Fixture, GINT_TO_POINTER (5), timeline_set_up, test_gaps,
              timeline_tear_down);
  g_test_add ("/timeline/unread/far-back", Fixture, GINT_TO_POINTER (5000), timeline_set_up,
              test_unread_far_back, timeline_tear_down);
  g_test_add ("/timeline/unread/removed", Fixture, GINT_TO_POINTER (10), timeline_set_up,
              test_unread_removed, timeline_tear_down);
  g_test_add ("/timeline/unread/all-removed", Fixture, GINT_TO_POINTER (10), timeline_set_up,
              test_unread_all_removed, timeline_tear_down);
  g_test_add ("/timeline/error", Fixture, GINT_TO_POINTER (10), timeline_set_up, test_error,
              timeline_tear_down);
  g_test_add ("/timeline/error/passes", Fixture, GINT_TO_POINTER (10), timeline_set_up,
              test_error_passes, timeline_tear_down);
  g_test_add ("/timeline/error/older", Fixture, GINT_TO_POINTER (300), timeline_set_up,
              test_error_of_older, timeline_tear_down);
  g_test_add ("/timeline/error/when-loaded", Fixture, GINT_TO_POINTER (300), timeline_set_up,
              test_error_when_loaded, timeline_tear_down);
  return g_test_run ();
}
