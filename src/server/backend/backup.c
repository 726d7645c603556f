/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-call.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* In WAL mode, a copy in one step reads one snapshot and does not block writers. */
static gboolean
copy_pages (ConfabDatabase *source, ConfabDatabase *target, GError **error)
{
  sqlite3 *handle = confab_database_get_handle (target);
  sqlite3_backup *backup =
      sqlite3_backup_init (handle, "main", confab_database_get_handle (source), "main");
  int result = SQLITE_ERROR;

  if (backup != NULL)
    {
      result = sqlite3_backup_step (backup, -1);
      sqlite3_backup_finish (backup);
    }

  if (result == SQLITE_DONE)
    return TRUE;

  g_set_error (error, CONFAB_STORE_ERROR,
               result == SQLITE_FULL ? CONFAB_STORE_ERROR_FULL : CONFAB_STORE_ERROR_FAILED,
               "The copy failed: %s", sqlite3_errstr (result));

  return FALSE;
}

/* A restored copy goes back in time, so cursors of the original must not match its epoch. */
static gboolean
write_copy (ConfabDatabase *source, const char *path, GError **error)
{
  g_autoptr (ConfabDatabase) target =
      confab_database_open (path, CONFAB_DATABASE_WRITE, TRUE, error);

  return target != NULL && copy_pages (source, target, error)
         && confab_database_exec (target, "UPDATE clock SET epoch = lower (hex (randomblob (8)))",
                                  error)
         && confab_database_exec (target, "PRAGMA wal_checkpoint (TRUNCATE)", error);
}

/* The name appears only when the copy is complete, and never replaces a file. */
static gboolean
publish (const char *partial, const char *target, GError **error)
{
  if (link (partial, target) == 0)
    return TRUE;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", target,
               g_strerror (errno));

  return FALSE;
}

gboolean
confab_backend_backup (const char *path, const char *target, GError **error)
{
  g_autofree char *partial = g_strconcat (target, ".part", NULL);
  g_autoptr (ConfabDatabase) source = confab_backend_open_to_read (path, error);
  gboolean done;

  if (source == NULL)
    return FALSE;

  if (g_file_test (target, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST, "%s exists already", target);
      return FALSE;
    }

  g_unlink (partial);
  done = write_copy (source, partial, error) && publish (partial, target, error);
  g_unlink (partial);

  return done;
}
