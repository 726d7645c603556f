/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-hasher.h"

#define MAX_WAITING 64

struct _ConfabHasher
{
  GThreadPool *pool;
};

typedef struct
{
  ConfabHashFunc func;
  gpointer data;
} Job;

static void
run_job (gpointer data, gpointer user_data)
{
  g_autofree Job *job = data;

  job->func (job->data);
}

ConfabHasher *
confab_hasher_new (guint n_threads)
{
  ConfabHasher *self = g_new0 (ConfabHasher, 1);

  self->pool = g_thread_pool_new (run_job, NULL, (int)n_threads, FALSE, NULL);

  return self;
}

gboolean
confab_hasher_push (ConfabHasher *self, ConfabHashFunc func, gpointer data)
{
  Job *job;

  if (g_thread_pool_unprocessed (self->pool) >= MAX_WAITING)
    return FALSE;

  job = g_new (Job, 1);
  job->func = func;
  job->data = data;
  /* It fails only when no thread could be started; the job stays queued for those there are. */
  g_thread_pool_push (self->pool, job, NULL);

  return TRUE;
}

void
confab_hasher_free (ConfabHasher *self)
{
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_free (self);
}
