/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-private.h"

#include "confab-engine-error.h"
#include "confab-mirror-file.h"
#include "confab-mirror-unsent.h"
#include "confab-problem.h"
#include "confab-worker.h"

struct _ConfabMirror
{
  GObject parent_instance;

  char *directory;
  gint64 self_user_id;
  ConfabMirrorOrigin origin;
  char *cursor;
  char *rebuild_cursor;
  ConfabUserRow *self_user;
  guint unsent_count;
  guint n_lost;
  GError *frozen; /* (nullable): why there is no writer */

  /* NULL while the file is exchanged, and after that failed */
  ConfabWorker *writer;
  ConfabWorker *reader;
  ConfabWorker *rebuild;
  ConfabUnsentFile *unsent; /* (nullable): the writer's */
  guint generation;         /* how many files have been open */
  gboolean exchanging;
  gboolean
      beginning; /* a thread makes the file beside this one: no other may touch the two meanwhile */
  gboolean closed;
  GTask *exchange_task; /* (nullable): waits for a beginning */
  GTask *close_task;    /* (nullable): waits for an exchange or a beginning */
  GQueue beginners; /* (element-type GTask): wait for a beginning, or for the exchange that makes it
                       needless */
  GQueue held;      /* (element-type Call): what was asked for meanwhile */
};

G_DEFINE_FINAL_TYPE (ConfabMirror, confab_mirror, G_TYPE_OBJECT)

enum
{
  CHANGED,
  REBUILT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

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
    /* What is written here fits; so it is rows that do not. */
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

/* What the file's room says, in the engine's words; the server's problems stay. */
static GError *
to_engine_error (const GError *error)
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

static void exchange (ConfabMirror *self, GTask *task, gboolean rebuilt);
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

/* What the job says to the unsent file is there before the mirror's commit: then that file is never
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

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (call->task), &call->error))
    ;
  else if (is_write (call))
    write_on_thread (database, call);
  else
    call->result = call->job.func (database, call->job.arguments, NULL, &call->error);
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
      /* A row made for others, too, leaves the address out. */
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
  /* What is built beside this file is not to be seen yet. */
  if (!is_write (call) || call->job.target == CONFAB_MIRROR_REBUILD_WRITER)
    return;
  if (call->changes->outbox)
    self->unsent_count = call->unsent_count;
  take_over_self (self, call->changes);
  if (!confab_changes_is_empty (call->changes))
    g_signal_emit (self, signals[CHANGED], 0, call->changes);
}

static void
fail_call (Call *call, const GError *error)
{
  g_task_return_error (call->task, to_engine_error (error));
  call_free (call);
}

/* The file is damaged: the call is made again once another has taken its place. */
static void
repeat_after_exchange (ConfabMirror *self, Call *call)
{
  g_message ("The mirror in %s is damaged and is made anew: %s", self->directory,
             call->error->message);
  g_clear_error (&call->error);
  g_clear_pointer (&call->changes, confab_changes_unref);
  call->repeated = TRUE;
  if (call->generation == self->generation && !self->exchanging)
    exchange (self, NULL, FALSE);
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
        exchange (self, NULL, FALSE); /* the last time failed (a full disk): try again */
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

/* ---- exchanging the file ---- */

/* What a thread does between taking the workers and giving others back. */
typedef struct
{
  char *directory;
  gint64 self_user_id;
  ConfabWorker *writer;
  ConfabWorker *reader;
  ConfabWorker *rebuild;
  ConfabUnsentFile *unsent;
  gboolean rebuilt; /* mirror.db.new takes the place; otherwise the file is damaged */
  GTask *task;      /* (nullable): the caller's */

  /* made on the thread */
  ConfabMirrorFile *file;
  GError *error;
} Exchange;

static Exchange *
exchange_new (ConfabMirror *self)
{
  Exchange *data = g_new0 (Exchange, 1);

  data->directory = g_strdup (self->directory);
  data->self_user_id = self->self_user_id;
  data->writer = g_steal_pointer (&self->writer);
  data->reader = g_steal_pointer (&self->reader);
  data->rebuild = g_steal_pointer (&self->rebuild);
  data->unsent = g_steal_pointer (&self->unsent);
  return data;
}

static void
exchange_free (Exchange *data)
{
  g_free (data->directory);
  g_clear_pointer (&data->file, confab_mirror_file_free);
  g_clear_error (&data->error);
  g_clear_object (&data->task);
  g_free (data);
}

/* Lets them finish what is queued. The writer last: what closes last moves the log into the file.
 */
static void
stop_workers (Exchange *data)
{
  g_clear_pointer (&data->rebuild, confab_worker_free);
  g_clear_pointer (&data->reader, confab_worker_free);
  g_clear_pointer (&data->writer, confab_worker_free);
  g_clear_pointer (&data->unsent, confab_unsent_file_close);
}

static void
exchange_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Exchange *data = task_data;
  gboolean damaged = data->writer != NULL && !data->rebuilt;

  stop_workers (data);
  if (damaged)
    data->file = confab_mirror_file_replace (data->directory, data->self_user_id, &data->error);
  else if (!data->rebuilt || confab_mirror_file_end_rebuild (data->directory, &data->error))
    data->file = confab_mirror_file_open (data->directory, data->self_user_id, &data->error);
  else /* the present file is as it was, and goes on */
    data->file = confab_mirror_file_open (data->directory, data->self_user_id, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
take_file (ConfabMirror *self, ConfabMirrorFile *file)
{
  if (file->writer != NULL)
    self->writer = confab_worker_new ("confab-mirror-writer", g_steal_pointer (&file->writer));
  g_clear_error (&self->frozen);
  if (file->frozen != NULL)
    self->frozen = to_engine_error (file->frozen);
  self->reader = confab_worker_new ("confab-mirror-reader", g_steal_pointer (&file->reader));
  self->unsent = g_steal_pointer (&file->unsent);
  self->generation++;
  self->origin = file->origin;
  self->n_lost += file->n_lost;
  self->unsent_count = file->unsent_count;
  g_set_str (&self->cursor, file->cursor);
  if (file->self_user != NULL)
    {
      g_clear_pointer (&self->self_user, confab_user_row_free);
      self->self_user = g_steal_pointer (&file->self_user);
    }
}

static void
release_held (ConfabMirror *self, const GError *error)
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

static void
announce_everything (ConfabMirror *self)
{
  g_autoptr (ConfabChanges) changes = confab_changes_new (NULL);

  changes->everything = TRUE;
  changes->outbox = TRUE;
  g_signal_emit (self, signals[CHANGED], 0, changes);
  if (self->origin == CONFAB_MIRROR_REBUILT)
    g_signal_emit (self, signals[REBUILT], 0);
}

/* @error: (nullable) */
static void
answer_beginners (ConfabMirror *self, const GError *error)
{
  GQueue beginners = self->beginners;
  GTask *task;

  g_queue_init (&self->beginners);
  while ((task = g_queue_pop_head (&beginners)) != NULL)
    {
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_pointer (task, CONFAB_MIRROR_DONE, NULL);
      g_object_unref (task);
    }
}

static void close_now (ConfabMirror *self, GTask *task);

static void
exchanged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ConfabMirror *self = CONFAB_MIRROR (source);
  Exchange *data = g_task_get_task_data (G_TASK (result));
  gboolean opened = data->file != NULL;

  if (opened && data->file->frozen != NULL && data->error == NULL)
    data->error = g_error_copy (data->file->frozen);
  self->exchanging = FALSE;
  g_clear_pointer (&self->rebuild_cursor, g_free);
  if (opened)
    take_file (self, data->file);
  release_held (self, opened && data->file->frozen == NULL ? NULL : data->error);
  if (opened && data->error == NULL)
    announce_everything (self);
  if (data->task != NULL && data->error == NULL)
    g_task_return_pointer (data->task, CONFAB_MIRROR_DONE, NULL);
  else if (data->task != NULL)
    g_task_return_error (data->task, to_engine_error (data->error));
  answer_beginners (self, NULL);
  if (self->close_task != NULL)
    close_now (self, g_steal_pointer (&self->close_task));
}

/* @rebuilt: the file built beside takes the place of this one; otherwise this one is damaged (or
 * could not be opened the last time). */
static void
exchange (ConfabMirror *self, GTask *caller, gboolean rebuilt)
{
  Exchange *data = exchange_new (self);
  g_autoptr (GTask) task = g_task_new (self, NULL, exchanged_cb, NULL);

  data->rebuilt = rebuilt;
  data->task = caller;
  self->exchanging = TRUE;
  g_task_set_source_tag (task, exchange);
  g_task_set_task_data (task, data, (GDestroyNotify)exchange_free);
  if (self->beginning)
    self->exchange_task = g_steal_pointer (&task);
  else
    confab_worker_run_task (task, exchange_thread);
}

/* ---- rebuilding beside ---- */

static void
begin_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Exchange *data = task_data;
  ConfabDatabase *database;

  g_clear_pointer (&data->rebuild, confab_worker_free);
  database = confab_mirror_file_begin_rebuild (data->directory, data->self_user_id, &data->error);
  g_task_return_pointer (task, database, (GDestroyNotify)confab_database_close);
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ConfabMirror *self = CONFAB_MIRROR (source);
  Exchange *data = g_task_get_task_data (G_TASK (result));
  ConfabDatabase *database = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (GTask) exchange_task = g_steal_pointer (&self->exchange_task);
  g_autoptr (GError) error = NULL;

  self->beginning = FALSE;
  if (data->error != NULL)
    error = to_engine_error (data->error);
  else if (self->exchanging)
    error = g_error_new_literal (CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE,
                                 "The mirror is being exchanged");
  if (error == NULL)
    {
      self->rebuild = confab_worker_new ("confab-mirror-rebuild", g_steal_pointer (&database));
      g_clear_pointer (&self->rebuild_cursor, g_free);
    }
  g_clear_pointer (&database, confab_database_close);
  answer_beginners (self, error);
  if (exchange_task != NULL)
    confab_worker_run_task (exchange_task, exchange_thread);
  else if (self->close_task != NULL)
    close_now (self, g_steal_pointer (&self->close_task));
}

void
confab_mirror_begin_rebuild_async (ConfabMirror *self,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Exchange *data;

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  task =
      confab_mirror_task_new (self, confab_mirror_begin_rebuild_async, NULL, callback, user_data);
  if (self->closed || self->close_task != NULL)
    {
      g_task_return_new_error_literal (task, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE,
                                       "The mirror is closed");
      return;
    }
  /* An attempt that was given up may have begun one already, or be about to end one: two threads
   * would write to one file. */
  g_queue_push_tail (&self->beginners, g_steal_pointer (&task));
  if (self->beginning || self->exchanging)
    return;
  self->beginning = TRUE;
  data = g_new0 (Exchange, 1);
  data->directory = g_strdup (self->directory);
  data->self_user_id = self->self_user_id;
  data->rebuild = g_steal_pointer (&self->rebuild);
  task = g_task_new (self, NULL, begun_cb, NULL);
  g_task_set_source_tag (task, confab_mirror_begin_rebuild_async);
  g_task_set_task_data (task, data, (GDestroyNotify)exchange_free);
  confab_worker_run_task (task, begin_thread);
}

void
confab_mirror_end_rebuild_async (ConfabMirror *self,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CONFAB_IS_MIRROR (self));

  task = confab_mirror_task_new (self, confab_mirror_end_rebuild_async, NULL, callback, user_data);
  if (self->rebuild != NULL && !self->exchanging && !self->closed)
    {
      exchange (self, task, TRUE);
      return;
    }
  g_task_return_new_error_literal (task, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE,
                                   "Nothing is being rebuilt");
  g_object_unref (task);
}

gboolean
confab_mirror_is_rebuilding (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), FALSE);

  return self->rebuild != NULL;
}

/* ---- opening and closing ---- */

static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Exchange *data = task_data;

  data->file = confab_mirror_file_open (data->directory, data->self_user_id, &data->error);
  if (data->file != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, to_engine_error (data->error));
}

void
confab_mirror_open_async (const char *directory,
                          gint64 self_user_id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Exchange *data = g_new0 (Exchange, 1);

  data->directory = g_strdup (directory);
  data->self_user_id = self_user_id;
  g_task_set_source_tag (task, confab_mirror_open_async);
  g_task_set_task_data (task, data, (GDestroyNotify)exchange_free);
  confab_worker_run_task (task, open_thread);
}

ConfabMirror *
confab_mirror_open_finish (GAsyncResult *result, GError **error)
{
  Exchange *data;
  ConfabMirror *self;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  data = g_task_get_task_data (G_TASK (result));
  self = g_object_new (CONFAB_TYPE_MIRROR, NULL);
  self->directory = g_strdup (data->directory);
  self->self_user_id = data->self_user_id;
  take_file (self, data->file);
  return self;
}

static void
close_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  stop_workers (task_data);
  g_task_return_pointer (task, CONFAB_MIRROR_DONE, NULL);
}

static void
close_now (ConfabMirror *self, GTask *task)
{
  self->closed = TRUE;
  g_task_set_task_data (task, exchange_new (self), (GDestroyNotify)exchange_free);
  confab_worker_run_task (task, close_thread);
  g_object_unref (task);
}

void
confab_mirror_close_async (ConfabMirror *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CONFAB_IS_MIRROR (self));
  g_return_if_fail (self->close_task == NULL);

  task = confab_mirror_task_new (self, confab_mirror_close_async, NULL, callback, user_data);
  if (self->exchanging || self->beginning)
    self->close_task = task;
  else
    close_now (self, task);
}

gboolean
confab_mirror_close_finish (ConfabMirror *self, GAsyncResult *result, GError **error)
{
  return confab_mirror_write_finish (self, result, error);
}

/* ---- the object ---- */

ConfabMirrorOrigin
confab_mirror_get_origin (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), CONFAB_MIRROR_FRESH);

  return self->origin;
}

gint64
confab_mirror_get_self_user_id (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), 0);

  return self->self_user_id;
}

const char *
confab_mirror_get_cursor (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), NULL);

  return self->rebuild != NULL ? self->rebuild_cursor : self->cursor;
}

ConfabUserRow *
confab_mirror_get_self (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), NULL);

  return self->self_user;
}

guint
confab_mirror_get_unsent_count (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), 0);

  return self->unsent_count;
}

const GError *
confab_mirror_get_frozen (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), NULL);

  return self->frozen;
}

guint
confab_mirror_get_lost_count (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), 0);

  return self->n_lost;
}

static void
confab_mirror_finalize (GObject *object)
{
  ConfabMirror *self = CONFAB_MIRROR (object);

  /* Nothing is queued any more: every call holds a reference. */
  g_clear_pointer (&self->rebuild, confab_worker_free);
  g_clear_pointer (&self->reader, confab_worker_free);
  g_clear_pointer (&self->writer, confab_worker_free);
  g_clear_pointer (&self->unsent, confab_unsent_file_close);
  g_clear_error (&self->frozen);
  g_clear_pointer (&self->self_user, confab_user_row_free);
  g_free (self->directory);
  g_free (self->cursor);
  g_free (self->rebuild_cursor);

  G_OBJECT_CLASS (confab_mirror_parent_class)->finalize (object);
}

static void
confab_mirror_class_init (ConfabMirrorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = confab_mirror_finalize;

  signals[CHANGED] = g_signal_new ("changed", CONFAB_TYPE_MIRROR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[REBUILT] = g_signal_new ("rebuilt", CONFAB_TYPE_MIRROR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
confab_mirror_init (ConfabMirror *self)
{
  g_queue_init (&self->held);
  g_queue_init (&self->beginners);
}
