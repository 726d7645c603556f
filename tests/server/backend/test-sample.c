/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The sample data: reproducible by its seed, valid, and with the situations it should show. */

#include "backend-fixture.h"
#include "fold.h"

#include "confab-sample.h"

#define UNTIL G_GINT64_CONSTANT (1780272000000) /* 2026-06-01 */

static char *
digest (const ConfabSamplePlan *plan)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < plan->messages->len; i++)
    {
      const ConfabSampleMessage *message = g_ptr_array_index (plan->messages, i);
      g_autofree char *line =
          g_strdup_printf ("%" G_GINT64_FORMAT " %u %u %s %s\n", message->at, message->conversation,
                           message->sender, message->client_id, message->text);

      g_checksum_update (checksum, (const guchar *)line, -1);
    }

  return g_strdup (g_checksum_get_string (checksum));
}

static void
test_plan (void)
{
  g_autoptr (ConfabSamplePlan) one = confab_sample_plan_new (1, UNTIL);
  g_autoptr (ConfabSamplePlan) same = confab_sample_plan_new (1, UNTIL);
  g_autoptr (ConfabSamplePlan) other = confab_sample_plan_new (2, UNTIL);
  g_autofree char *one_digest = digest (one);
  g_autofree char *same_digest = digest (same);
  g_autofree char *other_digest = digest (other);
  gint64 before = 0;
  glong longest = 0, shortest = G_MAXLONG;

  g_assert_cmpstr (one_digest, ==, same_digest);
  g_assert_cmpstr (one_digest, !=, other_digest);
  g_assert_cmpint (one->messages->len, ==, 5000);
  g_assert_cmpint (one->conversations->len, ==, 40);

  for (guint i = 0; i < one->messages->len; i++)
    {
      const ConfabSampleMessage *message = g_ptr_array_index (one->messages, i);
      const ConfabSampleConversation *conversation =
          g_ptr_array_index (one->conversations, message->conversation);

      g_assert_cmpint (message->at, >=, before);
      g_assert_cmpint (message->at, <, UNTIL);
      g_assert_cmpint (message->at, >, conversation->created_at);
      g_assert_null (strstr (message->text, "[["));
      before = message->at;
      longest = MAX (longest, g_utf8_strlen (message->text, -1));
      shortest = MIN (shortest, g_utf8_strlen (message->text, -1));
    }

  g_assert_cmpint (longest, >, 3500);
  g_assert_cmpint (shortest, <, 4);
  /* The newest is not old. */
  g_assert_cmpint (before, >, UNTIL - G_TIME_SPAN_DAY / 1000);
}

static void
test_many_seeds (void)
{
  for (guint32 seed = 1; seed <= 50; seed++)
    {
      g_autoptr (ConfabSamplePlan) plan = confab_sample_plan_new (seed, UNTIL);

      g_assert_cmpint (plan->messages->len, ==, 5000);
    }
}

static void
test_write (void)
{
  BackendFixture fixture = { 0 };
  ConfabWriter *writer;
  g_autoptr (ConfabSamplePlan) plan = confab_sample_plan_new (7, UNTIL);
  g_autoptr (GError) error = NULL;
  g_autoptr (Fold) fold = fold_new (1);
  g_autoptr (Fold) truth = NULL;

  backend_fixture_set_up (&fixture);
  writer = confab_writer_new (g_steal_pointer (&fixture.writer), NULL, NULL);
  g_assert_true (confab_sample_write (writer, plan, "a hash", &error));
  g_assert_no_error (error);
  fixture_check (&fixture);

  g_assert_cmpint (fixture_count (&fixture, "SELECT count (*) FROM messages"), ==, 5000);
  g_assert_cmpint (fixture_count (&fixture, "SELECT role_id FROM users WHERE username = 'ada'"), ==,
                   1);
  g_assert_cmpint (fixture_count (&fixture, "SELECT min (sent_at) > 1717000000000 FROM messages"),
                   ==, 1);
  /* ada has a few unread messages, the others none. */
  g_assert_cmpint (
      fixture_count (&fixture, "SELECT count (*) FROM conversations AS c JOIN read_positions AS r"
                               " ON r.conversation_id = c.id"
                               " WHERE r.user_id = 1 AND r.last_read_seq < c.last_seq"),
      >=, 5);
  g_assert_cmpint (
      fixture_count (&fixture,
                     "SELECT count (*) FROM conversations AS c JOIN conversation_users AS m"
                     " ON m.conversation_id = c.id LEFT JOIN read_positions AS r"
                     " ON r.conversation_id = c.id AND r.user_id = m.user_id"
                     " WHERE m.user_id > 1 AND coalesce (r.last_read_seq, 0) <> c.last_seq"),
      ==, 0);

  /* A second time is refused by the writer itself: the names are taken. */
  g_assert_false (confab_sample_write (writer, plan, "a hash", &error));
  g_assert_error (error, CONFAB_PROBLEM, CONFAB_PROBLEM_USERNAME_TAKEN);
  confab_writer_free (writer);

  fold_pull_all (fold, &fixture, 500);
  fold_backfill (fold, &fixture, 200);
  truth = fold_from_sql (&fixture, 1);
  fold_assert_equal (fold, truth);
  backend_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample/plan", test_plan);
  g_test_add_func ("/sample/many-seeds", test_many_seeds);
  g_test_add_func ("/sample/write", test_write);

  return g_test_run ();
}
