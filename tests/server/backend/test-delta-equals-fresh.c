/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* After any commands and any way of following them, a client has what it would have if it started
 * now, which equals what plain SQL says it may see. CONFAB_TEST_SEED=N runs only that seed. */

#include "fold.h"

#define N_USERS 6
#define N_STEPS 40

typedef struct
{
  BackendFixture fixture;
  GRand *rand;
  gint64 users[N_USERS];
  Fold *folds[N_USERS];
  gint64 n_conversations; /* ids are 1 … n */
  gint64 at;
} World;

static gint64
any_user (World *self)
{
  return self->users[g_rand_int_range (self->rand, 0, N_USERS)];
}

static ConfabCommand *
random_create (World *self)
{
  gint64 actor = any_user (self);
  gint64 others[N_USERS];
  guint n_others = 0;

  if (g_rand_int_range (self->rand, 0, 3) == 0)
    {
      gint64 other = any_user (self);

      return command_create (actor, CONFAB_CONVERSATION_DIRECT, NULL, 1, &other);
    }

  for (guint i = 0; i < N_USERS; i++)
    {
      if (self->users[i] != actor && g_rand_boolean (self->rand))
        others[n_others++] = self->users[i];
    }

  return command_create (actor, CONFAB_CONVERSATION_GROUP,
                         g_rand_boolean (self->rand) ? "A group" : NULL, n_others, others);
}

static ConfabCommand *
random_set_role (World *self)
{
  static const char *const roles[] = { "user", "moderator", "admin" };
  ConfabCommand *command = confab_command_new (confab_run_set_role, CONFAB_ACTOR_OPERATOR);

  command->user_id = any_user (self);
  command->set_role.rolename =
      confab_command_copy (command, roles[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (roles))]);

  return command;
}

/* By the operator, or by a user with or without permission. */
static ConfabCommand *
random_administration (World *self)
{
  gboolean label = g_rand_boolean (self->rand);
  ConfabCommand *command =
      confab_command_new (label ? confab_run_label_role : confab_run_set_state,
                          g_rand_boolean (self->rand) ? any_user (self) : CONFAB_ACTOR_OPERATOR);

  if (!label)
    {
      command->user_id = any_user (self);
      command->set_state.state = g_rand_int_range (self->rand, 0, 4) > 0 ? "active" : "suspended";
      return command;
    }

  command->label_role.role_id = g_rand_int_range (self->rand, 1, 4);
  if (g_rand_boolean (self->rand))
    command->label_role.label =
        confab_command_take (command, g_strdup_printf ("Label %u", g_rand_int (self->rand)));

  return command;
}

/* The first of them begins as a moderator; most others are refused. */
static ConfabCommand *
random_removal (World *self, gint64 conversation)
{
  gboolean message = g_rand_int_range (self->rand, 0, 4) > 0;
  ConfabCommand *command = confab_command_new (
      message ? confab_run_remove_message : confab_run_remove_member,
      g_rand_int_range (self->rand, 0, 4) > 0 ? self->users[0] : any_user (self));

  command->conversation_id = conversation;
  if (message)
    command->remove_message.seq = g_rand_int_range (self->rand, 1, 40);
  else
    command->user_id = any_user (self);

  return command;
}

static ConfabCommand *
random_command (World *self)
{
  gint64 conversation = g_rand_int_range (self->rand, 1, self->n_conversations + 2);
  gint64 actor = any_user (self);
  gint64 other = any_user (self);
  g_autofree char *text = g_strdup_printf ("%u", g_rand_int (self->rand));

  switch (g_rand_int_range (self->rand, 0, 40))
    {
    case 0:
    case 1:
    case 2:
      return random_create (self);
    case 3:
    case 4:
      return command_leave (actor, conversation);
    case 5:
    case 6:
    case 7:
      return command_members (actor, conversation, 1, &other);
    case 8:
      return command_rename (actor, conversation, g_rand_boolean (self->rand) ? text : NULL);
    case 9:
      return g_rand_boolean (self->rand) ? random_set_role (self) : random_administration (self);
    case 10:
    case 11:
    case 12:
    case 13:
    case 14:
      return command_read (actor, conversation, g_rand_int_range (self->rand, 0, 60));
    case 15:
    case 16:
    case 17:
      return random_removal (self, conversation);
    default:
      return command_send (actor, conversation, NULL, text);
    }
}

/* A batch in one transaction, as the writer does it. Refused commands are part of the game. */
static void
run_batch (World *self, guint n_commands)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (confab_backend_writer_begin (self->fixture.writer, &error));
  for (guint i = 0; i < n_commands; i++)
    {
      g_autoptr (ConfabCommand) command = random_command (self);
      g_autoptr (ConfabOutcome) outcome = NULL;

      command->at = ++self->at;
      outcome = confab_backend_writer_execute (self->fixture.writer, command);
      if (command->run == confab_run_create_conversation && outcome->created)
        self->n_conversations++;
    }
  g_assert_true (confab_backend_writer_commit (self->fixture.writer, &error));
  g_assert_no_error (error);
}

static void
follow (World *self)
{
  Fold *fold = self->folds[g_rand_int_range (self->rand, 0, N_USERS)];
  guint limit = g_rand_int_range (self->rand, 1, 30);

  if (g_rand_boolean (self->rand))
    fold_pull (fold, &self->fixture, limit);
  else
    fold_pull_all (fold, &self->fixture, limit);
}

static void
compare (World *self, guint user)
{
  g_autoptr (Fold) fresh = fold_new (self->users[user]);
  g_autoptr (Fold) small = fold_new (self->users[user]);
  g_autoptr (Fold) truth = fold_from_sql (&self->fixture, self->users[user]);
  Fold *delta = self->folds[user];

  fold_pull_all (delta, &self->fixture, g_rand_int_range (self->rand, 1, 10));
  fold_pull_all (fresh, &self->fixture, 1000);
  fold_pull_all (small, &self->fixture, 1);
  fold_backfill (delta, &self->fixture, 7);
  fold_backfill (fresh, &self->fixture, 200);
  fold_backfill (small, &self->fixture, 30);
  fold_assert_equal (delta, truth);
  fold_assert_equal (fresh, truth);
  fold_assert_equal (small, truth);
}

static void
appoint_first (World *self)
{
  ConfabCommand *command = confab_command_new (confab_run_set_role, CONFAB_ACTOR_OPERATOR);
  g_autoptr (ConfabOutcome) outcome = NULL;

  command->user_id = self->users[0];
  command->set_role.rolename = confab_command_copy (command, "moderator");
  outcome = fixture_do (&self->fixture, command);
}

static void
play (guint32 seed)
{
  World self = { .rand = g_rand_new_with_seed (seed), .at = 1000 };

  backend_fixture_set_up (&self.fixture);
  for (guint i = 0; i < N_USERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("user%u", i);

      self.users[i] = fixture_user (&self.fixture, name);
      self.folds[i] = fold_new (self.users[i]);
    }

  appoint_first (&self);
  for (guint step = 0; step < N_STEPS; step++)
    {
      run_batch (&self, g_rand_int_range (self.rand, 1, 25));
      follow (&self);
    }

  for (guint i = 0; i < N_USERS; i++)
    {
      compare (&self, i);
      fold_free (self.folds[i]);
    }

  fixture_check (&self.fixture);
  backend_fixture_tear_down (&self.fixture);
  g_rand_free (self.rand);
}

static void
test_seeds (void)
{
  const char *only = g_getenv ("CONFAB_TEST_SEED");
  guint32 n_seeds = g_test_slow () ? 1000 : 200;

  if (only != NULL)
    {
      play (g_ascii_strtoull (only, NULL, 10));
      return;
    }

  for (guint32 seed = 1; seed <= n_seeds; seed++)
    {
      g_test_message ("CONFAB_TEST_SEED=%u", seed);
      play (seed);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/delta-equals-fresh", test_seeds);

  return g_test_run ();
}
