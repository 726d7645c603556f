/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "timeline-fixture.h"

#include <sqlite3.h>

#include "confab-message.h"

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

void
timeline_open (Fixture *fixture)
{
  fixture->timeline = confab_timeline_new (fixture->mirror, fixture->users, ROOM);
  fixture->copy = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (fixture->timeline, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

void
timeline_ignore (Fixture *fixture)
{
  g_signal_handlers_disconnect_by_func (fixture->timeline, items_changed_cb, fixture);
}

void
timeline_settle (Fixture *fixture)
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

void
timeline_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (ROOM, GPOINTER_TO_INT (data), 10);

  *fixture = (Fixture){ .folder = fixture_make_folder () };
  fixture->mirror = fixture_open (fixture->folder);
  fixture_apply (fixture->mirror, rows);
  fixture->users = confab_user_pool_new (fixture->mirror);
  fixture->objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

void
timeline_tear_down (Fixture *fixture, gconstpointer data)
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

void
timeline_check (Fixture *fixture)
{
  g_autoptr (GPtrArray) expected = oracle (fixture);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline));

  g_assert_cmpuint (n, ==, expected->len);
  g_assert_cmpuint (fixture->copy->len, ==, expected->len);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (messages, g_list_model_get_item (G_LIST_MODEL (fixture->timeline), i));
  timeline_settle (fixture);
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
