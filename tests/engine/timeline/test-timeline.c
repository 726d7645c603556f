/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Compares a timeline with the file: after every commit it shows what SQL selects, reported in the
 * smallest runs, with the same object for the same message. */

#include "mirror-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "confab-clock.h"
#include "confab-limits.h"
#include "confab-message.h"
#include "confab-problem.h"
#include "confab-timeline-private.h"

#define ROOM 1

typedef struct
{
  char *folder;
  ConfabMirror *mirror;
  ConfabUserPool *users;
  ConfabTimeline *timeline;

  GPtrArray *copy;     /* (element-type utf8): the names that a list view would have */
  GHashTable *objects; /* client id → ConfabMessage, all ever seen (strong) */
  guint n_runs;
  guint n_touched;
} Fixture;

/* ---- a listener that relies on signals only ---- */

/* Return the name of a message: its client id, which does not change when it is sent. */
static char *
name_at (Fixture *fixture, guint position)
{
  gint64 seq = confab_timeline_get_seq (fixture->timeline, position);
  g_autoptr (ConfabMessage) message =
      g_list_model_get_item (G_LIST_MODEL (fixture->timeline), position);
  const char *client_id = confab_message_get_client_id (message);

  if (seq != 0 && !confab_message_get_loaded (message))
    return g_strdup_printf ("seq %d", (int)seq);
  return g_strdup (client_id);
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_runs++;
  fixture->n_touched += removed + added;
  g_assert_cmpuint (position + removed, <=, fixture->copy->len);
  if (removed > 0)
    g_ptr_array_remove_range (fixture->copy, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->copy, (int)(position + i), name_at (fixture, position + i));
  g_assert_cmpuint (fixture->copy->len, ==, g_list_model_get_n_items (model));
}

static void
open_timeline (Fixture *fixture)
{
  fixture->timeline = confab_timeline_new (fixture->mirror, fixture->users, ROOM);
  fixture->copy = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (fixture->timeline, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

/* Wait until no read is running. */
static void
settle (Fixture *fixture)
{
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (ConfabConversationSummary) row = fixture_summary (fixture->mirror, ROOM);

      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  while (confab_timeline_get_loading (fixture->timeline))
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (ROOM, GPOINTER_TO_INT (data), 10);

  *fixture = (Fixture){ .folder = fixture_make_folder () };
  fixture->mirror = fixture_open (fixture->folder);
  fixture_apply (fixture->mirror, rows);
  fixture->users = confab_user_pool_new (fixture->mirror);
  fixture->objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->objects, g_hash_table_unref);
  g_clear_pointer (&fixture->copy, g_ptr_array_unref);
  fixture_assert_finalized (fixture->timeline);
  fixture_assert_finalized (fixture->users);
  fixture_close (fixture->mirror);
  fixture_remove_folder (fixture->folder);
}

/* ---- expected content by SQL ---- */

/* Return the client ids in a timeline's order. */
static GPtrArray *
oracle (Fixture *fixture)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = g_build_filename (fixture->folder, "mirror.db", NULL);
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_prepare_v2 (
          database,
          "SELECT client_id FROM (SELECT client_id, 0 AS part, seq AS place FROM messages"
          " WHERE conversation_id = 1 UNION ALL SELECT client_id, 1, id FROM outbox"
          " WHERE conversation_id = 1) ORDER BY part, place",
          -1, &statement, NULL),
      ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (names, g_strdup ((const char *)sqlite3_column_text (statement, 0)));
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return names;
}

static gint64
day_of (gint64 ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  return g_date_time_get_year (local) * 1000 + g_date_time_get_day_of_year (local);
}

static void
check_standing (GPtrArray *messages, guint i)
{
  ConfabMessage *message = messages->pdata[i];
  ConfabMessage *before = i > 0 ? messages->pdata[i - 1] : NULL;
  ConfabMessage *after = i + 1 < messages->len ? messages->pdata[i + 1] : NULL;
  gint64 at = confab_message_get_sent_at (message);
  gboolean starts_day =
      before == NULL || day_of (at) != day_of (confab_message_get_sent_at (before));
  gboolean starts_group =
      starts_day || at - confab_message_get_sent_at (before) > 5 * 60 * 1000
      || confab_message_get_sender (before) != confab_message_get_sender (message);

  g_assert_cmpint (confab_message_get_starts_day (message), ==, starts_day);
  g_assert_cmpint (confab_message_get_starts_group (message), ==, starts_group);
  g_assert_cmpint (confab_message_get_ends_group (message), ==,
                   after == NULL || confab_message_get_starts_group (after));
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_loaded (GPtrArray *messages)
{
  const gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  guint timer = g_timeout_add (20, wake_cb, NULL);

  for (guint i = 0; i < messages->len; i++)
    while (!confab_message_get_loaded (messages->pdata[i]) && g_get_monotonic_time () < deadline)
      g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

/* Read the whole timeline and compare it with SQL, with the signals, and with earlier objects. */
static void
check (Fixture *fixture)
{
  g_autoptr (GPtrArray) expected = oracle (fixture);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline));

  g_assert_cmpuint (n, ==, expected->len);
  g_assert_cmpuint (fixture->copy->len, ==, expected->len);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (messages, g_list_model_get_item (G_LIST_MODEL (fixture->timeline), i));
  settle (fixture);
  wait_loaded (messages);
  for (guint i = 0; i < n; i++)
    {
      ConfabMessage *message = messages->pdata[i];
      const char *client_id = confab_message_get_client_id (message);
      ConfabMessage *known;
      g_autoptr (ConfabMessage) again = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), i);

      g_assert_true (confab_message_get_loaded (message));
      g_assert_cmpstr (client_id, ==, expected->pdata[i]);
      g_assert_true (again == message);
      if (!g_str_has_prefix (fixture->copy->pdata[i], "seq "))
        g_assert_cmpstr (fixture->copy->pdata[i], ==, client_id);
      g_assert_cmpint (confab_message_get_seq (message), ==,
                       confab_timeline_get_seq (fixture->timeline, i));
      g_assert_cmpint (confab_message_get_state (message) == CONFAB_MESSAGE_SENT, ==,
                       confab_message_get_seq (message) != 0);
      known = g_hash_table_lookup (fixture->objects, client_id);
      if (known == NULL)
        g_hash_table_insert (fixture->objects, g_strdup (client_id), g_object_ref (message));
      else
        g_assert_true (known == message);
      check_standing (messages, i);
    }
}

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

  set_up (&fixture, GINT_TO_POINTER (0));
  for (gint64 seq = world.first; seq <= world.last; seq++)
    fixture_add_message (rows, ROOM, SELF + seq % 3, seq, 20);
  fixture_add_conversation (rows, ROOM, NULL, world.last, 20);
  fixture_apply (fixture.mirror, rows);
  open_timeline (&fixture);
  settle (&fixture);
  for (guint i = 0; i < n_steps; i++)
    {
      static void (*const steps[]) (Fixture *, World *) = { receive,        receive,  backfill,
                                                            send_one,       send_one, answer_oldest,
                                                            fail_or_discard };

      steps[g_rand_int_range (world.random, 0, G_N_ELEMENTS (steps))](&fixture, &world);
      if (i % 5 == 0)
        check (&fixture);
    }
  check (&fixture);
  g_queue_clear_full (&world.waiting, g_free);
  g_rand_free (world.random);
  tear_down (&fixture, NULL);
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

      set_up (&fixture, GINT_TO_POINTER (300));
      fixture_enqueue (fixture.mirror, ROOM, "early", "before it was opened");
      g_queue_push_tail (&world.waiting, g_strdup ("early"));
      open_timeline (&fixture);
      for (guint i = 0; i < 4; i++)
        {
          g_autoptr (ConfabRows) rows = confab_rows_new ();
          g_autofree char *client_id = i == round % 4 ? g_queue_pop_head (&world.waiting) : NULL;

          add_next_message (&world, rows, client_id);
          fixture_add_conversation (rows, ROOM, NULL, world.last, world.rev);
          fixture_apply (fixture.mirror, rows);
        }
      settle (&fixture);
      check (&fixture);
      g_assert_true (confab_timeline_get_complete (fixture.timeline));
      g_queue_clear_full (&world.waiting, g_free);
      g_rand_free (world.random);
      tear_down (&fixture, NULL);
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

  open_timeline (fixture);
  settle (fixture);
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

/* ---- unread messages ---- */

static void
test_unread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) more = confab_rows_new ();
  g_autoptr (ConfabMessage) message = NULL;
  g_autoptr (ConfabTimeline) later = NULL;

  /* Of 200, 3, 6, 9 … are SELF's: the first unread after 59 is 61. */
  fixture_mark_read (fixture->mirror, ROOM, 59);
  open_timeline (fixture);
  while (confab_timeline_get_loading (fixture->timeline))
    g_main_context_iteration (NULL, TRUE);
  /* among the first keys shown, however many are unread */
  g_assert_cmpuint (confab_timeline_get_unread_position (fixture->timeline), !=, G_MAXUINT);
  settle (fixture);
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
  open_timeline (fixture);
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
  settle (fixture);
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
  open_timeline (fixture);
  settle (fixture);
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
  open_timeline (fixture);
  settle (fixture);
  g_assert_cmpuint (confab_timeline_get_unread_position (fixture->timeline), ==, G_MAXUINT);
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
  open_timeline (fixture);
  settle (fixture);
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

  set_up (&fixture, GINT_TO_POINTER (n));
  fixture_mark_read (fixture.mirror, ROOM, n);
  open_timeline (&fixture);
  g_signal_handlers_disconnect_by_func (fixture.timeline, items_changed_cb, &fixture);
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
  tear_down (&fixture, NULL);
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
  open_timeline (fixture);
  settle (fixture);
  confab_timeline_prepare_async (fixture->timeline, 2, NULL, prepared_cb, &prepared);
  fixture_wait_until (&prepared);
  for (guint i = 0; i < 5 + G_N_ELEMENTS (seqs); i++)
    {
      g_autoptr (ConfabMessage) message =
          g_list_model_get_item (G_LIST_MODEL (fixture->timeline), i);

      g_assert_true (confab_message_get_loaded (message));
    }
}

/* ---- leaving and rejoining ---- */

static void
test_rebuild (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) fresh = fixture_conversation (ROOM, 60, 100);
  g_autoptr (ConfabMessage) kept = NULL;
  g_autoptr (ConfabMessage) same = NULL;

  open_timeline (fixture);
  settle (fixture);
  fixture_enqueue (fixture->mirror, ROOM, "mine", "hello");
  check (fixture);
  kept = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 20);
  fixture_begin_rebuild (fixture->mirror);
  g_assert_true (fixture_try_apply (fixture->mirror, fresh, NULL, "e:100", NULL));
  fixture->n_runs = 0;
  fixture_end_rebuild (fixture->mirror);
  settle (fixture);
  check (fixture);
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

  open_timeline (fixture);
  settle (fixture);
  fixture_enqueue (fixture->mirror, ROOM, "mine", "hello");
  fixture_add_membership (left, 11, ROOM, SELF, 9000, 90);
  fixture->n_runs = 0;
  last = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 50);
  g_assert_cmpint (confab_message_get_state (last), ==, CONFAB_MESSAGE_WAITING);
  fixture_apply (fixture->mirror, left);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)), ==, 51);
  g_assert_cmpint (confab_message_get_state (last), ==, CONFAB_MESSAGE_FAILED);
  g_assert_cmpuint (fixture->n_runs, ==, 0);
  check (fixture);
  hide_and_wait (fixture->mirror, ROOM);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)), ==, 0);
  g_assert_cmpuint (fixture->n_runs, ==, 1);
}

/* Left and regained elsewhere, in one page: the history has a gap and is read again. */
static void
test_regained (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) back = fixture_conversation (ROOM, 0, 90);

  open_timeline (fixture);
  settle (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)), ==, 50);
  ((ConfabMembershipRow *)back->memberships->pdata[0])->joined_at = 8000;
  ((ConfabConversationRow *)back->conversations->pdata[0])->last_seq = 130;
  for (gint64 seq = 101; seq <= 130; seq++)
    fixture_add_message (back, ROOM, ANN, seq, 90);
  fixture_apply (fixture->mirror, back);
  settle (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)), ==, 30);
  g_assert_false (confab_timeline_get_complete (fixture->timeline));
  check (fixture);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Kolkata", TRUE); /* days that begin at half past */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/random", test_random);
  g_test_add_func ("/timeline/while-loading", test_while_loading);
  g_test_add ("/timeline/sent", Fixture, GINT_TO_POINTER (10), set_up, test_sent, tear_down);
  g_test_add ("/timeline/unread", Fixture, GINT_TO_POINTER (200), set_up, test_unread, tear_down);
  g_test_add_func ("/timeline/large", test_large);
  g_test_add ("/timeline/gaps", Fixture, GINT_TO_POINTER (5), set_up, test_gaps, tear_down);
  g_test_add ("/timeline/time-zone", Fixture, GINT_TO_POINTER (200), set_up, test_time_zone,
              tear_down);
  g_test_add ("/timeline/unread/far-back", Fixture, GINT_TO_POINTER (5000), set_up,
              test_unread_far_back, tear_down);
  g_test_add ("/timeline/unread/removed", Fixture, GINT_TO_POINTER (10), set_up,
              test_unread_removed, tear_down);
  g_test_add ("/timeline/unread/all-removed", Fixture, GINT_TO_POINTER (10), set_up,
              test_unread_all_removed, tear_down);
  g_test_add ("/timeline/rebuild", Fixture, GINT_TO_POINTER (50), set_up, test_rebuild, tear_down);
  g_test_add ("/timeline/leaving", Fixture, GINT_TO_POINTER (50), set_up, test_leaving, tear_down);
  g_test_add ("/timeline/regained", Fixture, GINT_TO_POINTER (50), set_up, test_regained,
              tear_down);
  return g_test_run ();
}
