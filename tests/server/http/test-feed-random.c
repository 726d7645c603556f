/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Random changes, and clients that read at random moments. */

#include "feed-fixture.h"

static void
change_something (FeedFixture *self,
                  GRand *rand,
                  const gint64 *groups,
                  guint n_groups,
                  const char *text)
{
  const gint64 users[] = { self->anna, self->ben, self->cora };
  gint64 user = users[g_rand_int_range (rand, 0, 3)];
  gint64 other = users[g_rand_int_range (rand, 0, 3)];
  gint64 group = groups[g_rand_int_range (rand, 0, (gint32)n_groups)];
  g_autofree char *client_id = g_uuid_string_random ();
  ConfabCommand *command;
  ConfabOutcome *outcome;

  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
      command = command_leave (user, group);
      break;
    case 1:
    case 2:
      command = command_members (user, group, 1, &other);
      break;
    case 3:
      command = command_rename (user, group, "Title");
      break;
    case 4:
      command = command_read (user, group, g_rand_int_range (rand, 0, 20));
      break;
    default:
      command = command_send (user, group, client_id, text);
      break;
    }

  outcome = fixture_run (&self->backend, command);
  if (outcome->error == NULL && outcome->rev > 0)
    g_ptr_array_add (self->batch, outcome);
  else
    confab_outcome_unref (outcome);
}

static void
test_random (FeedFixture *self, gconstpointer data)
{
  const gint64 everybody[] = { self->ben, self->cora };
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  g_autofree char *large = g_strnfill (9000, 'x');
  gint64 groups[3];
  FeedClient *clients[3];

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    groups[i] = feed_fixture_create (self, 2, everybody);
  feed_fixture_publish (self);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    clients[i] = feed_client_ready (self, i == 0 ? self->anna : everybody[i - 1]);

  for (guint step = 0; step < 1500; step++)
    {
      FeedClient *client = clients[g_rand_int_range (rand, 0, 3)];

      if (g_rand_int_range (rand, 0, 2) == 0)
        change_something (self, rand, groups, 3, g_rand_boolean (rand) ? large : "small");
      if (g_rand_int_range (rand, 0, 5) == 0)
        feed_fixture_publish (self);
      if (client->stream->reading && g_rand_int_range (rand, 0, 3) == 0)
        feed_fixture_take_page (self);
      if (g_rand_int_range (rand, 0, 6) == 0)
        feed_client_read_one (client);
    }

  feed_fixture_publish (self);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      feed_client_read_all (clients[i]);
      g_assert_true (clients[i]->stream->live);
      feed_client_assert_complete (clients[i]);
      feed_client_free (clients[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/feed/random", FeedFixture, NULL, feed_fixture_set_up, test_random,
              feed_fixture_tear_down);

  return g_test_run ();
}
