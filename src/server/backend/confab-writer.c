/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-writer.h"

#define MAX_WAITING 4096
#define MAX_BATCH 64
#define POLL_INTERVAL (250 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  ConfabCommand *command;
  ConfabOutcome *outcome;
  ConfabWriterDone done;
  gpointer user_data;
} Job;

struct _ConfabWriter
{
  ConfabBackendWriter *backend;
  ConfabWriterListener listener;
  gpointer listener_data;
  GThread *thread;

  GMutex mutex;
  GCond cond;
  GQueue jobs;
  gboolean closing;
};

static void
job_free (gpointer data)
{
  Job *self = data;

  confab_command_free (self->command);
  g_clear_pointer (&self->outcome, confab_outcome_unref);
  g_free (self);
}

static void
tell_listener (ConfabWriter *self, GPtrArray *outcomes)
{
  if (self->listener != NULL)
    self->listener (outcomes, self->listener_data);
}

static gboolean
carry_out (ConfabWriter *self, GPtrArray *batch, gboolean *changed_elsewhere, GError **error)
{
  gint64 now = g_get_real_time () / 1000;

  if (!confab_backend_writer_begin (self->backend, error))
    return FALSE;

  *changed_elsewhere = confab_backend_writer_changed_elsewhere (self->backend);

  for (guint i = 0; i < batch->len; i++)
    {
      Job *job = g_ptr_array_index (batch, i);

      if (job->command->at == 0)
        job->command->at = now;
      job->outcome = confab_backend_writer_execute (self->backend, job->command);
    }

  if (confab_backend_writer_commit (self->backend, error))
    return TRUE;

  confab_backend_writer_rollback (self->backend);

  return FALSE;
}

/* The transaction was undone, whatever the results of its commands. */
static void
refuse_all (GPtrArray *batch)
{
  for (guint i = 0; i < batch->len; i++)
    {
      Job *job = g_ptr_array_index (batch, i);

      g_clear_pointer (&job->outcome, confab_outcome_unref);
      job->outcome = confab_outcome_new ();
      confab_problem_set (&job->outcome->error, CONFAB_PROBLEM_UNAVAILABLE);
    }
}

static void
announce (ConfabWriter *self, GPtrArray *batch)
{
  g_autoptr (GPtrArray) changes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)confab_outcome_unref);

  for (guint i = 0; i < batch->len; i++)
    {
      ConfabOutcome *outcome = ((Job *)g_ptr_array_index (batch, i))->outcome;

      if (outcome->rev > 0 || outcome->ended_sessions->len > 0)
        g_ptr_array_add (changes, confab_outcome_ref (outcome));
    }

  if (changes->len > 0)
    tell_listener (self, changes);
}

static void
run_batch (ConfabWriter *self, GPtrArray *batch)
{
  g_autoptr (GError) error = NULL;
  gboolean changed_elsewhere = FALSE;
  gboolean committed = carry_out (self, batch, &changed_elsewhere, &error);

  if (changed_elsewhere)
    tell_listener (self, NULL);

  if (committed)
    {
      announce (self, batch);
    }
  else
    {
      g_warning ("%u commands refused: %s", batch->len, error->message);
      refuse_all (batch);
    }

  for (guint i = 0; i < batch->len; i++)
    {
      Job *job = g_ptr_array_index (batch, i);

      if (job->done != NULL)
        job->done (job->outcome, job->user_data);
    }
}

/* Take the queued commands. An empty batch means that it is time to check for changes by other
 * processes. NULL at the end. */
static GPtrArray *
next_batch (ConfabWriter *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (job_free);
  gint64 until = g_get_monotonic_time () + POLL_INTERVAL;

  while (g_queue_is_empty (&self->jobs))
    {
      if (self->closing)
        return NULL;
      if (!g_cond_wait_until (&self->cond, &self->mutex, until))
        break;
    }

  while (batch->len < MAX_BATCH && !g_queue_is_empty (&self->jobs))
    g_ptr_array_add (batch, g_queue_pop_head (&self->jobs));

  return g_steal_pointer (&batch);
}

static gpointer
run_thread (gpointer data)
{
  ConfabWriter *self = data;

  while (TRUE)
    {
      g_autoptr (GPtrArray) batch = next_batch (self);

      if (batch == NULL)
        return NULL;
      else if (batch->len > 0)
        run_batch (self, batch);
      else if (confab_backend_writer_changed_elsewhere (self->backend))
        tell_listener (self, NULL);
    }
}

ConfabWriter *
confab_writer_new (ConfabBackendWriter *backend, ConfabWriterListener listener, gpointer user_data)
{
  ConfabWriter *self = g_new0 (ConfabWriter, 1);

  self->backend = backend;
  self->listener = listener;
  self->listener_data = user_data;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->jobs);
  self->thread = g_thread_new ("confab-writer", run_thread, self);

  return self;
}

gboolean
confab_writer_submit (ConfabWriter *self,
                      ConfabCommand *command,
                      ConfabWriterDone done,
                      gpointer user_data)
{
  g_autoptr (ConfabCommand) owned = command;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Job *job;

  if (self->closing || g_queue_get_length (&self->jobs) >= MAX_WAITING)
    return FALSE;

  job = g_new0 (Job, 1);
  job->command = g_steal_pointer (&owned);
  job->done = done;
  job->user_data = user_data;
  g_queue_push_tail (&self->jobs, job);
  g_cond_signal (&self->cond);

  return TRUE;
}

typedef struct
{
  GMutex mutex;
  GCond cond;
  ConfabOutcome *outcome;
} Wait;

static void
wait_done_cb (ConfabOutcome *outcome, gpointer user_data)
{
  Wait *wait = user_data;

  g_mutex_lock (&wait->mutex);
  wait->outcome = confab_outcome_ref (outcome);
  g_cond_signal (&wait->cond);
  g_mutex_unlock (&wait->mutex);
}

ConfabOutcome *
confab_writer_submit_sync (ConfabWriter *self, ConfabCommand *command)
{
  Wait wait = { 0 };

  g_mutex_init (&wait.mutex);
  g_cond_init (&wait.cond);

  if (confab_writer_submit (self, command, wait_done_cb, &wait))
    {
      g_mutex_lock (&wait.mutex);
      while (wait.outcome == NULL)
        g_cond_wait (&wait.cond, &wait.mutex);
      g_mutex_unlock (&wait.mutex);
    }
  else
    {
      wait.outcome = confab_outcome_new ();
      confab_problem_set (&wait.outcome->error, CONFAB_PROBLEM_UNAVAILABLE);
    }

  g_mutex_clear (&wait.mutex);
  g_cond_clear (&wait.cond);

  return wait.outcome;
}

void
confab_writer_free (ConfabWriter *self)
{
  g_mutex_lock (&self->mutex);
  self->closing = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);

  g_thread_join (self->thread);
  g_object_unref (self->backend);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}
