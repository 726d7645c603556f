/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Opens, closes and replaces the mirror's file: a damaged one by what can be salvaged, an old one
 * by a rebuilt one. */

#include "confab-mirror-object.h"

#include "confab-engine-error.h"

/* ---- replacing the file ---- */

/* The work of the thread, from taking the workers to returning new ones. */
typedef struct
{
  char *directory;
  gint64 self_user_id;
  ConfabWorker *writer;
  ConfabWorker *reader;
  ConfabWorker *rebuild;
  ConfabUnsentFile *unsent;
  ConfabFolderLock *lock; /* (nullable) */
  gboolean rebuilt;       /* replace it with mirror.db.new; else the file is damaged */
  GTask *task;            /* (nullable): the caller's */

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
  data->lock = g_steal_pointer (&self->lock);
  return data;
}

static void
exchange_free (Exchange *data)
{
  g_free (data->directory);
  g_clear_pointer (&data->file, confab_mirror_file_free);
  g_clear_pointer (&data->lock, confab_folder_lock_free);
  g_clear_error (&data->error);
  g_clear_object (&data->task);
  g_free (data);
}

/* Let the workers finish their queues. Close the writer last: the last connection to close merges
 * the log into the file. */
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
    data->file =
        confab_mirror_file_open (data->directory, data->self_user_id, &data->lock, &data->error);
  else /* the present file is unchanged and stays in use */
    data->file = confab_mirror_file_open (data->directory, data->self_user_id, &data->lock, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
take_file (ConfabMirror *self, ConfabMirrorFile *file)
{
  if (file->writer != NULL)
    self->writer = confab_worker_new ("confab-mirror-writer", g_steal_pointer (&file->writer));
  g_clear_error (&self->frozen);
  if (file->frozen != NULL)
    self->frozen = confab_mirror_to_engine_error (file->frozen);
  self->reader = confab_worker_new ("confab-mirror-reader", g_steal_pointer (&file->reader));
  self->unsent = g_steal_pointer (&file->unsent);
  self->generation++;
  self->origin = file->origin;
  self->n_lost += file->n_lost;
  self->unsent_count = file->unsent_count;
  g_set_str (&self->cursor, file->cursor);
  self->outdated = file->outdated;
  if (file->self_user != NULL)
    {
      g_clear_pointer (&self->self_user, confab_user_row_free);
      self->self_user = g_steal_pointer (&file->self_user);
    }
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
  g_autoptr (GError) error = NULL;
  gboolean opened = data->file != NULL;

  if (opened && data->file->frozen != NULL && data->error == NULL)
    data->error = g_error_copy (data->file->frozen);
  self->exchanging = FALSE;
  self->lock = g_steal_pointer (&data->lock);
  g_clear_pointer (&self->rebuild_cursor, g_free);
  if (opened)
    take_file (self, data->file);
  confab_mirror_release_held (self, opened && data->file->frozen == NULL ? NULL : data->error);
  if (opened && data->error == NULL)
    confab_mirror_announce_everything (self);
  if (data->error != NULL)
    error = confab_mirror_to_engine_error (data->error);
  if (data->task != NULL && error == NULL)
    g_task_return_pointer (data->task, CONFAB_MIRROR_DONE, NULL);
  else if (data->task != NULL)
    g_task_return_error (data->task, g_error_copy (error));
  answer_beginners (self, error);
  if (self->close_task != NULL)
    close_now (self, g_steal_pointer (&self->close_task));
}

/* @rebuilt: whether to replace the file with the rebuilt one; otherwise it is damaged (or could not
 * be opened last time). */
void
confab_mirror_exchange (ConfabMirror *self, GTask *caller, gboolean rebuilt)
{
  Exchange *data = exchange_new (self);
  g_autoptr (GTask) task = g_task_new (self, NULL, exchanged_cb, NULL);

  data->rebuilt = rebuilt;
  data->task = caller;
  self->exchanging = TRUE;
  g_task_set_source_tag (task, confab_mirror_exchange);
  g_task_set_task_data (task, data, (GDestroyNotify)exchange_free);
  if (self->beginning)
    self->exchange_task = g_steal_pointer (&task);
  else
    confab_worker_run_task (task, exchange_thread);
}

/* ---- rebuilding ---- */

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
    error = confab_mirror_to_engine_error (data->error);
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
  /* An abandoned attempt may be creating or replacing the file: two threads must not write to
   * it. */
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
      confab_mirror_exchange (self, task, TRUE);
      return;
    }
  g_task_return_new_error_literal (task, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_STORAGE,
                                   "Nothing is being rebuilt");
  g_object_unref (task);
}

gboolean
confab_mirror_is_outdated (ConfabMirror *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR (self), FALSE);

  return self->outdated && self->rebuild == NULL;
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

  data->file =
      confab_mirror_file_open (data->directory, data->self_user_id, &data->lock, &data->error);
  if (data->file != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, confab_mirror_to_engine_error (data->error));
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
  self->lock = g_steal_pointer (&data->lock);
  take_file (self, data->file);
  return self;
}

static void
close_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Exchange *data = task_data;

  stop_workers (data);
  /* Before the caller, who may open the account again. */
  g_clear_pointer (&data->lock, confab_folder_lock_free);
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
