/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "confab-disk.h"
#include "confab-mirror-rows.h"
#include "confab-mirror-salvage.h"
#include "confab-mirror-schema.h"
#include "confab-mirror-unsent.h"

static const char *const suffixes[] = { "", "-wal", "-shm" };

void
confab_mirror_file_free (ConfabMirrorFile *self)
{
  /* Close the writer last: the last connection to close merges the log into the file. */
  g_clear_pointer (&self->reader, confab_database_close);
  g_clear_pointer (&self->writer, confab_database_close);
  g_clear_pointer (&self->unsent, confab_unsent_file_close);
  g_clear_error (&self->frozen);
  g_clear_pointer (&self->self_user, confab_user_row_free);
  g_free (self->cursor);
  g_free (self);
}

/* ---- content ---- */

static gboolean
read_meta (ConfabDatabase *database, const char *key, char **value, GError **error)
{
  g_autoptr (ConfabResult) result =
      confab_database_query (database, "SELECT value FROM meta WHERE key = $1", sql_text (key));

  *value = NULL;
  if (confab_result_next (result))
    {
      *value = confab_mirror_rows_text (result, 0, error);
      return *value != NULL;
    }
  return confab_result_end (result, error);
}

static gboolean
read_self (ConfabDatabase *database, gint64 self_user_id, ConfabUserRow **row, GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query (
      database, "SELECT " CONFAB_MIRROR_USER_COLUMNS " FROM users u WHERE u.id = $1",
      sql_int (self_user_id));
  g_autoptr (GPtrArray) rows = NULL;

  rows = confab_mirror_rows_collect (result, (ConfabMirrorRowsFunc)confab_mirror_rows_user,
                                     (GDestroyNotify)confab_user_row_free, error);
  if (rows == NULL)
    return FALSE;
  *row = rows->len > 0 ? confab_user_row_copy (g_ptr_array_index (rows, 0)) : NULL;
  return TRUE;
}

gboolean
confab_mirror_file_count_unsent (ConfabDatabase *database, guint *count, GError **error)
{
  gint64 value;

  if (!confab_database_query_int (database, &value, error, "SELECT count (*) FROM outbox"))
    return FALSE;
  *count = (guint)value;
  return TRUE;
}

static gboolean
unsent_file_is_of (const char *mirror_path, gint64 user_id)
{
  g_autofree char *directory = g_path_get_dirname (mirror_path);
  g_autofree char *path = g_build_filename (directory, CONFAB_UNSENT_FILE_NAME, NULL);

  return confab_unsent_is_of (path, user_id);
}

/* Store the user id in a new file; check it in an old one. A damaged byte may have changed it: then
 * the unsent file, which has checksums, decides. */
static gboolean
claim (ConfabDatabase *database, const char *path, gint64 self_user_id, GError **error)
{
  g_autofree char *owner = NULL;

  if (!read_meta (database, "self_user_id", &owner, error))
    return FALSE;
  if (owner == NULL)
    return confab_database_run (
        database, error, "INSERT INTO meta (key, value) VALUES ('self_user_id', CAST ($1 AS TEXT))",
        sql_int (self_user_id));
  if (g_ascii_strtoll (owner, NULL, 10) == self_user_id)
    return TRUE;
  g_set_error_literal (error, CONFAB_STORE_ERROR,
                       unsent_file_is_of (path, self_user_id) ? CONFAB_STORE_ERROR_CORRUPT
                                                              : CONFAB_STORE_ERROR_FAILED,
                       "The mirror belongs to another person");
  return FALSE;
}

static gboolean
check_pages (ConfabDatabase *database, GError **error)
{
  g_autofree char *answer = NULL;

  if (!confab_database_query_text (database, &answer, error, "PRAGMA quick_check (1)"))
    return FALSE;
  if (g_strcmp0 (answer, "ok") == 0)
    return TRUE;
  g_set_error_literal (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CORRUPT,
                       "The mirror is damaged");
  return FALSE;
}

/* ---- opening ---- */

static gboolean
make_directory (const char *directory, GError **error)
{
  if (g_mkdir_with_parents (directory, 0700) != 0)
    return confab_disk_fail (directory, error);
  /* A folder whose mode cannot be changed can still be read. */
  if (g_chmod (directory, 0700) != 0)
    g_message ("%s: %s", directory, g_strerror (errno));
  return TRUE;
}

static ConfabDatabase *
open_writer (const char *path, gint64 self_user_id, GError **error)
{
  g_autoptr (ConfabDatabase) database =
      confab_database_open (path, CONFAB_DATABASE_WRITE, FALSE, error);

  if (database == NULL || !confab_mirror_schema_prepare (database, error)
      || !claim (database, path, self_user_id, error))
    return NULL;
  return g_steal_pointer (&database);
}

static gboolean
open_unsent (ConfabMirrorFile *self, const char *directory, gint64 self_user_id, GError **error)
{
  g_autofree char *path = g_build_filename (directory, CONFAB_UNSENT_FILE_NAME, NULL);
  g_autoptr (GBytes) data = NULL;

  self->unsent = confab_unsent_file_open (path, &data, error);
  return self->unsent != NULL
         && confab_unsent_merge (self->unsent, data, self->writer, self_user_id,
                                 self->origin == CONFAB_MIRROR_OPENED, &self->n_lost, error);
}

/* Read from @database the values that the mirror keeps in memory. */
static gboolean
read_state (ConfabMirrorFile *self, ConfabDatabase *database, gint64 self_user_id, GError **error)
{
  g_autofree char *mended_by = NULL;

  if (!read_meta (database, "mended_by", &mended_by, error))
    return FALSE;
  self->outdated = mended_by != NULL && !g_str_equal (mended_by, CONFAB_VERSION);
  return read_meta (database, "cursor", &self->cursor, error)
         && read_self (database, self_user_id, &self->self_user, error)
         && confab_mirror_file_count_unsent (database, &self->unsent_count, error);
}

/* @frozen: the reason why nothing can be written; taken over. */
static ConfabMirrorFile *
open_frozen (const char *directory, gint64 self_user_id, GError *frozen, GError **error)
{
  g_autoptr (ConfabMirrorFile) self = g_new0 (ConfabMirrorFile, 1);
  g_autofree char *path = g_build_filename (directory, "mirror.db", NULL);
  g_autofree char *owner = NULL;

  self->frozen = frozen;
  self->origin = CONFAB_MIRROR_OPENED;
  self->reader = confab_database_open (path, CONFAB_DATABASE_READ_FROZEN, FALSE, error);
  if (self->reader == NULL || !read_meta (self->reader, "self_user_id", &owner, error)
      || !read_state (self, self->reader, self_user_id, error))
    return NULL;
  if (owner != NULL && g_ascii_strtoll (owner, NULL, 10) == self_user_id)
    return g_steal_pointer (&self);
  g_propagate_error (error, g_error_copy (frozen));
  return NULL;
}

/* @made_anew: whether the file at @path was just made from a damaged one, and is known to be
 * intact. */
static ConfabMirrorFile *
try_open (const char *directory, gint64 self_user_id, gboolean made_anew, GError **error)
{
  g_autoptr (ConfabMirrorFile) self = g_new0 (ConfabMirrorFile, 1);
  g_autofree char *path = g_build_filename (directory, "mirror.db", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  /* The last program to close the file deletes its log, so an existing log indicates a crash. */
  gboolean unclean = g_file_test (wal, G_FILE_TEST_EXISTS);

  self->origin = made_anew                                ? CONFAB_MIRROR_REBUILT
                 : g_file_test (path, G_FILE_TEST_EXISTS) ? CONFAB_MIRROR_OPENED
                                                          : CONFAB_MIRROR_FRESH;
  self->writer = open_writer (path, self_user_id, error);
  if (self->writer == NULL || (unclean && !check_pages (self->writer, error))
      || !open_unsent (self, directory, self_user_id, error))
    return NULL;
  self->reader = confab_database_open (path, CONFAB_DATABASE_READ, FALSE, error);
  if (self->reader == NULL || !read_state (self, self->writer, self_user_id, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- rebuilding ---- */

void
confab_mirror_file_remove_rebuild (const char *directory)
{
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat ("mirror.db.new", suffixes[i], NULL);
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_unlink (path);
    }
}

ConfabDatabase *
confab_mirror_file_begin_rebuild (const char *directory, gint64 self_user_id, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "mirror.db.new", NULL);

  confab_mirror_file_remove_rebuild (directory);
  return open_writer (path, self_user_id, error);
}

gboolean
confab_mirror_file_end_rebuild (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "mirror.db", NULL);
  g_autofree char *new_path = g_build_filename (directory, "mirror.db.new", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *new_wal = g_strconcat (new_path, "-wal", NULL);
  g_autoptr (ConfabDatabase) database =
      confab_database_open (new_path, CONFAB_DATABASE_WRITE, TRUE, error);

  if (database == NULL || !confab_mirror_carry_over (path, database, error))
    return FALSE;
  g_clear_pointer (&database, confab_database_close);

  /* Both files are complete without a log. An old log would be taken for the other file's. */
  if (g_file_test (wal, G_FILE_TEST_EXISTS) || g_file_test (new_wal, G_FILE_TEST_EXISTS))
    {
      g_set_error_literal (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED,
                           "The mirror's log could not be put away");
      return FALSE;
    }
  if (g_rename (new_path, path) != 0)
    return confab_disk_fail (new_path, error);
  return confab_disk_sync_directory (directory, error);
}

/* ---- replacing a damaged file ---- */

/* Rename the file and its log to the first free name. */
static gboolean
set_aside (const char *path, GError **error)
{
  g_autofree char *aside = confab_disk_name_aside (path);

  /* Rename the database last: as long as it exists, this can be repeated. */
  for (gsize i = G_N_ELEMENTS (suffixes); i-- > 0;)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        return confab_disk_fail (from, error);
    }
  return TRUE;
}

/* Before the damaged file is moved, the salvaged rows are on the disk in a complete file. */
static gboolean
salvage (const char *directory, const char *path, gint64 self_user_id, GError **error)
{
  g_autoptr (ConfabDatabase) database =
      confab_mirror_file_begin_rebuild (directory, self_user_id, error);

  if (database == NULL || !confab_database_exec (database, "PRAGMA synchronous = FULL", error)
      || !confab_database_begin (database, error))
    return FALSE;
  if (confab_mirror_salvage (path, database, error) && confab_database_commit (database, error))
    return TRUE;
  confab_database_rollback (database);
  return FALSE;
}

ConfabMirrorFile *
confab_mirror_file_replace (const char *directory, gint64 self_user_id, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "mirror.db", NULL);
  g_autofree char *new_path = g_build_filename (directory, "mirror.db.new", NULL);

  if (!salvage (directory, path, self_user_id, error) || !set_aside (path, error))
    return NULL;
  if (g_rename (new_path, path) != 0)
    {
      confab_disk_fail (new_path, error);
      return NULL;
    }
  if (!confab_disk_sync_directory (directory, error))
    return NULL;
  return try_open (directory, self_user_id, TRUE, error);
}

/* ---- opening with recovery ---- */

/* A crash may have interrupted a replacement between its two renames; then the new file is
 * complete. Otherwise an existing new file is an unfinished rebuild. Return whether a replacement
 * was finished. */
static gboolean
finish_replacing (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "mirror.db", NULL);
  g_autofree char *new_path = g_build_filename (directory, "mirror.db.new", NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && g_rename (new_path, path) == 0)
    return TRUE;
  confab_mirror_file_remove_rebuild (directory);
  return FALSE;
}

/* Nothing in the folder may be written before it is locked. */
static ConfabMirrorFile *
lock_and_open (const char *directory, gint64 self_user_id, ConfabFolderLock **lock, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "mirror.db", NULL);

  if (*lock == NULL)
    *lock = confab_folder_lock_take (directory, error);
  if (*lock == NULL || !confab_disk_clear_way (path, error))
    return NULL;
  return try_open (directory, self_user_id, finish_replacing (directory), error);
}

ConfabMirrorFile *
confab_mirror_file_open (const char *directory,
                         gint64 self_user_id,
                         ConfabFolderLock **lock,
                         GError **error)
{
  g_autoptr (GError) failure = NULL;
  ConfabMirrorFile *self;

  if (!make_directory (directory, error))
    return NULL;
  self = lock_and_open (directory, self_user_id, lock, &failure);
  if (self != NULL)
    return self;
  if (g_error_matches (failure, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CORRUPT))
    {
      g_message ("The mirror in %s is damaged and is made anew: %s", directory, failure->message);
      return confab_mirror_file_replace (directory, self_user_id, error);
    }
  if (g_error_matches (failure, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FULL)
      || g_error_matches (failure, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_READ_ONLY))
    {
      self = open_frozen (directory, self_user_id, g_error_copy (failure), NULL);
      if (self != NULL)
        return self;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
