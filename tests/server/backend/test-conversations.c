/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Conversations and messages: every command, every refusal, and doing things twice. */

#include "backend-fixture.h"

#include "confab-limits.h"

typedef struct
{
  BackendFixture base;
  gint64 ada, bruno, chiara, outsider;
} Fixture;

#define FIXTURE_TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

static void
set_up (Fixture *fixture, gconstpointer data)
{
  backend_fixture_set_up (&fixture->base);
  fixture->ada = fixture_user (&fixture->base, "ada");
  fixture->bruno = fixture_user (&fixture->base, "bruno");
  fixture->chiara = fixture_user (&fixture->base, "chiara");
  fixture->outsider = fixture_user (&fixture->base, "outsider");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fixture_check (&fixture->base);
  backend_fixture_tear_down (&fixture->base);
}

static gboolean
contains (GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == id)
        return TRUE;
    }

  return FALSE;
}

static gint64
trio (Fixture *fixture)
{
  gint64 others[] = { fixture->bruno, fixture->chiara };

  return fixture_group (&fixture->base, fixture->ada, 2, others);
}

/* Repeat a command, with a copy of its client id. */
static ConfabCommand *
with_client_id (ConfabCommand *command, const char *client_id)
{
  if (command->run == confab_run_send)
    command->send.client_id = client_id;
  else
    command->create_conversation.client_id = client_id;

  return command;
}

static void
test_create_group (Fixture *fixture, gconstpointer data)
{
  gint64 others[] = { fixture->bruno, fixture->chiara, fixture->bruno, fixture->ada };
  gint64 head = fixture_head (&fixture->base);
  g_autoptr (ConfabOutcome) outcome = fixture_do (
      &fixture->base, command_create (fixture->ada, CONFAB_CONVERSATION_GROUP, "Plans", 4, others));
  ConfabConversationRow *row = g_ptr_array_index (outcome->rows->conversations, 0);

  g_assert_true (outcome->created);
  g_assert_cmpint (outcome->rev, ==, head + 1);
  g_assert_cmpint (outcome->audience, ==, CONFAB_AUDIENCE_MEMBERS);
  g_assert_cmpint (outcome->gained->len, ==, 3);
  g_assert_true (contains (outcome->gained, fixture->ada));
  g_assert_cmpstr (row->title, ==, "Plans");
  g_assert_cmpint (row->kind, ==, CONFAB_CONVERSATION_GROUP);
  g_assert_cmpint (row->rev, ==, outcome->rev);
  g_assert_cmpint (outcome->rows->memberships->len, ==, 3);
  g_assert_cmpint (outcome->rows->users->len, ==, 3);
}

static void
test_create_again (Fixture *fixture, gconstpointer data)
{
  const char *id = "2f1b7c58-9d7e-4c55-8a34-0d6b5b1f7a10";
  gint64 others[] = { fixture->bruno, fixture->chiara };
  gint64 reversed[] = { fixture->chiara, fixture->bruno };
  g_autoptr (ConfabOutcome) first = NULL;
  g_autoptr (ConfabOutcome) again = NULL;
  g_autoptr (ConfabOutcome) foreign = NULL;
  gint64 head;

#define CREATE(actor, title, n, ids)                                                               \
  with_client_id (command_create (actor, CONFAB_CONVERSATION_GROUP, title, n, ids), id)

  first = fixture_do (&fixture->base, CREATE (fixture->ada, "Plans", 2, others));
  head = fixture_head (&fixture->base);
  again = fixture_do (&fixture->base, CREATE (fixture->ada, "Plans", 2, reversed));
  g_assert_false (again->created);
  g_assert_cmpint (again->rev, ==, 0);
  g_assert_cmpint (again->id, ==, first->id);
  g_assert_cmpint (again->rows->memberships->len, ==, 3);
  g_assert_cmpint (fixture_head (&fixture->base), ==, head);

  fixture_fail (&fixture->base, CREATE (fixture->ada, "Other", 2, others),
                CONFAB_PROBLEM_CLIENT_ID_REUSED);
  fixture_fail (&fixture->base, CREATE (fixture->ada, "Plans", 1, others),
                CONFAB_PROBLEM_CLIENT_ID_REUSED);

  /* Each user has their own client ids. */
  foreign = fixture_do (&fixture->base, CREATE (fixture->bruno, "Plans", 0, NULL));
  g_assert_cmpint (foreign->id, !=, first->id);

  /* A renamed conversation is still the answer; one that was left is not. */
  confab_outcome_unref (
      fixture_do (&fixture->base, command_rename (fixture->bruno, first->id, "New")));
  confab_outcome_unref (fixture_do (&fixture->base, CREATE (fixture->ada, "Plans", 2, others)));
  confab_outcome_unref (fixture_do (&fixture->base, command_leave (fixture->ada, first->id)));
  fixture_fail (&fixture->base, CREATE (fixture->ada, "Plans", 2, others),
                CONFAB_PROBLEM_NOT_FOUND);
#undef CREATE
}

static void
test_direct (Fixture *fixture, gconstpointer data)
{
  gint64 id = fixture_direct (&fixture->base, fixture->ada, fixture->bruno);
  gint64 two[] = { fixture->bruno, fixture->chiara };
  g_autoptr (ConfabOutcome) other_side = NULL;

  fixture_send (&fixture->base, fixture->ada, id, "Hello");
  other_side =
      fixture_do (&fixture->base, command_create (fixture->bruno, CONFAB_CONVERSATION_DIRECT, NULL,
                                                  1, &fixture->ada));
  g_assert_false (other_side->created);
  g_assert_cmpint (other_side->id, ==, id);
  g_assert_cmpint (other_side->rows->messages->len, ==, 1);

#define FAIL(command, problem) fixture_fail (&fixture->base, command, problem)
#define DIRECT(title, n, ids)                                                                      \
  command_create (fixture->ada, CONFAB_CONVERSATION_DIRECT, title, n, ids)
  FAIL (DIRECT (NULL, 1, &fixture->ada), CONFAB_PROBLEM_INVALID_FIELD);
  FAIL (DIRECT (NULL, 0, NULL), CONFAB_PROBLEM_INVALID_FIELD);
  FAIL (DIRECT (NULL, 2, two), CONFAB_PROBLEM_INVALID_FIELD);
  FAIL (DIRECT ("Title", 1, &fixture->bruno), CONFAB_PROBLEM_INVALID_FIELD);
  FAIL (command_rename (fixture->ada, id, "x"), CONFAB_PROBLEM_DIRECT_CONVERSATION);
  FAIL (command_leave (fixture->ada, id), CONFAB_PROBLEM_DIRECT_CONVERSATION);
  FAIL (command_members (fixture->ada, id, 1, &fixture->chiara),
        CONFAB_PROBLEM_DIRECT_CONVERSATION);
#undef DIRECT
#undef FAIL
}

static void
test_unknown_people (Fixture *fixture, gconstpointer data)
{
  gint64 unknown[] = { fixture->bruno, 999 };
  gint64 group = trio (fixture);

  fixture_fail (&fixture->base,
                command_create (fixture->ada, CONFAB_CONVERSATION_GROUP, NULL, 2, unknown),
                CONFAB_PROBLEM_NOT_FOUND);
  fixture_fail (&fixture->base,
                command_create (fixture->ada, CONFAB_CONVERSATION_DIRECT, NULL, 1, &unknown[1]),
                CONFAB_PROBLEM_NOT_FOUND);
  fixture_fail (&fixture->base, command_members (fixture->ada, group, 2, unknown),
                CONFAB_PROBLEM_NOT_FOUND);
  g_assert_cmpint (fixture_count (&fixture->base, "SELECT count (*) FROM conversations"), ==, 1);
}

/* To a user outside, an existing conversation looks like a missing one. */
static void
test_outsiders (Fixture *fixture, gconstpointer data)
{
  gint64 ids[] = { trio (fixture), 999 };
  g_autoptr (GError) error = NULL;

  fixture_send (&fixture->base, fixture->ada, ids[0], "Between us");
  for (guint i = 0; i < 2; i++)
    {
      ConfabCommand *commands[] = {
        command_send (fixture->outsider, ids[i], NULL, "x"),
        command_read (fixture->outsider, ids[i], 1),
        command_rename (fixture->outsider, ids[i], "x"),
        command_leave (fixture->outsider, ids[i]),
        command_members (fixture->outsider, ids[i], 1, &fixture->outsider),
      };

      for (guint c = 0; c < G_N_ELEMENTS (commands); c++)
        fixture_fail (&fixture->base, commands[c], CONFAB_PROBLEM_NOT_FOUND);

      g_assert_null (confab_backend_history (fixture->base.reader, fixture->outsider, ids[i],
                                             G_MAXINT64, 10, &error));
      g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_NOT_FOUND);
      g_clear_error (&error);
    }
}

static void
test_rename (Fixture *fixture, gconstpointer data)
{
  gint64 group = trio (fixture);
  gint64 head = fixture_head (&fixture->base);
  g_autoptr (ConfabOutcome) named =
      fixture_do (&fixture->base, command_rename (fixture->bruno, group, "Trio"));
  g_autoptr (ConfabOutcome) same = NULL;
  g_autoptr (ConfabOutcome) none = NULL;

  g_assert_cmpint (named->rev, ==, head + 1);
  g_assert_cmpstr (((ConfabConversationRow *)named->shared_rows->conversations->pdata[0])->title,
                   ==, "Trio");
  same = fixture_do (&fixture->base, command_rename (fixture->ada, group, "Trio"));
  g_assert_cmpint (same->rev, ==, 0);
  g_assert_cmpint (same->audience, ==, CONFAB_AUDIENCE_NONE);
  none = fixture_do (&fixture->base, command_rename (fixture->ada, group, NULL));
  g_assert_cmpint (none->rev, ==, head + 2);
  g_assert_null (((ConfabConversationRow *)none->rows->conversations->pdata[0])->title);
}

static void
test_members (Fixture *fixture, gconstpointer data)
{
  gint64 group = fixture_group (&fixture->base, fixture->ada, 1, &fixture->bruno);
  gint64 more[] = { fixture->bruno, fixture->chiara, fixture->outsider, fixture->chiara };
  g_autoptr (ConfabOutcome) added = NULL;
  g_autoptr (ConfabOutcome) again = NULL;

  fixture_send (&fixture->base, fixture->ada, group, "one");
  fixture_send (&fixture->base, fixture->ada, group, "two");
  added = fixture_do (&fixture->base, command_members (fixture->bruno, group, 4, more));
  g_assert_cmpint (added->gained->len, ==, 2);
  g_assert_false (contains (added->gained, fixture->bruno));
  g_assert_cmpint (added->shared_rows->memberships->len, ==, 2);
  g_assert_cmpint (added->shared_rows->users->len, ==, 2);
  g_assert_null (((ConfabUserRow *)added->shared_rows->users->pdata[0])->email);
  /* Everything before is read. */
  g_assert_cmpint (fixture_count (&fixture->base, "SELECT sum (last_read_seq) FROM read_positions"),
                   ==, 4);

  again = fixture_do (&fixture->base, command_members (fixture->bruno, group, 4, more));
  g_assert_cmpint (again->rev, ==, 0);
  g_assert_cmpint (again->gained->len, ==, 0);
}

static void
test_leave_and_return (Fixture *fixture, gconstpointer data)
{
  gint64 group = trio (fixture);
  g_autoptr (ConfabOutcome) left = NULL;
  g_autoptr (ConfabOutcome) back = NULL;
  g_autoptr (ConfabRows) history = NULL;
  ConfabMembershipRow *row;

  fixture_send (&fixture->base, fixture->chiara, group, "Farewell");
  confab_outcome_unref (fixture_do (&fixture->base, command_read (fixture->chiara, group, 1)));
  left = fixture_do (&fixture->base, command_leave (fixture->chiara, group));
  row = g_ptr_array_index (left->shared_rows->memberships, 0);
  g_assert_cmpint (row->user_id, ==, fixture->chiara);
  g_assert_cmpint (row->left_at, >, 0);
  g_assert_true (contains (left->lost, fixture->chiara));
  g_assert_cmpint (left->shared_rows->users->len, ==, 0);
  g_assert_cmpint (fixture_count (&fixture->base, "SELECT count (*) FROM read_positions"), ==, 0);

  fixture_fail (&fixture->base, command_leave (fixture->chiara, group), CONFAB_PROBLEM_NOT_FOUND);
  fixture_fail (&fixture->base, command_send (fixture->chiara, group, NULL, "x"),
                CONFAB_PROBLEM_NOT_FOUND);
  fixture_send (&fixture->base, fixture->ada, group, "She is gone");

  back = fixture_do (&fixture->base, command_members (fixture->ada, group, 1, &fixture->chiara));
  g_assert_true (contains (back->gained, fixture->chiara));
  history =
      confab_backend_history (fixture->base.reader, fixture->chiara, group, G_MAXINT64, 10, NULL);
  g_assert_cmpint (history->messages->len, ==, 2);
  g_assert_cmpint (fixture_count (&fixture->base, "SELECT last_read_seq FROM read_positions"), ==,
                   2);
}

static void
test_too_many (Fixture *fixture, gconstpointer data)
{
  gint64 ids[CONFAB_GROUP_MAX_MEMBERS];
  gint64 group;

  for (guint i = 0; i < CONFAB_GROUP_MAX_MEMBERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u", i);

      ids[i] = fixture_user (&fixture->base, name);
    }

  fixture_fail (
      &fixture->base,
      command_create (fixture->ada, CONFAB_CONVERSATION_GROUP, NULL, CONFAB_GROUP_MAX_MEMBERS, ids),
      CONFAB_PROBLEM_TOO_MANY_MEMBERS);
  group = fixture_group (&fixture->base, fixture->ada, CONFAB_GROUP_MAX_MEMBERS - 1, ids);
  fixture_fail (&fixture->base,
                command_members (fixture->ada, group, 1, &ids[CONFAB_GROUP_MAX_MEMBERS - 1]),
                CONFAB_PROBLEM_TOO_MANY_MEMBERS);
  confab_outcome_unref (fixture_do (&fixture->base, command_leave (ids[0], group)));
  confab_outcome_unref (
      fixture_do (&fixture->base,
                  command_members (fixture->ada, group, 1, &ids[CONFAB_GROUP_MAX_MEMBERS - 1])));
}

static void
test_send (Fixture *fixture, gconstpointer data)
{
  const char *id = "0b9e5a3e-52a8-4c0f-b7d4-6c6e1f0a9b11";
  gint64 group = trio (fixture);
  gint64 other = fixture_direct (&fixture->base, fixture->ada, fixture->bruno);
  gint64 head = fixture_head (&fixture->base);
  g_autoptr (ConfabOutcome) sent =
      fixture_do (&fixture->base, command_send (fixture->ada, group, id, "Hello 👋"));
  g_autoptr (ConfabOutcome) again = NULL;
  ConfabMessageRow *row = g_ptr_array_index (sent->rows->messages, 0);
  ConfabMessageRow *same;

  g_assert_true (sent->created);
  g_assert_cmpint (sent->rev, ==, head + 1);
  g_assert_cmpint (row->seq, ==, 1);
  g_assert_cmpint (row->rev, ==, sent->rev);
  g_assert_cmpint (((ConfabConversationRow *)sent->rows->conversations->pdata[0])->last_seq, ==, 1);
  g_assert_cmpint (sent->shared_rows->messages->len, ==, 1);

  fixture_send (&fixture->base, fixture->bruno, group, "Hello yourself");
  again = fixture_do (&fixture->base, command_send (fixture->ada, group, id, "Hello 👋"));
  same = g_ptr_array_index (again->rows->messages, 0);
  g_assert_false (again->created);
  g_assert_cmpint (again->rev, ==, 0);
  g_assert_cmpint (again->audience, ==, CONFAB_AUDIENCE_NONE);
  g_assert_cmpint (same->id, ==, row->id);
  g_assert_cmpint (same->seq, ==, 1);
  g_assert_cmpint (same->rev, ==, row->rev);
  g_assert_cmpint (same->sent_at, ==, row->sent_at);

  fixture_fail (&fixture->base, command_send (fixture->ada, group, id, "Hello"),
                CONFAB_PROBLEM_CLIENT_ID_REUSED);
  /* The id is of this person and this conversation. */
  g_assert_cmpint (fixture_send (&fixture->base, fixture->bruno, group, "Hello 👋"), ==, 3);
  confab_outcome_unref (
      fixture_do (&fixture->base, command_send (fixture->bruno, group, id, "Mine")));
  confab_outcome_unref (
      fixture_do (&fixture->base, command_send (fixture->ada, other, id, "There")));
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  gint64 group = trio (fixture);
  const gint64 expected[][2] = { { 2, 2 }, { 1, 2 }, { 2, 2 }, { 99, 3 }, { 0, 3 } };
  const gboolean changes[] = { TRUE, FALSE, FALSE, TRUE, FALSE };
  g_autoptr (ConfabOutcome) nothing = NULL;

  nothing = fixture_do (&fixture->base, command_read (fixture->bruno, group, 5));
  g_assert_cmpint (nothing->rev, ==, 0);
  g_assert_cmpint (nothing->rows->read_positions->len, ==, 0);

  for (guint i = 0; i < 3; i++)
    fixture_send (&fixture->base, fixture->ada, group, "x");

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (ConfabOutcome) outcome =
          fixture_do (&fixture->base, command_read (fixture->bruno, group, expected[i][0]));
      ConfabReadPositionRow *row = g_ptr_array_index (outcome->rows->read_positions, 0);

      g_assert_cmpint (row->last_read_seq, ==, expected[i][1]);
      g_assert_cmpint (outcome->rev > 0, ==, changes[i]);
      g_assert_cmpint (outcome->audience, ==,
                       changes[i] ? CONFAB_AUDIENCE_ACTOR : CONFAB_AUDIENCE_NONE);
    }
}

static void
test_history (Fixture *fixture, gconstpointer data)
{
  gint64 group = trio (fixture);
  g_autoptr (ConfabRows) newest = NULL;
  g_autoptr (ConfabRows) older = NULL;
  g_autoptr (ConfabRows) nothing = NULL;

  for (guint i = 0; i < 10; i++)
    fixture_send (&fixture->base, fixture->ada, group, "x");

  newest =
      confab_backend_history (fixture->base.reader, fixture->bruno, group, G_MAXINT64, 4, NULL);
  g_assert_cmpint (newest->messages->len, ==, 4);
  g_assert_cmpint (((ConfabMessageRow *)newest->messages->pdata[0])->seq, ==, 10);
  g_assert_cmpint (((ConfabMessageRow *)newest->messages->pdata[3])->seq, ==, 7);
  older = confab_backend_history (fixture->base.reader, fixture->bruno, group, 7, 200, NULL);
  g_assert_cmpint (older->messages->len, ==, 6);
  nothing = confab_backend_history (fixture->base.reader, fixture->bruno, group, 1, 200, NULL);
  g_assert_cmpint (nothing->messages->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/backend/conversations/create-group", test_create_group);
  FIXTURE_TEST ("/backend/conversations/create-again", test_create_again);
  FIXTURE_TEST ("/backend/conversations/direct", test_direct);
  FIXTURE_TEST ("/backend/conversations/unknown-people", test_unknown_people);
  FIXTURE_TEST ("/backend/conversations/outsiders", test_outsiders);
  FIXTURE_TEST ("/backend/conversations/rename", test_rename);
  FIXTURE_TEST ("/backend/conversations/members", test_members);
  FIXTURE_TEST ("/backend/conversations/leave-and-return", test_leave_and_return);
  FIXTURE_TEST ("/backend/conversations/too-many", test_too_many);
  FIXTURE_TEST ("/backend/messages/send", test_send);
  FIXTURE_TEST ("/backend/messages/read", test_read);
  FIXTURE_TEST ("/backend/messages/history", test_history);

  return g_test_run ();
}
