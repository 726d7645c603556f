/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-export-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "confab-export-resources.h"

/* The cancellable is checked each time SQLite has made this many steps. */
#define STEPS_PER_LOOK 100000

#define COPY_PREFIX "export-"
#define DAY_S (24 * 60 * 60)

static int
look_cb (gpointer user_data)
{
  return g_cancellable_is_cancelled (user_data);
}

static gboolean
attach (ConfabExportJob *job, GError **error)
{
  return confab_database_run (job->copy, error, "ATTACH $1 AS mirror", sql_text (job->mirror));
}

/* One transaction reads the whole mirror as of one moment, independent of concurrent writes. */
static gboolean
copy_tables (ConfabExportJob *job, GError **error)
{
  g_autoptr (GBytes) script =
      g_resource_lookup_data (confab_export_get_resource (), "/chat/confab/export/export.sql",
                              G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (script == NULL || !confab_database_exec (job->copy, "BEGIN", error))
    return FALSE;

  if (confab_database_exec (job->copy, g_bytes_get_data (script, NULL), error)
      && confab_database_commit (job->copy, error))
    return TRUE;

  confab_database_rollback (job->copy);

  return FALSE;
}

static gboolean
count (ConfabExportJob *job, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      job->copy, "SELECT (SELECT count (*) FROM conversations), (SELECT count (*) FROM messages),"
                 "       (SELECT coalesce (sum (last_seq), 0) FROM conversations)");

  if (!confab_result_next (result))
    return confab_result_end (result, error);

  job->result->n_conversations = (guint)confab_result_get_int (result, 0);
  job->result->n_messages = confab_result_get_int (result, 1);
  job->result->n_missing = confab_result_get_int (result, 2) - job->result->n_messages;
  /* Once for the JSON file, once for the pages. */
  g_atomic_int_set (&job->n_to_write, (gint)MIN (job->result->n_messages * 2, G_MAXINT));

  return TRUE;
}

/* Remove the copies of exports that were killed: no export takes a day. */
static void
remove_abandoned_copies (const char *directory)
{
  g_autoptr (GDir) entries = g_dir_open (directory, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      GStatBuf status;

      if (g_str_has_prefix (name, COPY_PREFIX) && g_lstat (path, &status) == 0
          && status.st_mtime < g_get_real_time () / G_USEC_PER_SEC - DAY_S)
        g_unlink (path);
    }
}

/* Set the path of a new empty file beside the mirror. */
static gboolean
make_file (ConfabExportJob *job, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (job->mirror);
  g_autofree char *path = g_build_filename (directory, COPY_PREFIX "XXXXXX.sqlite", NULL);
  int fd;

  remove_abandoned_copies (directory);
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path,
                   g_strerror (code));
      return FALSE;
    }
  g_close (fd, NULL);
  job->copy_path = g_steal_pointer (&path);

  return TRUE;
}

gboolean
confab_export_hand_over_copy (ConfabExportJob *job, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (job->copy_path);
  g_autoptr (GFile) target = g_file_new_build_filename (job->folder, "confab.sqlite", NULL);

  return g_file_copy (source, target, G_FILE_COPY_NONE, job->cancellable, NULL, NULL, error);
}

gboolean
confab_export_copy (ConfabExportJob *job, GError **error)
{
  gboolean copied;

  if (!g_file_test (job->mirror, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s: there is nothing", job->mirror);
      return FALSE;
    }
  if (!make_file (job, error))
    return FALSE;
  job->copy = confab_database_open (job->copy_path, CONFAB_DATABASE_WRITE, FALSE, error);
  if (job->copy == NULL || !attach (job, error))
    return FALSE;

  if (job->cancellable != NULL)
    sqlite3_progress_handler (confab_database_get_handle (job->copy), STEPS_PER_LOOK, look_cb,
                              job->cancellable);
  copied = copy_tables (job, error);
  sqlite3_progress_handler (confab_database_get_handle (job->copy), 0, NULL, NULL);
  if (g_cancellable_is_cancelled (job->cancellable))
    {
      g_clear_error (error);
      g_cancellable_set_error_if_cancelled (job->cancellable, error);
      return FALSE;
    }

  /* A single file, without a log. */
  return copied
         && confab_database_exec (job->copy, "DETACH mirror; PRAGMA journal_mode = DELETE", error)
         && count (job, error);
}

gboolean
confab_export_step (ConfabExportJob *job, GError **error)
{
  g_atomic_int_inc (&job->n_written);

  return !g_cancellable_set_error_if_cancelled (job->cancellable, error);
}

/* ---- conversations ---- */

static void
conversation_free (gpointer data)
{
  ConfabExportConversation *self = data;

  g_free (self->kind);
  g_free (self->title);
  g_free (self->name);
  g_free (self);
}

static ConfabExportConversation *
read_conversation (ConfabResult *result)
{
  ConfabExportConversation *self = g_new0 (ConfabExportConversation, 1);
  const char *members = confab_result_get_text (result, 6);

  self->id = confab_result_get_int (result, 0);
  self->kind = confab_result_dup_text (result, 1);
  self->title = confab_result_dup_text (result, 2);
  self->created_at = confab_result_get_int (result, 3);
  self->n_messages = confab_result_get_int (result, 4);
  self->n_missing = confab_result_get_int (result, 5);
  self->name = g_strdup (self->title != NULL ? self->title : members != NULL ? members : "—");

  return self;
}

GPtrArray *
confab_export_list_conversations (ConfabExportJob *job, GError **error)
{
  g_autoptr (GPtrArray) conversations = g_ptr_array_new_with_free_func (conversation_free);
  g_autoptr (ConfabResult) result = confab_database_query (
      job->copy,
      "SELECT c.id, c.kind, c.title, c.created_at, count (m.id), c.last_seq - count (m.id),"
      "       (SELECT group_concat (name, ', ') FROM"
      "         (SELECT iif (u.deleted, $2, u.username) AS name"
      "            FROM conversation_users AS k JOIN users AS u ON u.id = k.user_id"
      "           WHERE k.conversation_id = c.id AND k.left_at IS NULL AND u.id <> $1 ORDER BY "
      "name))"
      "  FROM conversations AS c LEFT JOIN messages AS m ON m.conversation_id = c.id"
      " GROUP BY c.id ORDER BY coalesce (max (m.sent_at), c.created_at) DESC",
      sql_int (job->user_id), sql_text (_("Deleted account")));

  while (confab_result_next (result))
    g_ptr_array_add (conversations, read_conversation (result));

  return confab_result_end (result, error) ? g_steal_pointer (&conversations) : NULL;
}
