/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-hasher.h"

typedef struct
{
  ConfabHashFunc func;
  gpointer data;
} Job;

/* The waiting jobs of one asker. */
typedef struct
{
  char *asker;
  GQueue jobs;
} Line;

typedef struct
{
  GHashTable *lines; /* char *, within the Line → Line: those with waiting jobs */
  GQueue turns;      /* the same lines in order: the first is next */
  guint n_waiting;
} Class;

struct _ConfabHasher
{
  GMutex mutex; /* protects all fields */
  GCond pushed;
  GPtrArray *threads;
  Class classes[CONFAB_HASHER_N_CLASSES];
  guint next_class;
  gboolean ending;
};

/* ---- queues; the caller holds the mutex ---- */

static Job *
class_pop (Class *self)
{
  Line *line = g_queue_pop_head (&self->turns);
  Job *job;

  if (line == NULL)
    return NULL;

  job = g_queue_pop_head (&line->jobs);
  self->n_waiting--;
  if (!g_queue_is_empty (&line->jobs))
    {
      g_queue_push_tail (&self->turns, line);
      return job;
    }

  g_hash_table_remove (self->lines, line->asker);
  g_free (line->asker);
  g_free (line);

  return job;
}

static gboolean
class_push (Class *self, const char *asker, Job job)
{
  Line *line = g_hash_table_lookup (self->lines, asker);

  if (self->n_waiting >= CONFAB_HASHER_MAX_WAITING
      || (line != NULL && g_queue_get_length (&line->jobs) >= CONFAB_HASHER_MAX_WAITING_OF_ONE))
    return FALSE;

  if (line == NULL)
    {
      line = g_new0 (Line, 1);
      line->asker = g_strdup (asker);
      g_hash_table_insert (self->lines, line->asker, line);
      g_queue_push_tail (&self->turns, line);
    }
  g_queue_push_tail (&line->jobs, g_memdup2 (&job, sizeof job));
  self->n_waiting++;

  return TRUE;
}

/* Classes alternate; a class without waiting jobs is skipped. */
static Job *
pop (ConfabHasher *self)
{
  Job *job = NULL;

  for (guint i = 0; i < CONFAB_HASHER_N_CLASSES && job == NULL; i++)
    {
      job = class_pop (&self->classes[self->next_class]);
      self->next_class = (self->next_class + 1) % CONFAB_HASHER_N_CLASSES;
    }

  return job;
}

/* ---- threads ---- */

static gpointer
run (gpointer data)
{
  ConfabHasher *self = data;

  g_mutex_lock (&self->mutex);
  while (TRUE)
    {
      g_autofree Job *job = pop (self);

      if (job != NULL)
        {
          g_mutex_unlock (&self->mutex);
          job->func (job->data);
          g_mutex_lock (&self->mutex);
        }
      else if (self->ending)
        break;
      else
        g_cond_wait (&self->pushed, &self->mutex);
    }
  g_mutex_unlock (&self->mutex);

  return NULL;
}

ConfabHasher *
confab_hasher_new (guint n_threads)
{
  ConfabHasher *self = g_new0 (ConfabHasher, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->pushed);
  for (guint i = 0; i < CONFAB_HASHER_N_CLASSES; i++)
    self->classes[i].lines = g_hash_table_new (g_str_hash, g_str_equal);
  self->threads = g_ptr_array_new ();
  for (guint i = 0; i < n_threads; i++)
    g_ptr_array_add (self->threads, g_thread_new ("hasher", run, self));

  return self;
}

gboolean
confab_hasher_push (ConfabHasher *self,
                    ConfabHasherClass klass,
                    const char *asker,
                    ConfabHashFunc func,
                    gpointer data)
{
  gboolean taken;

  g_return_val_if_fail (klass < CONFAB_HASHER_N_CLASSES, FALSE);

  g_mutex_lock (&self->mutex);
  taken = class_push (&self->classes[klass], asker, (Job){ func, data });
  if (taken)
    g_cond_signal (&self->pushed);
  g_mutex_unlock (&self->mutex);

  return taken;
}

void
confab_hasher_free (ConfabHasher *self)
{
  g_mutex_lock (&self->mutex);
  self->ending = TRUE;
  g_cond_broadcast (&self->pushed);
  g_mutex_unlock (&self->mutex);

  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  g_ptr_array_unref (self->threads);
  for (guint i = 0; i < CONFAB_HASHER_N_CLASSES; i++)
    g_hash_table_unref (self->classes[i].lines);
  g_cond_clear (&self->pushed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
