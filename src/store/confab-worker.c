/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-worker.h"

typedef struct
{
  GTask *task;
  ConfabWorkerFunc func;
} Job;

struct _ConfabWorker
{
  GThread *thread;
  ConfabDatabase *database; /* the thread's own */

  GMutex mutex; /* guards what follows */
  GCond cond;
  GQueue urgent;
  GQueue jobs;
  gboolean stopping;
};

/* Waits for a job. Returns NULL when the worker is to stop and nothing is left. */
static Job *
take_job (ConfabWorker *self)
{
  Job *job;

  g_mutex_lock (&self->mutex);

  while (g_queue_is_empty (&self->urgent) && g_queue_is_empty (&self->jobs) && !self->stopping)
    g_cond_wait (&self->cond, &self->mutex);

  job = g_queue_pop_head (&self->urgent);
  if (job == NULL)
    job = g_queue_pop_head (&self->jobs);

  g_mutex_unlock (&self->mutex);

  return job;
}

static gboolean
release_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* The last reference to a task takes its source object with it, which may well be an object of the
 * main thread: so it is dropped where the task came from. */
static void
release_on_its_context (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_static_name (source, "[confab] release task");
  g_source_set_callback (source, release_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static gpointer
run (gpointer data)
{
  ConfabWorker *self = data;
  Job *job;

  while ((job = take_job (self)) != NULL)
    {
      job->func (self->database, job->task, g_task_get_task_data (job->task));
      release_on_its_context (job->task);
      g_free (job);
    }

  g_clear_pointer (&self->database, confab_database_close);

  return NULL;
}

ConfabWorker *
confab_worker_new (const char *name, ConfabDatabase *database)
{
  ConfabWorker *self = g_new0 (ConfabWorker, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->urgent);
  g_queue_init (&self->jobs);
  self->database = database;
  self->thread = g_thread_new (name, run, self);

  return self;
}

static void
push (ConfabWorker *self, GQueue *queue, GTask *task, ConfabWorkerFunc func)
{
  Job *job = g_new (Job, 1);

  job->task = g_object_ref (task);
  job->func = func;

  g_mutex_lock (&self->mutex);
  g_queue_push_tail (queue, job);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

void
confab_worker_push (ConfabWorker *self, GTask *task, ConfabWorkerFunc func)
{
  push (self, &self->jobs, task, func);
}

void
confab_worker_push_urgent (ConfabWorker *self, GTask *task, ConfabWorkerFunc func)
{
  push (self, &self->urgent, task, func);
}

/* ---- tasks without a connection ---- */

#define POOL_THREADS 4

typedef struct
{
  GTask *task;
  GTaskThreadFunc func;
} PoolJob;

static void
run_in_pool (gpointer data, gpointer user_data)
{
  g_autofree PoolJob *job = data;
  GTask *task = job->task;

  job->func (task, g_task_get_source_object (task), g_task_get_task_data (task),
             g_task_get_cancellable (task));
  release_on_its_context (task);
}

static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool;

  if (g_once_init_enter_pointer (&pool))
    g_once_init_leave_pointer (&pool,
                               g_thread_pool_new (run_in_pool, NULL, POOL_THREADS, FALSE, NULL));

  return pool;
}

void
confab_worker_run_task (GTask *task, GTaskThreadFunc func)
{
  PoolJob *job;

  g_return_if_fail (G_IS_TASK (task));
  g_return_if_fail (func != NULL);

  job = g_new (PoolJob, 1);
  job->task = g_object_ref (task);
  job->func = func;
  /* An error only says that no further thread could be started: it is queued all the same. */
  g_thread_pool_push (get_pool (), job, NULL);
}

void
confab_worker_free (ConfabWorker *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);

  g_thread_join (self->thread);

  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}
