/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Closed conversations: what is kept, what still changes them, how they survive a new file, and
 * removing them from this computer. Conversation 2 closes; 1 stays open. */

#include <string.h>

#include "confab-problem.h"
#include "mirror-fixture.h"

typedef struct
{
  char *folder;
  ConfabMirror *mirror;
} Fixture;

static gint64
query (Fixture *fixture, const char *sql)
{
  return fixture_query (fixture->folder, sql);
}

static void
apply_membership (Fixture *fixture, gint64 left_at, gint64 removed_by, gint64 rev)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();

  fixture_add_membership (rows, 21, 2, SELF, left_at, rev);
  ((ConfabMembershipRow *)rows->memberships->pdata[0])->removed_by = removed_by;
  fixture_apply (fixture->mirror, rows);
}

/* Two conversations with ten messages each. EVE is known only from the second, where one message
 * waits, another was refused, and there is a draft. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) stays = fixture_conversation (1, 10, 10);
  g_autoptr (ConfabRows) closes = fixture_conversation (2, 10, 11);

  fixture_add_user (closes, EVE, "eve", 5);
  fixture_add_membership (closes, 24, 2, EVE, 0, 11);
  fixture->folder = fixture_make_folder ();
  fixture->mirror = fixture_open (fixture->folder);
  g_assert_true (fixture_try_apply (fixture->mirror, stays, NULL, "e:10", NULL));
  g_assert_true (fixture_try_apply (fixture->mirror, closes, "e:10", "e:11", NULL));
  fixture_mark_read (fixture->mirror, 2, 4);
  fixture_enqueue (fixture->mirror, 2, "refused", "too long");
  fixture_mark_unsent (fixture->mirror, "refused", CONFAB_OUTBOX_FAILED,
                       CONFAB_PROBLEM_MESSAGE_TOO_LONG);
  fixture_enqueue (fixture->mirror, 2, "waits", "just sent");
  g_assert_true (fixture_try_draft (fixture->mirror, 2, "half a thought", NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fixture_close (fixture->mirror);
  fixture_remove_folder (fixture->folder);
}

static void
reopen (Fixture *fixture)
{
  fixture_close (fixture->mirror);
  fixture->mirror = fixture_open (fixture->folder);
}

/* ---- data kept ---- */

static gboolean
is_listed (ConfabMirror *mirror, gint64 id)
{
  g_autoptr (ConfabConversationSummary) row = fixture_summary (mirror, id);

  return row != NULL;
}

static void
assert_kept (Fixture *fixture, gint64 id)
{
  g_autoptr (ConfabConversationSummary) row = fixture_summary (fixture->mirror, id);
  g_autofree char *messages =
      g_strdup_printf ("SELECT count (*) FROM messages m JOIN users u ON u.id = m.sender_id"
                       " WHERE conversation_id = %d AND content = 'message ' || seq",
                       (int)id);
  g_autofree char *unsent =
      g_strdup_printf ("SELECT group_concat (client_id || state || problem) ="
                       " 'refused1%d,waits1%d' FROM (SELECT * FROM outbox WHERE"
                       " conversation_id = %d ORDER BY id)",
                       CONFAB_PROBLEM_MESSAGE_TOO_LONG, CONFAB_PROBLEM_NOT_FOUND, (int)id);

  g_assert_nonnull (row);
  g_assert_cmpstr (row->draft, ==, "half a thought");
  g_assert_cmpstr (row->preview, ==, "just sent");
  g_assert_cmpuint (row->unread_count, ==, 0);
  g_assert_cmpint (row->last_read_seq, ==, 4);
  g_assert_cmpint (query (fixture, messages), ==, 10);
  g_assert_cmpint (query (fixture, unsent), ==, 1);
}

static void
assert_closed (Fixture *fixture, gint64 id, ConfabClosedReason reason, const char *by, gint64 at)
{
  g_autoptr (ConfabConversationSummary) row = fixture_summary (fixture->mirror, id);

  g_assert_cmpint (row->closed_reason, ==, reason);
  g_assert_cmpstr (row->closed_by, ==, by);
  g_assert_cmpint (row->closed_at, ==, at);
}

static void
test_left (Fixture *fixture, gconstpointer data)
{
  apply_membership (fixture, 9000, 0, 20);
  assert_kept (fixture, 2);
  assert_closed (fixture, 2, CONFAB_CLOSED_LEFT, NULL, 9000);
  g_assert_cmpuint (confab_mirror_get_unsent_count (fixture->mirror), ==, 2);
  reopen (fixture);
  assert_kept (fixture, 2);
  assert_closed (fixture, 2, CONFAB_CLOSED_LEFT, NULL, 9000);
}

/* The name of the person who removed the user is stored as text, because they may be renamed or
 * deleted. */
static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) renamed = confab_rows_new ();

  apply_membership (fixture, 9000, BOB, 20);
  fixture_add_user (renamed, BOB, "robert", 30);
  fixture_apply (fixture->mirror, renamed);
  assert_kept (fixture, 2);
  assert_closed (fixture, 2, CONFAB_CLOSED_REMOVED, "bob", 9000);
}

/* Removed by a person who joined later: their row is included in the page. */
static void
test_removed_by_stranger (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();

  fixture_add_user (rows, 77, "zoe", 19);
  fixture_add_membership (rows, 21, 2, SELF, 9000, 20);
  ((ConfabMembershipRow *)rows->memberships->pdata[0])->removed_by = 77;
  fixture_apply (fixture->mirror, rows);
  assert_closed (fixture, 2, CONFAB_CLOSED_REMOVED, "zoe", 9000);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM users WHERE id = 77"), ==, 0);
}

/* The conversation is no longer synchronised. */
static void
test_quiet (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) untold = NULL;
  g_autoptr (GPtrArray) unsent = NULL;
  gint64 id, before;

  fixture_exec_on_writer (fixture->mirror,
                          "DELETE FROM messages WHERE conversation_id = 2 AND seq < 6");
  g_assert_true (fixture_next_backfill (fixture->mirror, 0, &id, &before));
  apply_membership (fixture, 9000, 0, 20);
  g_assert_false (fixture_next_backfill (fixture->mirror, 2, &id, &before));
  fixture_mark_read (fixture->mirror, 2, 8);
  untold = fixture_untold (fixture->mirror);
  g_assert_cmpuint (untold->len, ==, 0);
  /* A message sent just after the closing is refused. */
  fixture_enqueue (fixture->mirror, 2, "late", "too late");
  unsent = fixture_unsent (fixture->mirror);
  g_assert_cmpuint (unsent->len, ==, 0);
  g_assert_cmpint (
      query (fixture, "SELECT count (*) FROM outbox WHERE client_id = 'late' AND state = 1"), ==,
      1);
}

/* Late rows from before the closing are applied. */
static void
test_late_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) before = confab_rows_new ();
  g_autoptr (ConfabRows) after = confab_rows_new ();
  ConfabMessageRow *sent;

  fixture_exec_on_writer (fixture->mirror,
                          "DELETE FROM messages WHERE conversation_id = 2 AND seq < 6");
  apply_membership (fixture, 9000, 0, 20);
  for (gint64 seq = 5; seq >= 1; seq--)
    fixture_add_message (before, 2, SELF + seq % 3, seq, 11);
  fixture_add_message (before, 2, SELF, 11, 19);
  sent = g_ptr_array_index (before->messages, before->messages->len - 1);
  g_set_str (&sent->client_id, "waits");
  fixture_apply (fixture->mirror, before);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM messages WHERE conversation_id = 2"), ==,
                   11);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM outbox WHERE client_id = 'waits'"), ==,
                   0);

  fixture_add_message (after, 2, ANN, 12, 21);
  fixture_add_conversation (after, 2, "Secret", 12, 21);
  fixture_add_membership (after, 25, 2, 99, 0, 21);
  fixture_apply (fixture->mirror, after);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM messages WHERE conversation_id = 2"), ==,
                   11);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM conversations WHERE title = 'Secret'"),
                   ==, 0);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM conversation_users WHERE user_id = 99"),
                   ==, 0);
}

/* The user is added again: the history has no gap, and unsent messages can be retried. */
static void
test_opened (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) back = fixture_conversation (2, 0, 40);
  g_autoptr (ConfabConversationSummary) row = NULL;

  apply_membership (fixture, 9000, BOB, 20);
  ((ConfabConversationRow *)back->conversations->pdata[0])->last_seq = 50;
  for (gint64 seq = 21; seq <= 50; seq++)
    fixture_add_message (back, 2, ANN, seq, 40);
  fixture_apply (fixture->mirror, back);
  row = fixture_summary (fixture->mirror, 2);
  g_assert_cmpint (row->closed_reason, ==, CONFAB_CLOSED_NOT);
  g_assert_cmpstr (row->draft, ==, "half a thought");
  g_assert_cmpint (query (fixture, "SELECT min (seq) FROM messages WHERE conversation_id = 2"), ==,
                   21);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM closed_conversations"), ==, 0);
  g_assert_cmpuint (confab_mirror_get_unsent_count (fixture->mirror), ==, 2);
  /* Rows from before the closing are ignored now. */
  apply_membership (fixture, 9000, BOB, 20);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM closed_conversations"), ==, 0);
}

/* A conversation with only unsent text still gets a row. */
static void
test_place_for_unsent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = confab_rows_new ();
  g_autoptr (ConfabRows) other = confab_rows_new ();
  g_autoptr (ConfabConversationSummary) row = NULL;

  fixture_enqueue (fixture->mirror, 8, "alone", "nowhere to go");
  fixture_add_membership (rows, 81, 8, SELF, 9000, 20);
  fixture_add_membership (rows, 91, 9, SELF, 9000, 20);
  fixture_apply (fixture->mirror, rows);
  row = fixture_summary (fixture->mirror, 8);
  g_assert_cmpstr (row->preview, ==, "nowhere to go");
  g_assert_cmpint (row->closed_reason, ==, CONFAB_CLOSED_LEFT);
  g_assert_null (fixture_summary (fixture->mirror, 9));
}

/* ---- removing it from this computer ---- */

typedef void (*CallAsync) (ConfabMirror *mirror,
                           gint64 id,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

static void
call (Fixture *fixture, CallAsync func, gint64 id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  func (fixture->mirror, id, fixture_result_cb, &result);
  g_assert_true (confab_mirror_write_finish (fixture->mirror, fixture_wait (&result), &error));
}

/* Return the number of parts. */
static guint
forget (Fixture *fixture, gint64 id)
{
  gboolean more = TRUE;
  guint n = 0;

  for (n = 0; more; n++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      confab_mirror_forget_closed_async (fixture->mirror, id, fixture_result_cb, &result);
      g_assert_true (confab_mirror_forget_closed_finish (fixture->mirror, fixture_wait (&result),
                                                         &more, NULL));
    }
  return n;
}

static void
assert_gone (Fixture *fixture)
{
  g_assert_null (fixture_summary (fixture->mirror, 2));
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM messages WHERE conversation_id = 2"), ==,
                   0);
  g_assert_cmpint (query (fixture, "SELECT (SELECT count (*) FROM outbox)"
                                   " + (SELECT count (*) FROM drafts)"),
                   ==, 0);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM users WHERE username = 'eve'"), ==, 0);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM messages WHERE conversation_id = 1"), ==,
                   10);
  g_assert_cmpuint (confab_mirror_get_unsent_count (fixture->mirror), ==, 0);
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) late = fixture_conversation (2, 3, 12);

  call (fixture, confab_mirror_hide_closed_async, 1); /* open: unchanged */
  g_assert_true (is_listed (fixture->mirror, 1));
  apply_membership (fixture, 9000, 0, 20);
  call (fixture, confab_mirror_hide_closed_async, 2);
  g_assert_null (fixture_summary (fixture->mirror, 2));
  call (fixture, confab_mirror_unhide_closed_async, 2);
  assert_kept (fixture, 2);

  call (fixture, confab_mirror_hide_closed_async, 2);
  reopen (fixture);
  g_assert_null (fixture_summary (fixture->mirror, 2));
  forget (fixture, 0);
  assert_gone (fixture);
  /* After deletion, neither undoing nor a late row restores anything. */
  call (fixture, confab_mirror_unhide_closed_async, 2);
  fixture_apply (fixture->mirror, late);
  apply_membership (fixture, 9000, 0, 20);
  assert_gone (fixture);
}

/* Many messages are deleted in parts; a user who is added again meanwhile gets all new rows. */
static void
test_remove_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) back = fixture_conversation (2, 12, 40);

  fixture_exec_on_writer (
      fixture->mirror,
      "WITH RECURSIVE n (i) AS (SELECT 11 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)"
      " INSERT INTO messages (id, client_id, conversation_id, sender_id, seq, content, sent_at, "
      "rev)"
      " SELECT 2000000 + i, 'c' || i, 2, 2, i, 'x', 1, 11 FROM n");
  apply_membership (fixture, 9000, 0, 20);
  call (fixture, confab_mirror_hide_closed_async, 2);
  g_assert_cmpuint (forget (fixture, 2), >, 2);
  assert_gone (fixture);
  fixture_apply (fixture->mirror, back);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM messages WHERE conversation_id = 2"), ==,
                   12);
}

/* ---- the other user's account is deleted ---- */

static void
add_direct (ConfabRows *rows, gint64 id, gint64 other, gint64 rev)
{
  ConfabConversationRow *row;

  fixture_add_conversation (rows, id, NULL, 2, rev);
  row = g_ptr_array_index (rows->conversations, rows->conversations->len - 1);
  row->kind = CONFAB_CONVERSATION_DIRECT;
  fixture_add_membership (rows, id * 10 + SELF, id, SELF, 0, rev);
  fixture_add_membership (rows, id * 10 + other, id, other, 0, rev);
  fixture_add_message (rows, id, other, 1, rev);
  fixture_add_message (rows, id, SELF, 2, rev);
}

static ConfabRows *
make_direct (void)
{
  ConfabRows *rows = fixture_conversation (1, 10, 10);

  fixture_add_user (rows, EVE, "eve", 5);
  add_direct (rows, 5, EVE, 12);
  return rows;
}

static void
delete_eve (ConfabRows *rows)
{
  fixture_add_user (rows, EVE, "deleted:4", 30);
  ((ConfabUserRow *)g_ptr_array_index (rows->users, rows->users->len - 1))->deleted = TRUE;
}

static void
test_partner_deleted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) direct = make_direct ();
  g_autoptr (ConfabRows) gone = confab_rows_new ();
  g_autoptr (ConfabRows) again = make_direct ();

  fixture_apply (fixture->mirror, direct);
  call (fixture, confab_mirror_hide_closed_async, 5); /* open: unchanged */
  assert_closed (fixture, 5, CONFAB_CLOSED_NOT, NULL, 0);
  delete_eve (gone);
  fixture_apply (fixture->mirror, gone);
  assert_closed (fixture, 5, CONFAB_CLOSED_DELETED, NULL, 0);
  /* It is still synchronised. */
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM closed_conversations"), ==, 0);

  call (fixture, confab_mirror_hide_closed_async, 5);
  g_assert_null (fixture_summary (fixture->mirror, 5));
  call (fixture, confab_mirror_unhide_closed_async, 5);
  assert_closed (fixture, 5, CONFAB_CLOSED_DELETED, NULL, 0);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM closed_conversations"), ==, 0);

  call (fixture, confab_mirror_hide_closed_async, 5);
  forget (fixture, 5);
  fixture_apply (fixture->mirror, again);
  g_assert_null (fixture_summary (fixture->mirror, 5));
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM messages WHERE conversation_id = 5"), ==,
                   0);

  /* A rebuilt mirror does not show it again. */
  delete_eve (again);
  fixture_begin_rebuild (fixture->mirror);
  g_assert_true (fixture_try_apply (fixture->mirror, again, NULL, "f:40", NULL));
  fixture_end_rebuild (fixture->mirror);
  g_assert_null (fixture_summary (fixture->mirror, 5));
  g_assert_true (is_listed (fixture->mirror, 1));
}

/* ---- rebuilding ---- */

static void
rebuild (Fixture *fixture, ConfabRows *rows)
{
  fixture_begin_rebuild (fixture->mirror);
  g_assert_true (fixture_try_apply (fixture->mirror, rows, NULL, "f:90", NULL));
  fixture_end_rebuild (fixture->mirror);
  reopen (fixture);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
}

/* The server reports the same closing, so the ids stay. */
static void
test_rebuild_same (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 12, 15);

  apply_membership (fixture, 9000, EVE, 20);
  fixture_add_membership (rows, 21, 2, SELF, 9000, 20);
  ((ConfabMembershipRow *)g_ptr_array_index (rows->memberships, 3))->removed_by = EVE;
  rebuild (fixture, rows);
  assert_kept (fixture, 2);
  assert_closed (fixture, 2, CONFAB_CLOSED_REMOVED, "eve",
                 9000); /* a user unknown to this server */
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM messages WHERE conversation_id = 1"), ==,
                   12);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM conversations WHERE id < 0"), ==, 0);
}

/* After restoring a backup, the server has another history and has assigned the ids again. */
static void
test_rebuild_other_history (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (2, 3, 15);
  g_autoptr (ConfabRows) more = fixture_conversation (1, 5, 20);
  g_autoptr (ConfabConversationSummary) other = NULL;

  apply_membership (fixture, 9000, BOB, 20);
  ((ConfabConversationRow *)rows->conversations->pdata[0])->created_at = 12345;
  fixture_add_user (rows, EVE, "another eve", 6);
  ((ConfabUserRow *)g_ptr_array_index (rows->users, rows->users->len - 1))->created_at = 12345;
  fixture_add_membership (rows, 24, 2, EVE, 0, 15);
  rebuild (fixture, rows);
  assert_kept (fixture, -2); /* -1 is the part of 1 that this server lacks */
  assert_closed (fixture, -2, CONFAB_CLOSED_REMOVED, "bob", 9000);
  other = fixture_summary (fixture->mirror, 2);
  g_assert_cmpint (other->last_seq, ==, 3);
  g_assert_cmpint (other->closed_reason, ==, CONFAB_CLOSED_NOT);
  g_assert_cmpint (
      query (fixture, "SELECT group_concat (username) = 'eve' FROM users WHERE id < 0"), ==, 1);

  /* It also survives further rebuilds. */
  for (guint i = 0; i < 2; i++)
    {
      rebuild (fixture, more);
      assert_kept (fixture, -2);
      assert_closed (fixture, -2, CONFAB_CLOSED_REMOVED, "bob", 9000);
    }
}

/* Access ended while the program was not running, and the cursor is too old. */
static void
test_rebuild_closed_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 10, 15);

  fixture_add_membership (rows, 21, 2, SELF, 8000, 20);
  ((ConfabMembershipRow *)g_ptr_array_index (rows->memberships, 3))->removed_by = ANN;
  rebuild (fixture, rows);
  assert_kept (fixture, -1);
  assert_closed (fixture, -1, CONFAB_CLOSED_REMOVED, "ann", 8000);
}

static void
test_rebuild_lost (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 10, 15);
  g_autoptr (ConfabConversationSummary) row = NULL;

  rebuild (fixture, rows);
  assert_kept (fixture, -1);
  row = fixture_summary (fixture->mirror, -1);
  g_assert_cmpint (row->closed_reason, ==, CONFAB_CLOSED_LOST);
  g_assert_cmpint (row->closed_at, >, 0);
  g_assert_true (is_listed (fixture->mirror, 1));
}

/* The user is a member again: the server's rows count. */
static void
test_rebuild_opened (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (2, 3, 15);
  g_autoptr (ConfabConversationSummary) row = NULL;

  apply_membership (fixture, 9000, BOB, 20);
  rebuild (fixture, rows);
  row = fixture_summary (fixture->mirror, 2);
  g_assert_cmpint (row->closed_reason, ==, CONFAB_CLOSED_NOT);
  g_assert_cmpstr (row->draft, ==, "half a thought");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM messages WHERE conversation_id = 2"), ==,
                   3);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM conversations WHERE id < 0"
                                   " AND id = (SELECT conversation_id FROM closed_conversations)"),
                   ==, 1); /* conversation 1, which this server lacks */
}

/* Unsent text keeps a conversation, whatever happened to its own. */
static void
test_rebuild_placeless (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 3, 15);
  g_autoptr (ConfabConversationSummary) row = NULL;

  fixture_exec_on_writer (fixture->mirror, "DELETE FROM conversations WHERE id = 2");
  rebuild (fixture, rows);
  row = fixture_summary (fixture->mirror, 2);
  g_assert_cmpstr (row->draft, ==, "half a thought");
  g_assert_cmpstr (row->preview, ==, "just sent");
  g_assert_cmpint (row->closed_reason, ==, CONFAB_CLOSED_LOST);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM outbox WHERE state = 0"), ==, 0);
}

/* ---- a damaged mirror ---- */

/* Overwrite the root page of @name in a file that is not open. */
static void
destroy (const char *folder, const char *name)
{
  g_autofree char *file = g_build_filename (folder, "mirror.db", NULL);
  g_autofree char *sql =
      g_strdup_printf ("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", name);
  g_autofree char *data = NULL;
  gint64 page_size = fixture_query (folder, "PRAGMA page_size");
  gint64 page = fixture_query (folder, sql);
  gsize length;

  g_assert_true (g_file_get_contents (file, &data, &length, NULL));
  memset (data + (page - 1) * page_size, 0, (gsize)page_size);
  g_assert_true (g_file_set_contents (file, data, (gssize)length, NULL));
}

static void
damage (Fixture *fixture, const char *name)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 10, 10);
  g_autoptr (ConfabConversationSummary) row = NULL;

  apply_membership (fixture, 9000, BOB, 20);
  fixture_close (fixture->mirror);
  destroy (fixture->folder, name);
  fixture->mirror = fixture_open (fixture->folder);
  /* This call meets any damage not found so far, and waits for the new file. */
  fixture_apply (fixture->mirror, rows);
  row = fixture_summary (fixture->mirror, 1);
  g_assert_cmpint (confab_mirror_get_origin (fixture->mirror), ==, CONFAB_MIRROR_REBUILT);
  /* The new file lacks the rows of the call that met the damage. */
  fixture_apply (fixture->mirror, rows);
}

/* Damage each table and index except that of closed conversations: most of what was readable still
 * is. */
static void
test_salvage (Fixture *fixture, gconstpointer name)
{
  g_autoptr (ConfabRows) everything = fixture_conversation (1, 10, 10);
  g_autoptr (ConfabConversationSummary) row = NULL;
  gboolean messages = !g_str_equal (name, "messages");

  damage (fixture, name);
  fixture_add_membership (everything, 21, 2, SELF, 9000, 20);
  fixture_apply (fixture->mirror, everything);
  row = fixture_summary (fixture->mirror, 2);
  g_assert_nonnull (row);
  g_assert_cmpint (row->closed_reason, ==, CONFAB_CLOSED_REMOVED);
  g_assert_cmpstr (row->closed_by, ==, "bob");
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM messages m"
                                   " JOIN users u ON u.id = m.sender_id"
                                   " WHERE conversation_id = 2 AND content = 'message ' || seq"),
                   ==, messages ? 10 : 0);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
  g_assert_cmpuint (confab_mirror_get_unsent_count (fixture->mirror), ==, 2);
}

/* Unsent text of a removed conversation restores nothing, neither in a rebuild nor when it is read
 * from the unsent file after damage. */
static void
test_rebuild_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConfabRows) rows = fixture_conversation (1, 3, 15);

  apply_membership (fixture, 9000, BOB, 20);
  call (fixture, confab_mirror_hide_closed_async, 2);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM outbox"), >, 0);
  rebuild (fixture, rows);
  g_assert_null (fixture_summary (fixture->mirror, 2));
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM outbox WHERE state = 0"), ==, 0);

  g_assert_cmpuint (forget (fixture, 0), >, 0);
  reopen (fixture);
  g_assert_null (fixture_summary (fixture->mirror, 2));
  g_assert_cmpuint (confab_mirror_get_unsent_count (fixture->mirror), ==, 0);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM drafts"), ==, 0);

  fixture_close (fixture->mirror);
  destroy (fixture->folder, "outbox");
  fixture->mirror = fixture_open (fixture->folder);
  g_assert_cmpuint (confab_mirror_get_unsent_count (fixture->mirror), ==, 0);
}

int
main (int argc, char **argv)
{
  static const char *const parts[] = {
    "messages", "messages_timeline",         "users", "conversation_users", "conversations",
    "roles",    "conversation_users_members"
  };

  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/mirror/closed/left", test_left);
  ADD ("/mirror/closed/removed", test_removed);
  ADD ("/mirror/closed/removed-by-stranger", test_removed_by_stranger);
  ADD ("/mirror/closed/quiet", test_quiet);
  ADD ("/mirror/closed/late-rows", test_late_rows);
  ADD ("/mirror/closed/opened", test_opened);
  ADD ("/mirror/closed/place-for-unsent", test_place_for_unsent);
  ADD ("/mirror/closed/remove", test_remove);
  ADD ("/mirror/closed/remove-many", test_remove_many);
  ADD ("/mirror/closed/partner-deleted", test_partner_deleted);
  ADD ("/mirror/closed/rebuild/same", test_rebuild_same);
  ADD ("/mirror/closed/rebuild/other-history", test_rebuild_other_history);
  ADD ("/mirror/closed/rebuild/closed-meanwhile", test_rebuild_closed_meanwhile);
  ADD ("/mirror/closed/rebuild/lost", test_rebuild_lost);
  ADD ("/mirror/closed/rebuild/opened", test_rebuild_opened);
  ADD ("/mirror/closed/rebuild/placeless", test_rebuild_placeless);
  ADD ("/mirror/closed/rebuild/removed", test_rebuild_removed);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mirror/closed/salvage/%s", parts[i]);

      g_test_add (path, Fixture, parts[i], set_up, test_salvage, tear_down);
    }

  return g_test_run ();
}
