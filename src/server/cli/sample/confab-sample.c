/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-sample.h"

#include "confab-problem.h"

/* The maximum of unfinished commands: less than the writer's queue holds. */
#define MAX_ON_THE_WAY 1024

typedef struct
{
  ConfabWriter *writer;
  const ConfabSamplePlan *plan;
  GArray *user_ids;         /* gint64, by index */
  GArray *conversation_ids; /* gint64, by index */

  GMutex mutex;
  GCond cond;
  guint on_the_way;
  GError *error; /* the first */
} Sample;

static void
done_cb (ConfabOutcome *outcome, gpointer user_data)
{
  Sample *self = user_data;

  g_mutex_lock (&self->mutex);
  if (outcome->error != NULL && self->error == NULL)
    self->error = g_error_copy (outcome->error);
  self->on_the_way--;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* Wait until at most @n commands are unfinished. Return FALSE if one has failed. */
static gboolean
wait_for (Sample *self, guint n)
{
  gboolean good;

  g_mutex_lock (&self->mutex);
  while (self->on_the_way > n)
    g_cond_wait (&self->cond, &self->mutex);
  good = self->error == NULL;
  g_mutex_unlock (&self->mutex);

  return good;
}

/* Takes ownership of @command. */
static gboolean
submit (Sample *self, ConfabCommand *command)
{
  g_autoptr (ConfabCommand) owned = command;

  if (!wait_for (self, MAX_ON_THE_WAY - 1))
    return FALSE;

  g_mutex_lock (&self->mutex);
  self->on_the_way++;
  g_mutex_unlock (&self->mutex);

  return confab_writer_submit (self->writer, g_steal_pointer (&owned), done_cb, self);
}

/* Takes ownership of @command. Adds the id of the row that it creates to @ids. */
static gboolean
submit_for_id (Sample *self, ConfabCommand *command, GArray *ids)
{
  g_autoptr (ConfabOutcome) outcome = confab_writer_submit_sync (self->writer, command);

  if (outcome->error != NULL)
    {
      self->error = g_error_copy (outcome->error);
      return FALSE;
    }

  g_array_append_val (ids, outcome->id);

  return TRUE;
}

static gboolean
add_people (Sample *self, const char *password_hash)
{
  for (guint i = 0; self->plan->people[i] != NULL; i++)
    {
      ConfabCommand *command = confab_command_new (confab_run_add_user, CONFAB_ACTOR_OPERATOR);

      command->at = self->plan->since + i * (6 * G_TIME_SPAN_HOUR / 1000);
      command->add_user.username = confab_command_copy (command, self->plan->people[i]);
      command->add_user.email =
          confab_command_take (command, g_strdup_printf ("%s@example.org", self->plan->people[i]));
      command->add_user.password_hash = confab_command_copy (command, password_hash);
      command->add_user.rolename = confab_command_copy (command, i == 0 ? "admin" : "user");
      if (!submit_for_id (self, command, self->user_ids))
        return FALSE;
    }

  return TRUE;
}

static gboolean
begin_conversations (Sample *self)
{
  for (guint i = 0; i < self->plan->conversations->len; i++)
    {
      const ConfabSampleConversation *conversation =
          g_ptr_array_index (self->plan->conversations, i);
      gint64 creator =
          g_array_index (self->user_ids, gint64, g_array_index (conversation->members, guint, 0));
      ConfabCommand *command = confab_command_new (confab_run_create_conversation, creator);

      command->at = conversation->created_at;
      command->create_conversation.kind =
          conversation->is_group ? CONFAB_CONVERSATION_GROUP : CONFAB_CONVERSATION_DIRECT;
      command->create_conversation.client_id =
          confab_command_copy (command, conversation->client_id);
      command->create_conversation.title = confab_command_copy (command, conversation->title);
      command->create_conversation.user_ids =
          confab_command_take_ids (command, g_array_new (FALSE, FALSE, sizeof (gint64)));
      for (guint m = 1; m < conversation->members->len; m++)
        g_array_append_val (command->create_conversation.user_ids,
                            g_array_index (self->user_ids, gint64,
                                           g_array_index (conversation->members, guint, m)));
      if (!submit_for_id (self, command, self->conversation_ids))
        return FALSE;
    }

  return TRUE;
}

static gboolean
send_messages (Sample *self)
{
  for (guint i = 0; i < self->plan->messages->len; i++)
    {
      const ConfabSampleMessage *message = g_ptr_array_index (self->plan->messages, i);
      ConfabCommand *command = confab_command_new (
          confab_run_send, g_array_index (self->user_ids, gint64, message->sender));

      command->at = message->at;
      command->conversation_id =
          g_array_index (self->conversation_ids, gint64, message->conversation);
      command->send.client_id = confab_command_copy (command, message->client_id);
      command->send.content = confab_command_copy (command, message->text);
      if (!submit (self, command))
        return FALSE;
    }

  return TRUE;
}

/* All users have read everything, except that the first has a few unread messages. */
static gboolean
read_messages (Sample *self)
{
  for (guint i = 0; i < self->plan->conversations->len; i++)
    {
      const ConfabSampleConversation *conversation =
          g_ptr_array_index (self->plan->conversations, i);

      for (guint m = 0; m < conversation->members->len; m++)
        {
          guint person = g_array_index (conversation->members, guint, m);
          ConfabCommand *command =
              confab_command_new (confab_run_read, g_array_index (self->user_ids, gint64, person));

          command->conversation_id = g_array_index (self->conversation_ids, gint64, i);
          command->read.seq = conversation->n_messages - (person == 0 ? conversation->n_unread : 0);
          if (!submit (self, command))
            return FALSE;
        }
    }

  return TRUE;
}

gboolean
confab_sample_write (ConfabWriter *writer,
                     const ConfabSamplePlan *plan,
                     const char *password_hash,
                     GError **error)
{
  Sample self = { .writer = writer, .plan = plan };
  gboolean done;

  self.user_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.conversation_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_mutex_init (&self.mutex);
  g_cond_init (&self.cond);

  done = add_people (&self, password_hash) && begin_conversations (&self) && send_messages (&self)
         && read_messages (&self);
  done = wait_for (&self, 0) && done;

  if (self.error != NULL)
    g_propagate_error (error, self.error);
  else if (!done)
    confab_problem_set (error, CONFAB_PROBLEM_UNAVAILABLE);

  g_array_unref (self.user_ids);
  g_array_unref (self.conversation_ids);
  g_mutex_clear (&self.mutex);
  g_cond_clear (&self.cond);

  return done;
}
