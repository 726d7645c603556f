/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Compares a timeline with the file: after every commit it shows what SQL selects, reported in the
 * smallest runs, with the same object for the same message. */

#include "timeline-fixture.h"

#include "confab-clock.h"
#include "confab-message.h"
#include "confab-problem.h"

/* ---- thousands of random commits ---- */

typedef struct
{
  GRand *random;
  gint64 first; /* the mirror has [first, last] */
  gint64 last;
  gint64 rev;
  guint n_sent;
  GQueue waiting; /* client ids */
} World;

static void
add_next_message (World *world, ConfabRows *rows, const char *client_id)
{
  ConfabMessageRow *row;
  gint64 sender = client_id != NULL ? SELF : g_rand_int_range (world->random, ANN, BOB + 1);

  fixture_add_message (rows, ROOM, sender, ++world->last, ++world->rev);
  row = rows->messages->pdata[rows->messages->len - 1];
  row->sent_at = 1000000 + world->last * g_rand_int_range (world->random, 1, 40) * 60000;
  if (client_id != NULL)
    g_set_str (&row->client_id, client_id);
}

/* Receive some messages of others and, in between, answers to waiting ones. */
static void
receive (Fixture *fixture, World *world)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();
  guint n = g_rand_int_range (world->random, 1, 5);
  guint own = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *client_id = NULL;

      if (world->waiting.length > 0 && g_rand_boolean (world->random))
        {
          client_id = g_queue_pop_nth (&world->waiting,
                                       g_rand_int_range (world->random, 0, world->waiting.length));
          own++;
        }
      add_next_message (world, rows, client_id);
    }
  fixture_add_conversation (rows, ROOM, NULL, world->last, world->rev);
  fixture->n_runs = 0;
  fixture_apply (fixture->mirror, rows);
  /* others' messages arrive in one run; the user's own may divide it or overtake a waiting one */
  g_assert_cmpuint (fixture->n_runs, <=, own == 0 ? 1 : n);
}

static void
backfill (Fixture *fixture, World *world)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();

  for (int i = g_rand_int_range (world->random, 1, 10); i > 0 && world->first > 1; i--)
    {
      fixture_add_message (rows, ROOM, g_rand_int_range (world->random, SELF, BOB + 1),
                           --world->first, 5);
      ((ConfabMessageRow *)rows->messages->pdata[rows->messages->len - 1])->sent_at =
          1000000 + world->first * 1000;
    }
  if (rows->messages->len == 0)
    return;
  fixture->n_runs = 0;
  fixture->n_touched = 0;
  fixture_apply (fixture->mirror, rows);
  g_assert_cmpuint (fixture->n_runs, ==, 1);
  g_assert_cmpuint (fixture->n_touched, ==, rows->messages->len);
}

static void
send_one (Fixture *fixture, World *world)
{
  char *client_id = g_strdup_printf ("own-%u", world->n_sent++);

  fixture->n_runs = 0;
  fixture_enqueue (fixture->mirror, ROOM, client_id, "written");
  g_assert_cmpuint (fixture->n_runs, ==, 1);
  g_queue_push_tail (&world->waiting, client_id);
}

/* Answer only the oldest waiting message: nothing moves, and no signal is emitted. */
static void
answer_oldest (Fixture *fixture, World *world)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();
  g_autofree char *client_id = g_queue_pop_head (&world->waiting);

  if (client_id == NULL)
    return;
  add_next_message (world, rows, client_id);
  fixture_add_conversation (rows, ROOM, NULL, world->last, world->rev);
  fixture->n_runs = 0;
  fixture_apply (fixture->mirror, rows);
  g_assert_cmpuint (fixture->n_runs, ==, 0);
}

static void
fail_or_discard (Fixture *fixture, World *world)
{
  char *client_id = g_queue_peek_tail (&world->waiting);

  if (client_id == NULL)
    return;
  fixture->n_runs = 0;
  if (g_rand_boolean (world->random))
    {
      fixture_mark_unsent (fixture->mirror, client_id, CONFAB_OUTBOX_FAILED,
                           CONFAB_PROBLEM_FORBIDDEN);
      g_assert_cmpuint (fixture->n_runs, ==, 0);
      return;
    }
  fixture_discard (fixture->mirror, client_id);
  g_assert_cmpuint (fixture->n_runs, ==, 1);
  g_free (g_queue_pop_tail (&world->waiting));
}

static void
run_random (guint32 seed, guint n_steps)
{
  Fixture fixture;
  World world = { .random = g_rand_new_with_seed (seed), .first = 400, .last = 429, .rev = 1000 };
  g_autoptr (ConfabRows) rows = confab_rows_new ();

  timeline_set_up (&fixture, GINT_TO_POINTER (0));
  for (gint64 seq = world.first; seq <= world.last; seq++)
    fixture_add_message (rows, ROOM, SELF + seq % 3, seq, 20);
  fixture_add_conversation (rows, ROOM, NULL, world.last, 20);
  fixture_apply (fixture.mirror, rows);
  timeline_open (&fixture);
  timeline_settle (&fixture);
  for (guint i = 0; i < n_steps; i++)
    {
      static void (*const steps[]) (Fixture *, World *) = { receive,        receive,  backfill,
                                                            send_one,       send_one, answer_oldest,
                                                            fail_or_discard };

      steps[g_rand_int_range (world.random, 0, G_N_ELEMENTS (steps))](&fixture, &world);
      if (i % 5 == 0)
        timeline_check (&fixture);
    }
  timeline_check (&fixture);
  g_queue_clear_full (&world.waiting, g_free);
  g_rand_free (world.random);
  timeline_tear_down (&fixture, NULL);
}

static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 10; seed++)
    run_random (seed, 150);
}

/* Commits while the timeline is still reading. */
static void
test_while_loading (void)
{
  for (guint round = 0; round < 30; round++)
    {
      Fixture fixture;
      World world = {
        .random = g_rand_new_with_seed (round), .last = 300, .first = 1, .rev = 1000
      };

      timeline_set_up (&fixture, GINT_TO_POINTER (300));
      fixture_enqueue (fixture.mirror, ROOM, "early", "before it was opened");
      g_queue_push_tail (&world.waiting, g_strdup ("early"));
      timeline_open (&fixture);
      for (guint i = 0; i < 4; i++)
        {
          g_autoptr (ConfabRows) rows = confab_rows_new ();
          g_autofree char *client_id = i == round % 4 ? g_queue_pop_head (&world.waiting) : NULL;

          add_next_message (&world, rows, client_id);
          fixture_add_conversation (rows, ROOM, NULL, world.last, world.rev);
          fixture_apply (fixture.mirror, rows);
        }
      timeline_settle (&fixture);
      timeline_check (&fixture);
      g_assert_true (confab_timeline_get_complete (fixture.timeline));
      g_queue_clear_full (&world.waiting, g_free);
      g_rand_free (world.random);
      timeline_tear_down (&fixture, NULL);
    }
}

/* ---- sending ---- */

static void
notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  g_ptr_array_add (user_data, (gpointer)pspec->name);
}

static void
test_sent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();
  g_autoptr (GPtrArray) notified = g_ptr_array_new ();
  g_autoptr (ConfabMessage) message = NULL;

  timeline_open (fixture);
  timeline_settle (fixture);
  fixture_enqueue (fixture->mirror, ROOM, "mine", "hello");
  message = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 10);
  g_assert_cmpint (confab_message_get_state (message), ==, CONFAB_MESSAGE_WAITING);
  g_assert_true (confab_message_get_own (message));
  g_assert_cmpstr (confab_user_get_username (confab_message_get_sender (message)), ==, "self");
  g_signal_connect (message, "notify", G_CALLBACK (notify_cb), notified);

  fixture_add_conversation (rows, ROOM, NULL, 11, 50);
  fixture_add_message (rows, ROOM, SELF, 11, 50);
  g_set_str (&((ConfabMessageRow *)rows->messages->pdata[0])->client_id, "mine");
  g_set_str (&((ConfabMessageRow *)rows->messages->pdata[0])->content, "hello");
  fixture->n_runs = 0;
  fixture_apply (fixture->mirror, rows);
  g_assert_cmpuint (fixture->n_runs, ==, 0);
  g_assert_cmpint (confab_message_get_state (message), ==, CONFAB_MESSAGE_SENT);
  g_assert_cmpint (confab_message_get_seq (message), ==, 11);
  g_assert_true (confab_message_get_loaded (message));
  g_assert_false (g_ptr_array_find_with_equal_func (notified, "content", g_str_equal, NULL));
  g_assert_false (g_ptr_array_find_with_equal_func (notified, "loaded", g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (notified, "state", g_str_equal, NULL));
  g_signal_handlers_disconnect_by_func (message, notify_cb, notified);
}

/* ---- where a day begins ---- */

static gboolean
starts_day (Fixture *fixture, guint position)
{
  g_autoptr (ConfabMessage) message =
      g_list_model_get_item (G_LIST_MODEL (fixture->timeline), position);

  return confab_message_get_starts_day (message);
}

/* Messages are a minute apart; the 44th is the first after 01:00 UTC on 1 January 1970. */
static void
test_time_zone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = g_strdup (g_getenv ("TZ"));
  g_autoptr (ConfabMessage) used = NULL;

  g_setenv ("TZ", "UTC", TRUE);
  confab_clock_check ();
  timeline_open (fixture);
  timeline_settle (fixture);
  used = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 43);
  g_assert_false (confab_message_get_starts_day (used));

  g_setenv ("TZ", "Etc/GMT+1", TRUE); /* an hour behind: midnight is at 01:00 UTC */
  confab_clock_check ();
  g_assert_true (confab_message_get_starts_day (used));
  g_assert_true (confab_message_get_starts_group (used));
  g_assert_false (starts_day (fixture, 44));

  if (before != NULL)
    g_setenv ("TZ", before, TRUE);
  else
    g_unsetenv ("TZ");
  confab_clock_check ();
}

/* ---- leaving and rejoining ---- */

static void
test_rebuild (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) fresh = fixture_conversation (ROOM, 60, 100);
  g_autoptr (ConfabMessage) kept = NULL;
  g_autoptr (ConfabMessage) same = NULL;

  timeline_open (fixture);
  timeline_settle (fixture);
  fixture_enqueue (fixture->mirror, ROOM, "mine", "hello");
  timeline_check (fixture);
  kept = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 20);
  fixture_begin_rebuild (fixture->mirror);
  g_assert_true (fixture_try_apply (fixture->mirror, fresh, NULL, "e:100", NULL));
  fixture->n_runs = 0;
  fixture_end_rebuild (fixture->mirror);
  timeline_settle (fixture);
  timeline_check (fixture);
  g_assert_cmpuint (fixture->n_runs, ==, 1); /* ten more, before the waiting one */
  same = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 20);
  g_assert_true (same == kept);
}

static void
hide_and_wait (ConfabMirror *mirror, gint64 conversation_id)
{
  g_autoptr (GAsyncResult) result = NULL;

  confab_mirror_hide_closed_async (mirror, conversation_id, fixture_result_cb, &result);
  g_assert_true (confab_mirror_write_finish (mirror, fixture_wait (&result), NULL));
}

/* Stored messages stay, waiting ones are refused. Removing the conversation deletes everything. */
static void
test_leaving (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) left = confab_rows_new ();
  g_autoptr (ConfabMessage) last = NULL;

  timeline_open (fixture);
  timeline_settle (fixture);
  fixture_enqueue (fixture->mirror, ROOM, "mine", "hello");
  fixture_add_membership (left, 11, ROOM, SELF, 9000, 90);
  fixture->n_runs = 0;
  last = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 50);
  g_assert_cmpint (confab_message_get_state (last), ==, CONFAB_MESSAGE_WAITING);
  fixture_apply (fixture->mirror, left);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)), ==, 51);
  g_assert_cmpint (confab_message_get_state (last), ==, CONFAB_MESSAGE_FAILED);
  g_assert_cmpuint (fixture->n_runs, ==, 0);
  timeline_check (fixture);
  hide_and_wait (fixture->mirror, ROOM);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)), ==, 0);
  g_assert_cmpuint (fixture->n_runs, ==, 1);
}

/* Left and regained elsewhere, in one page: the history has a gap and is read again. */
static void
test_regained (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) back = fixture_conversation (ROOM, 0, 90);

  timeline_open (fixture);
  timeline_settle (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)), ==, 50);
  ((ConfabMembershipRow *)back->memberships->pdata[0])->joined_at = 8000;
  ((ConfabConversationRow *)back->conversations->pdata[0])->last_seq = 130;
  for (gint64 seq = 101; seq <= 130; seq++)
    fixture_add_message (back, ROOM, ANN, seq, 90);
  fixture_apply (fixture->mirror, back);
  timeline_settle (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)), ==, 30);
  g_assert_false (confab_timeline_get_complete (fixture->timeline));
  timeline_check (fixture);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Kolkata", TRUE); /* days that begin at half past */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/random", test_random);
  g_test_add_func ("/timeline/while-loading", test_while_loading);
  g_test_add ("/timeline/sent", Fixture, GINT_TO_POINTER (10), timeline_set_up, test_sent,
              timeline_tear_down);
  g_test_add ("/timeline/time-zone", Fixture, GINT_TO_POINTER (200), timeline_set_up,
              test_time_zone, timeline_tear_down);
  g_test_add ("/timeline/rebuild", Fixture, GINT_TO_POINTER (50), timeline_set_up, test_rebuild,
              timeline_tear_down);
  g_test_add ("/timeline/leaving", Fixture, GINT_TO_POINTER (50), timeline_set_up, test_leaving,
              timeline_tear_down);
  g_test_add ("/timeline/regained", Fixture, GINT_TO_POINTER (50), timeline_set_up, test_regained,
              timeline_tear_down);
  return g_test_run ();
}
