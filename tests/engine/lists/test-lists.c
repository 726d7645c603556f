/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The lists of conversations, members and users over the mirror. */

#include <sqlite3.h>

#include "mirror-fixture.h"

#include "confab-conversation-list.h"
#include "confab-mirror-account.h"
#include "confab-mirror-lists.h"
#include "confab-notice.h"
#include "confab-role.h"

typedef struct
{
  char *folder;
  ConfabMirror *mirror;
  ConfabConversationList *list;
  GString *runs;   /* "position-removed+added " of each signal */
  GPtrArray *copy; /* objects, according to the signals */
} Fixture;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->runs, "%u-%u+%u ", position, removed, added);
  if (removed > 0)
    g_ptr_array_remove_range (fixture->copy, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->copy, (int)(position + i),
                        g_list_model_get_item (model, position + i));
  g_assert_cmpuint (fixture->copy->len, ==, g_list_model_get_n_items (model));
}

static void
watch (Fixture *fixture, GListModel *model)
{
  fixture->runs = g_string_new (NULL);
  fixture->copy = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (fixture->copy, g_list_model_get_item (model, i));
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
settle (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  confab_conversation_list_settle_async (fixture->list, NULL, fixture_result_cb, &result);
  confab_conversation_list_settle_finish (fixture->list, fixture_wait (&result), &error);
  g_assert_no_error (error);
}

/* Five conversations, in which the newest message is in 5: 5 4 3 2 1. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  *fixture = (Fixture){ .folder = fixture_make_folder () };
  fixture->mirror = fixture_open (fixture->folder);
  for (gint64 id = 1; id <= 5; id++)
    {
      g_autoptr (ConfabRows) rows = fixture_conversation (id, id, 10 + id);

      fixture_apply (fixture->mirror, rows);
    }
  fixture->list = confab_conversation_list_new (fixture->mirror);
  settle (fixture);
  watch (fixture, G_LIST_MODEL (fixture->list));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < fixture->copy->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

      g_assert_true (item == fixture->copy->pdata[i]);
    }
  g_string_free (fixture->runs, TRUE);
  g_ptr_array_unref (fixture->copy);
  fixture_assert_finalized (fixture->list);
  fixture_close (fixture->mirror);
  fixture_remove_folder (fixture->folder);
}

static void
assert_order (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->list)); i++)
    {
      g_autoptr (ConfabConversation) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

      g_string_append_printf (ids, "%d ", (int)confab_conversation_get_id (item));
    }
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
receive (Fixture *fixture, gint64 id, gint64 seq, gint64 rev)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();

  fixture_add_conversation (rows, id, NULL, seq, rev);
  fixture_add_message (rows, id, ANN, seq, rev);
  fixture_apply (fixture->mirror, rows);
  settle (fixture);
}

static void
test_move (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabConversation) two =
      g_object_ref (confab_conversation_list_lookup (fixture->list, 2));

  assert_order (fixture, "5 4 3 2 1 ");
  receive (fixture, 2, 30, 30);
  assert_order (fixture, "2 5 4 3 1 ");
  g_assert_cmpstr (fixture->runs->str, ==, "0-4+4 ");
  g_assert_true (confab_conversation_list_lookup (fixture->list, 2) == two);
  g_assert_cmpstr (confab_conversation_get_preview (two), ==, "message 30");

  /* The first conversation stays first; nothing moves. */
  g_string_truncate (fixture->runs, 0);
  receive (fixture, 2, 31, 31);
  g_assert_cmpstr (fixture->runs->str, ==, "");
  g_assert_cmpint (confab_conversation_get_last_seq (two), ==, 31);
}

static void
test_come_and_go (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) gained = fixture_conversation (9, 3, 40);
  g_autoptr (ConfabRows) left = confab_rows_new ();
  g_autoptr (ConfabRows) back = fixture_conversation (4, 4, 60);
  g_autoptr (ConfabConversation) four =
      g_object_ref (confab_conversation_list_lookup (fixture->list, 4));
  g_autoptr (GAsyncResult) result = NULL;

  fixture_apply (fixture->mirror, gained);
  settle (fixture);
  assert_order (fixture, "5 4 9 3 2 1 ");
  fixture_add_membership (left, 41, 4, SELF, 9000, 50);
  fixture_apply (fixture->mirror, left);
  settle (fixture);
  assert_order (fixture, "5 4 9 3 2 1 "); /* closed, in the same place */
  g_assert_cmpint (confab_conversation_get_closed_reason (four), ==, CONFAB_CLOSED_LEFT);
  g_assert_cmpint (confab_conversation_get_closed_at (four), ==, 9000);
  confab_mirror_hide_closed_async (fixture->mirror, 4, fixture_result_cb, &result);
  g_assert_true (confab_mirror_write_finish (fixture->mirror, fixture_wait (&result), NULL));
  settle (fixture);
  assert_order (fixture, "5 9 3 2 1 ");
  g_assert_null (confab_conversation_list_lookup (fixture->list, 4));
  g_assert_cmpstr (fixture->runs->str, ==, "2-0+1 1-1+0 ");
  fixture_apply (fixture->mirror, back);
  settle (fixture);
  g_assert_true (confab_conversation_list_lookup (fixture->list, 4) == four);
  g_assert_cmpint (confab_conversation_get_closed_reason (four), ==, CONFAB_CLOSED_NOT);
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (20, 1, 70);

  for (gint64 id = 21; id < 60; id++)
    {
      fixture_add_conversation (rows, id, "one of many", 2, 70);
      fixture_add_membership (rows, id * 10 + SELF, id, SELF, 0, 70);
      fixture_add_message (rows, id, SELF, 2, 70);
    }
  fixture_apply (fixture->mirror, rows);
  settle (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 45);
  g_assert_cmpuint (strlen (fixture->runs->str), <, 12); /* one run */
}

static void
rename_table (Fixture *fixture, const char *from, const char *to)
{
  g_autofree char *path = g_build_filename (fixture->folder, "mirror.db", NULL);
  g_autofree char *sql = g_strdup_printf ("ALTER TABLE %s RENAME TO %s", from, to);
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

/* A change whose reading failed is read later. */
static void
test_read_fails (Fixture *fixture, gconstpointer data)
{
  ConfabConversation *five = confab_conversation_list_lookup (fixture->list, 5);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_cmpuint (confab_conversation_get_unread_count (five), >, 0);
  rename_table (fixture, "drafts", "away");
  fixture_mark_read (fixture->mirror, 5, 5);
  confab_conversation_list_settle_async (fixture->list, NULL, fixture_result_cb, &result);
  g_assert_false (
      confab_conversation_list_settle_finish (fixture->list, fixture_wait (&result), NULL));
  g_assert_cmpuint (confab_conversation_get_unread_count (five), >, 0);

  rename_table (fixture, "away", "drafts");
  settle (fixture);
  g_assert_cmpuint (confab_conversation_get_unread_count (five), ==, 0);
}

static void
test_queued (Fixture *fixture, gconstpointer data)
{
  ConfabConversation *one = confab_conversation_list_lookup (fixture->list, 1);

  fixture_enqueue (fixture->mirror, 1, "mine", "not sent yet");
  g_assert_true (fixture_try_draft (fixture->mirror, 3, "half", NULL));
  fixture_mark_read (fixture->mirror, 5, 5);
  settle (fixture);
  g_assert_cmpstr (confab_conversation_get_preview (one), ==, "not sent yet");
  g_assert_true (confab_conversation_get_preview_own (one));
  g_assert_cmpstr (
      confab_conversation_get_draft (confab_conversation_list_lookup (fixture->list, 3)), ==,
      "half");
  g_assert_cmpuint (
      confab_conversation_get_unread_count (confab_conversation_list_lookup (fixture->list, 5)), ==,
      0);
  g_assert_cmpuint (
      confab_conversation_get_unread_count (confab_conversation_list_lookup (fixture->list, 4)), ==,
      3);
}

static void
test_rebuild (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (3, 9, 90);
  g_autoptr (ConfabConversation) three =
      g_object_ref (confab_conversation_list_lookup (fixture->list, 3));

  fixture_begin_rebuild (fixture->mirror);
  g_assert_true (fixture_try_apply (fixture->mirror, rows, NULL, "e:90", NULL));
  fixture_end_rebuild (fixture->mirror);
  settle (fixture);
  assert_order (fixture, "3 -4 -3 -2 -1 "); /* conversations that the server lacks are closed */
  g_assert_true (confab_conversation_list_lookup (fixture->list, 3) == three);
}

/* ---- members and users ---- */

static void
wait_for_members (GListModel *members, guint n)
{
  while (g_list_model_get_n_items (members) != n)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_members (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabUserPool) users = confab_user_pool_new (fixture->mirror);
  ConfabMirrorList *members = confab_member_list_new (fixture->mirror, users, 1);
  GListModel *model = G_LIST_MODEL (members);
  g_autoptr (ConfabRows) joined = confab_rows_new ();
  g_autoptr (ConfabRows) left = confab_rows_new ();
  g_autoptr (ConfabRows) renamed = confab_rows_new ();
  g_autoptr (ConfabUser) first = NULL;
  ConfabUser *last;

  wait_for_members (model, 3);
  first = g_list_model_get_item (model, 0);
  g_assert_cmpstr (confab_user_get_username (first), ==, "ann");
  g_assert_true (first == confab_user_pool_get (users, ANN));

  fixture_add_user (joined, EVE, "aaron", 20);
  fixture_add_membership (joined, 14, 1, EVE, 0, 20);
  fixture_apply (fixture->mirror, joined);
  wait_for_members (model, 4);
  last = g_list_model_get_item (model, 0);
  g_assert_true (last == confab_user_pool_get (users, EVE));
  g_object_unref (last);

  fixture_add_user (renamed, EVE, "zoe", 21);
  fixture_apply (fixture->mirror, renamed);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      last = g_list_model_get_item (model, 3);
      g_object_unref (last);
    }
  while (last != confab_user_pool_get (users, EVE));
  g_assert_cmpstr (confab_user_get_username (last), ==, "zoe");

  fixture_add_membership (left, 12, 1, ANN, 9000, 22);
  fixture_apply (fixture->mirror, left);
  wait_for_members (model, 3);
  g_assert_cmpstr (confab_user_get_email (confab_user_pool_get_self (users)), ==,
                   "self@example.org");
  fixture_assert_finalized (members);
}

static void
test_people (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) other_result = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) none = NULL;

  confab_mirror_find_people_async (fixture->mirror, "A", NULL, fixture_result_cb, &result);
  found = confab_mirror_find_people_finish (fixture->mirror, fixture_wait (&result), NULL);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((ConfabUserRow *)found->pdata[0])->username, ==, "ann");
  confab_mirror_find_people_async (fixture->mirror, "self", NULL, fixture_result_cb, &other_result);
  none = confab_mirror_find_people_finish (fixture->mirror, fixture_wait (&other_result), NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

/* ---- roles, notices, shared groups ---- */

static void
count_cb (ConfabMirrorList *list, guint *n_changes)
{
  (*n_changes)++;
}

static void
wait_for_change (ConfabMirrorList *list)
{
  guint n_changes = 0;
  gulong handler = g_signal_connect (list, "changed", G_CALLBACK (count_cb), &n_changes);

  while (n_changes == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (list, handler);
}

static void
test_roles (Fixture *fixture, gconstpointer data)
{
  ConfabMirrorList *roles = confab_role_list_new (fixture->mirror);
  g_autoptr (ConfabRows) rows = confab_rows_new ();
  ConfabRole *role;
  gint64 id;

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (roles)) == CONFAB_TYPE_ROLE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (roles)), ==, 0);
  wait_for_change (roles);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (roles)), ==, 1);
  role = g_list_model_get_item (G_LIST_MODEL (roles), 0);
  id = confab_role_get_id (role);
  g_assert_true (confab_mirror_list_lookup (roles, id) == role);
  g_assert_null (confab_mirror_list_lookup (roles, id + 1));

  fixture_add_role (rows, id, "renamed", 30);
  fixture_add_role (rows, id + 1, "other", 30);
  fixture_apply (fixture->mirror, rows);
  wait_for_change (roles);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (roles)), ==, 2);
  g_assert_true (confab_mirror_list_lookup (roles, id) == role);
  g_assert_cmpstr (confab_role_get_rolename (role), ==, "renamed");
  g_assert_nonnull (confab_mirror_list_lookup (roles, id + 1));
  g_object_unref (role);
  fixture_assert_finalized (roles);
}

static void
add_notice (ConfabRows *rows, gint64 id, gint64 rev)
{
  ConfabNoticeRow *row = g_new0 (ConfabNoticeRow, 1);

  row->id = id;
  row->at = 1000 * id;
  row->action = g_strdup ("role.changed");
  row->rev = rev;
  g_ptr_array_add (rows->notices, row);
}

static void
assert_shown (ConfabMirrorList *notices, guint position, gint64 id, gboolean shown)
{
  g_autoptr (ConfabNotice) notice = g_list_model_get_item (G_LIST_MODEL (notices), position);

  g_assert_cmpint (confab_notice_get_id (notice), ==, id);
  g_assert_cmpint (confab_notice_get_shown (notice), ==, shown);
}

static void
test_notices (Fixture *fixture, gconstpointer data)
{
  ConfabMirrorList *notices = confab_notice_list_new (fixture->mirror);
  g_autoptr (ConfabRows) rows = confab_rows_new ();
  g_autoptr (ConfabRows) later = confab_rows_new ();
  ConfabMirrorList *again;

  wait_for_change (notices);
  add_notice (rows, 1, 30);
  add_notice (rows, 2, 31);
  fixture_apply (fixture->mirror, rows);
  wait_for_change (notices);
  assert_shown (notices, 0, 2, FALSE);
  assert_shown (notices, 1, 1, FALSE);

  confab_notice_list_mark_shown (notices);
  add_notice (later, 3, 32);
  fixture_apply (fixture->mirror, later);
  wait_for_change (notices);
  assert_shown (notices, 0, 3, FALSE);
  assert_shown (notices, 1, 2, TRUE);

  again = confab_notice_list_new (fixture->mirror);
  wait_for_change (again);
  assert_shown (again, 0, 3, FALSE);
  assert_shown (again, 1, 2, TRUE);
  assert_shown (again, 2, 1, TRUE);
  fixture_assert_finalized (again);
  fixture_assert_finalized (notices);
}

static void
test_shared_groups (Fixture *fixture, gconstpointer data)
{
  ConfabMirrorList *groups = confab_shared_groups_new (fixture->mirror, fixture->list, ANN);
  GListModel *model = G_LIST_MODEL (groups);
  g_autoptr (ConfabRows) left = confab_rows_new ();
  guint n_groups;

  wait_for_change (groups);
  n_groups = g_list_model_get_n_items (model);
  g_assert_cmpuint (n_groups, ==, 5);
  for (guint i = 0; i < n_groups; i++)
    {
      g_autoptr (ConfabConversation) group = g_list_model_get_item (model, i);
      gint64 id = confab_conversation_get_id (group);

      /* The object is the conversation list's. */
      g_assert_true (group == confab_conversation_list_lookup (fixture->list, id));
    }

  fixture_add_membership (left, 12, 1, ANN, 9000, 40);
  fixture_apply (fixture->mirror, left);
  wait_for_members (model, 4);
  g_assert_null (confab_mirror_list_lookup (groups, 1));
  fixture_assert_finalized (groups);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/lists/conversations/move", Fixture, NULL, set_up, test_move, tear_down);
  g_test_add ("/lists/conversations/come-and-go", Fixture, NULL, set_up, test_come_and_go,
              tear_down);
  g_test_add ("/lists/conversations/read-fails", Fixture, NULL, set_up, test_read_fails, tear_down);
  g_test_add ("/lists/conversations/many", Fixture, NULL, set_up, test_many, tear_down);
  g_test_add ("/lists/conversations/queued", Fixture, NULL, set_up, test_queued, tear_down);
  g_test_add ("/lists/conversations/rebuild", Fixture, NULL, set_up, test_rebuild, tear_down);
  g_test_add ("/lists/members", Fixture, NULL, set_up, test_members, tear_down);
  g_test_add ("/lists/roles", Fixture, NULL, set_up, test_roles, tear_down);
  g_test_add ("/lists/notices", Fixture, NULL, set_up, test_notices, tear_down);
  g_test_add ("/lists/shared-groups", Fixture, NULL, set_up, test_shared_groups, tear_down);
  g_test_add ("/lists/people", Fixture, NULL, set_up, test_people, tear_down);
  return g_test_run ();
}
