/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-reader-pool.h"

#define MAX_WAITING 4096

typedef struct
{
  ConfabReaderFunc func;
  gpointer data;
} Job;

typedef struct
{
  ConfabReaderPool *pool;
  ConfabDatabase *database;
  GThread *thread;
} PoolThread;

struct _ConfabReaderPool
{
  GMutex mutex;
  GCond cond;
  GQueue jobs;
  gboolean closing;
  PoolThread *threads;
  guint n_threads;
};

/* Return NULL once the pool is closing and its queue is empty. */
static Job *
next_job (ConfabReaderPool *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (g_queue_is_empty (&self->jobs) && !self->closing)
    g_cond_wait (&self->cond, &self->mutex);

  return g_queue_pop_head (&self->jobs);
}

static gpointer
run_thread (gpointer data)
{
  PoolThread *self = data;
  Job *job;

  while ((job = next_job (self->pool)) != NULL)
    {
      /* Without a snapshot the job's own queries fail, which it reports. */
      confab_backend_begin_snapshot (self->database, NULL);
      job->func (self->database, job->data);
      confab_backend_end_snapshot (self->database);
      g_free (job);
    }

  return NULL;
}

ConfabReaderPool *
confab_reader_pool_new (ConfabReaderFactory factory,
                        gpointer user_data,
                        guint n_threads,
                        GError **error)
{
  g_autoptr (ConfabReaderPool) self = g_new0 (ConfabReaderPool, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->jobs);
  self->threads = g_new0 (PoolThread, n_threads);

  for (; self->n_threads < n_threads; self->n_threads++)
    {
      PoolThread *thread = &self->threads[self->n_threads];

      thread->pool = self;
      thread->database = factory (user_data, error);
      if (thread->database == NULL)
        return NULL;
      thread->thread = g_thread_new ("confab-reader", run_thread, thread);
    }

  return g_steal_pointer (&self);
}

gboolean
confab_reader_pool_push (ConfabReaderPool *self, ConfabReaderFunc func, gpointer data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Job *job;

  if (self->closing || g_queue_get_length (&self->jobs) >= MAX_WAITING)
    return FALSE;

  job = g_new (Job, 1);
  job->func = func;
  job->data = data;
  g_queue_push_tail (&self->jobs, job);
  g_cond_signal (&self->cond);

  return TRUE;
}

void
confab_reader_pool_stop (ConfabReaderPool *self)
{
  g_mutex_lock (&self->mutex);
  self->closing = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);

  for (guint i = 0; i < self->n_threads; i++)
    {
      g_thread_join (self->threads[i].thread);
      confab_database_close (self->threads[i].database);
    }
  self->n_threads = 0;
}

void
confab_reader_pool_free (ConfabReaderPool *self)
{
  confab_reader_pool_stop (self);

  g_free (self->threads);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}
