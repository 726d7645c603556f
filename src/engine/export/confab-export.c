/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-export"
#define _GNU_SOURCE /* F_OFD_SETLK */

#include "confab-export-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>

#include "confab-account-private.h"
#include "confab-client-private.h"
#include "confab-engine-error.h"
#include "confab-worker.h"

#define PROGRESS_MS 100
#define PART_SUFFIX ".part"
#define MAX_NAMES 100 /* the maximum of exports of one account in one folder */

typedef struct
{
  ConfabExportJob job;
  ConfabExportProgress progress;
  gpointer progress_data;
  guint timer;
} Export;

void
confab_export_free (ConfabExport *self)
{
  g_free (self->folder);
  g_free (self);
}

static void
export_free (gpointer data)
{
  Export *self = data;
  ConfabExportJob *job = &self->job;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_free (job->mirror);
  g_free (job->parent);
  g_free (job->name);
  g_free (job->folder);
  g_free (job->copy_path);
  g_free (job->server);
  g_free (job->username);
  g_clear_pointer (&job->result, confab_export_free);
  g_clear_object (&job->cancellable);
  g_free (self);
}

/* ---- folders ---- */

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static gboolean
set_errno (GError **error, const char *path)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));

  return FALSE;
}

#define LOCK ".lock" /* in an unfinished folder; locked by the process that writes it */

/* An export in progress holds the lock. Return the lock, which the caller closes, or -1 if another
 * export has it. The lock belongs to the open file, as with flock(), which the folders that a
 * sandbox gets from the document portal do not have. */
static int
lock_folder (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, LOCK, NULL);
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd >= 0 && fcntl (fd, F_OFD_SETLK, &whole) != 0)
    {
      g_close (fd, NULL);
      fd = -1;
    }
  return fd;
}

/* Remove the folders of exports that were killed. */
static void
remove_abandoned (ConfabExportJob *job)
{
  g_autoptr (GDir) parent = g_dir_open (job->parent, 0, NULL);
  const char *name;

  while (parent != NULL && (name = g_dir_read_name (parent)) != NULL)
    {
      g_autofree char *folder = NULL;
      g_autofree char *lock = NULL;
      int fd;

      if (!g_str_has_prefix (name, "Confab ") || !g_str_has_suffix (name, PART_SUFFIX))
        continue;
      folder = g_build_filename (job->parent, name, NULL);
      lock = g_build_filename (folder, LOCK, NULL);
      /* Only an export's folder has one. */
      if (g_file_test (folder, G_FILE_TEST_IS_SYMLINK) || !g_file_test (lock, G_FILE_TEST_EXISTS))
        continue;
      fd = lock_folder (folder);
      if (fd < 0)
        continue;
      remove_tree (folder);
      g_close (fd, NULL);
    }
}

/* The folder's name shows that it is unfinished. */
static gboolean
make_folder (ConfabExportJob *job, GError **error)
{
  g_autofree char *name = g_strconcat (job->name, ".XXXXXX" PART_SUFFIX, NULL);
  g_autofree char *path = g_build_filename (job->parent, name, NULL);

  remove_abandoned (job);
  if (g_mkdtemp_full (path, 0700) == NULL)
    return set_errno (error, job->parent);

  job->folder = g_steal_pointer (&path);
  job->lock = lock_folder (job->folder);

  return job->lock >= 0 || set_errno (error, job->folder);
}

/* Unlock only after renaming, or another export would take the folder for abandoned. */
static void
unlock_folder (ConfabExportJob *job)
{
  g_autofree char *path = g_build_filename (job->folder, LOCK, NULL);

  g_unlink (path);
  g_close (job->lock, NULL);
  job->lock = -1;
}

/* Rename the finished folder to its final name, or the next unused one. */
static gboolean
name_folder (ConfabExportJob *job, GError **error)
{
  for (guint i = 1; i <= MAX_NAMES; i++)
    {
      g_autofree char *name =
          i == 1 ? g_strdup (job->name) : g_strdup_printf ("%s (%u)", job->name, i);
      g_autofree char *path = g_build_filename (job->parent, name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      if (g_rename (job->folder, path) != 0)
        return set_errno (error, path);

      g_set_str (&job->folder, path);
      unlock_folder (job);
      return TRUE;
    }

  errno = EEXIST;

  return set_errno (error, job->parent);
}

/* Make a name that is valid on every file system, and distinct for accounts and times. */
static char *
make_name (ConfabAccount *account, gint64 now)
{
  g_autoptr (GUri) uri = g_uri_parse (confab_account_get_server (account), G_URI_FLAGS_NONE, NULL);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (now * 1000);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *day = g_date_time_format (local, "%Y-%m-%d");

  return g_strdup_printf ("Confab %s at %s %s", confab_account_get_username (account),
                          uri != NULL ? g_uri_get_host (uri) : "server", day);
}

/* ---- exporting ---- */

static gboolean
make_everything (ConfabExportJob *job, GError **error)
{
  gboolean made = confab_export_copy (job, error) && confab_export_json (job, error)
                  && confab_export_pages (job, error);

  g_clear_pointer (&job->copy, confab_database_close);
  made = made && confab_export_hand_over_copy (job, error);
  if (job->copy_path != NULL)
    g_unlink (job->copy_path);

  return made;
}

static GError *
map_error (GError *error)
{
  g_autoptr (GError) owned = error;
  ConfabEngineError code = CONFAB_ENGINE_ERROR_STORAGE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&owned);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE)
      || g_error_matches (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FULL))
    code = CONFAB_ENGINE_ERROR_DISK_FULL;

  return g_error_new_literal (CONFAB_ENGINE_ERROR, code, error->message);
}

static void
export_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Export *self = task_data;
  ConfabExportJob *job = &self->job;
  GError *error = NULL;

  if (make_folder (job, &error) && make_everything (job, &error) && name_folder (job, &error))
    {
      job->result->folder = g_strdup (job->folder);
      g_task_return_pointer (task, g_steal_pointer (&job->result),
                             (GDestroyNotify)confab_export_free);
      return;
    }

  if (job->folder != NULL)
    remove_tree (job->folder);
  if (job->lock >= 0)
    g_close (job->lock, NULL);
  g_task_return_error (task, map_error (error));
}

/* ---- progress ---- */

static gboolean
progress_cb (gpointer user_data)
{
  Export *self = user_data;
  int n_to_write = g_atomic_int_get (&self->job.n_to_write);

  if (n_to_write > 0)
    self->progress (MIN (1, g_atomic_int_get (&self->job.n_written) / (double)n_to_write),
                    self->progress_data);

  return G_SOURCE_CONTINUE;
}

static void
done_cb (GTask *task)
{
  Export *self = g_task_get_task_data (task);

  if (g_task_get_completed (task))
    g_clear_handle_id (&self->timer, g_source_remove);
}

void
confab_export_async (ConfabAccountStore *store,
                     ConfabAccount *account,
                     const char *parent,
                     ConfabExportProgress progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *directory = NULL;
  Export *self;

  g_return_if_fail (CONFAB_IS_ACCOUNT_STORE (store));
  g_return_if_fail (CONFAB_IS_ACCOUNT (account));
  g_return_if_fail (parent != NULL);

  self = g_new0 (Export, 1);
  directory = confab_account_store_get_directory (store, account);
  self->job.now = confab_environment_now (confab_account_store_get_environment (store));
  self->job.mirror = g_build_filename (directory, "mirror.db", NULL);
  self->job.parent = g_strdup (parent);
  self->job.name = make_name (account, self->job.now);
  self->job.server = g_strdup (confab_account_get_server (account));
  self->job.username = g_strdup (confab_account_get_username (account));
  self->job.user_id = confab_account_get_user_id (account);
  self->job.lock = -1;
  self->job.result = g_new0 (ConfabExport, 1);
  self->job.cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->progress = progress;
  self->progress_data = progress_data;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_export_async);
  g_task_set_check_cancellable (task, FALSE); /* report the last state, or it would not be shown */
  g_task_set_task_data (task, self, export_free);
  if (progress != NULL)
    {
      self->timer = g_timeout_add (PROGRESS_MS, progress_cb, self);
      g_signal_connect (task, "notify::completed", G_CALLBACK (done_cb), NULL);
    }
  confab_worker_run_task (task, export_thread);
}

ConfabExport *
confab_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
