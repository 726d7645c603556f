/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Calls: jobs on their way to one of the mirror's threads and back. They are held while the file is
 * being replaced. */

#include "confab-mirror-object.h"

#include "confab-engine-error.h"
#include "confab-mirror-unsent.h"

/* ---- errors ---- */

static int
engine_code_of (const GError *error)
{
  switch ((ConfabStoreError)error->code)
    {
    case CONFAB_STORE_ERROR_FULL:
      return CONFAB_ENGINE_ERROR_DISK_FULL;
    case CONFAB_STORE_ERROR_NEWER:
      return CONFAB_ENGINE_ERROR_MIRROR_NEWER;
    /* The client's own rows satisfy the constraints, so the server's do not. */
    case CONFAB_STORE_ERROR_CONSTRAINT:
      return CONFAB_ENGINE_ERROR_NOT_CONFAB;
    case CONFAB_STORE_ERROR_FAILED:
    case CONFAB_STORE_ERROR_CORRUPT:
    case CONFAB_STORE_ERROR_BUSY:
    case CONFAB_STORE_ERROR_INTERRUPTED:
    case CONFAB_STORE_ERROR_READ_ONLY:
    default:
      return CONFAB_ENGINE_ERROR_STORAGE;
    }
}

/* Convert errors of the store to the engine's; the server's problems stay. */
GError *
confab_mirror_to_engine_error (const GError *error)
{
  if (error->domain != CONFAB_STORE_ERROR)
    return g_error_copy (error);
  return g_error_new_literal (CONFAB_ENGINE_ERROR, engine_code_of (error), error->message);
}

static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CORRUPT);
}

/* ---- calls ---- */

/* A job on its way to a thread and back. */
typedef struct
{
  ConfabMirrorJob job;
  GTask *task; /* the caller's */
  ConfabRows *rows;
  ConfabUnsentFile *unsent; /* (nullable): borrowed */
  guint generation;
  gboolean repeated;

  /* made on the thread */
  ConfabChanges *changes;
  gpointer result;
  guint unsent_count;
  GError *error;
} Call;

static void push (ConfabMirror *self, Call *call);

static void
call_free (Call *call)
{
  if (call->job.free_arguments != NULL)
    call->job.free_arguments (call->job.arguments);
  if (call->result != NULL && call->job.free_result != NULL)
    call->job.free_result (call->result);
  g_clear_pointer (&call->changes, confab_changes_unref);
  g_clear_pointer (&call->rows, confab_rows_unref);
  g_clear_error (&call->error);
  g_clear_object (&call->task);
  g_free (call);
}

static gboolean
is_write (const Call *call)
{
  return call->job.target >= CONFAB_MIRROR_WRITER;
}

/* Write the job's lines to the unsent file before the mirror's commit, so that the file is never
 * behind. */
static gboolean
commit_on_thread (ConfabDatabase *database, Call *call)
{
  gboolean durable = call->job.target == CONFAB_MIRROR_WRITER_DURABLE;

  if (call->unsent != NULL
      && !confab_unsent_write (call->unsent, database, call->changes, durable, &call->error))
    return FALSE;
  if (confab_database_commit (database, &call->error))
    return TRUE;
  if (call->unsent != NULL && call->changes->unsent != NULL)
    confab_unsent_file_undo (call->unsent);
  return FALSE;
}

/* On the writer's thread: one transaction. */
static void
write_on_thread (ConfabDatabase *database, Call *call)
{
  ConfabMirror *self = g_task_get_source_object (call->task);

  call->changes = confab_changes_new (call->rows);
  if (!confab_database_begin (database, &call->error))
    return;
  call->result = call->job.func (database, call->job.arguments, call->changes, &call->error);
  if (call->result != NULL
      && (!call->changes->outbox
          || confab_mirror_file_count_unsent (database, &call->unsent_count, &call->error))
      && commit_on_thread (database, call))
    {
      if (call->unsent != NULL && call->changes->unsent != NULL)
        confab_unsent_tidy (call->unsent, database, self->self_user_id);
      return;
    }
  confab_database_rollback (database);
  if (call->result != NULL && call->job.free_result != NULL)
    call->job.free_result (call->result);
  call->result = NULL;
}

static void
call_on_thread (ConfabDatabase *database, GTask *inner, gpointer task_data)
{
  Call *call = task_data;

  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (call->task), &call->error))
    {
      if (is_write (call))
        write_on_thread (database, call);
      else
        call->result = call->job.func (database, call->job.arguments, NULL, &call->error);
    }
  if (call->result == NULL && call->error == NULL)
    g_set_error_literal (&call->error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED,
                         "The mirror did not say what is wrong");
  g_task_return_boolean (inner, TRUE);
}

/* ---- back on the main thread ---- */

static void
take_over_self (ConfabMirror *self, ConfabChanges *changes)
{
  for (guint i = 0; i < changes->users->len; i++)
    {
      const ConfabUserRow *row = g_ptr_array_index (changes->users, i);
      ConfabUserRow *copy;

      if (row->id != self->self_user_id)
        continue;
      copy = confab_user_row_copy (row);
      /* A row that was made for other users, too, lacks the email. */
      if (copy->email == NULL && self->self_user != NULL)
        copy->email = g_strdup (self->self_user->email);
      g_clear_pointer (&self->self_user, confab_user_row_free);
      self->self_user = copy;
    }
}

static void
announce (ConfabMirror *self, Call *call)
{
  if (call->job.done != NULL)
    call->job.done (self, call->job.arguments);
  /* Changes to the file being rebuilt are not visible yet. */
  if (!is_write (call) || call->job.target == CONFAB_MIRROR_REBUILD_WRITER)
    return;
  if (call->changes->outbox)
    self->unsent_count = call->unsent_count;
  take_over_self (self, call->changes);
  if (!confab_changes_is_empty (call->changes))
    confab_mirror_announce (self, call->changes);
}

static void
fail_call (Call *call, const GError *error)
{
  g_task_return_error (call->task, confab_mirror_to_engine_error (error));
  call_free (call);
}

/* The file is damaged: repeat the call once the file is replaced. */
static void
repeat_after_exchange (ConfabMirror *self, Call *call)
{
  g_message ("The mirror in %s is damaged and is made anew: %s", self->directory,
             call->error->message);
  g_clear_error (&call->error);
  g_clear_pointer (&call->changes, confab_changes_unref);
  call->repeated = TRUE;
  if (call->generation == self->generation && !self->exchanging)
    confab_mirror_exchange (self, NULL, FALSE);
  push (self, call);
}

static void
call_returned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ConfabMirror *self = CONFAB_MIRROR (source);
  Call *call = user_data;

  if (call->result != NULL)
    {
      announce (self, call);
      g_task_return_pointer (call->task, g_steal_pointer (&call->result), call->job.free_result);
      call_free (call);
    }
  else if (is_damage (call->error) && !call->repeated && !self->closed
           && call->job.target != CONFAB_MIRROR_REBUILD_WRITER)
    repeat_after_exchange (self, call);
  else
    fail_call (call, call->error);
}

static ConfabWorker *
worker_for (ConfabMirror *self, const Call *call)
{
  switch (call->job.target)
    {
    case CONFAB_MIRROR_READER:
    case CONFAB_MIRROR_READER_URGENT:
      return self->reader;
    case CONFAB_MIRROR_REBUILD_WRITER:
      return self->rebuild;
    case CONFAB_MIRROR_WRITER:
    case CONFAB_MIRROR_WRITER_DURABLE:
    default:
      return self->writer;
    }
}

static void
push (ConfabMirror *self, Call *call)
{
  g_autoptr (GTask) inner = NULL;
  ConfabWorker *worker = worker_for (self, call);

  if (self->closed
      || (worker == NULL && call->job.target == CONFAB_MIRROR_REBUILD_WRITER && !self->exchanging))
    {
      g_autoptr (GError) error = g_error_new_literal (
          CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE, "The mirror is closed");
      fail_call (call, error);
      return;
    }
  if (self->exchanging || worker == NULL)
    {
      g_queue_push_tail (&self->held, call);
      if (!self->exchanging)
        confab_mirror_exchange (self, NULL,
                                FALSE); /* the last attempt failed (a full disk): try again */
      return;
    }
  call->generation = self->generation;
  call->unsent = call->job.target != CONFAB_MIRROR_REBUILD_WRITER ? self->unsent : NULL;
  inner = g_task_new (self, NULL, call_returned_cb, call);
  g_task_set_source_tag (inner, push);
  g_task_set_task_data (inner, call, NULL);
  if (call->job.target == CONFAB_MIRROR_READER_URGENT)
    confab_worker_push_urgent (worker, inner, call_on_thread);
  else
    confab_worker_push (worker, inner, call_on_thread);
}

GTask *
confab_mirror_task_new (ConfabMirror *self,
                        gpointer source_tag,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

void
confab_mirror_run (ConfabMirror *self, GTask *task, const ConfabMirrorJob *job)
{
  Call *call = g_new0 (Call, 1);

  call->job = *job;
  call->job.rows = NULL;
  call->rows = job->rows != NULL ? confab_rows_ref (job->rows) : NULL;
  call->task = task;
  push (self, call);
}

void
confab_mirror_set_cursor (ConfabMirror *self, const char *cursor, gboolean rebuild)
{
  g_set_str (rebuild ? &self->rebuild_cursor : &self->cursor, cursor);
}

gboolean
confab_mirror_write_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

void
confab_mirror_release_held (ConfabMirror *self, const GError *error)
{
  GQueue held = self->held;
  Call *call;

  g_queue_init (&self->held);
  while ((call = g_queue_pop_head (&held)) != NULL)
    {
      if (error != NULL && (is_write (call) || self->reader == NULL))
        fail_call (call, error);
      else
        push (self, call);
    }
}
