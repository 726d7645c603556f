/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-database.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>

#include "confab-database-private.h"

#define BUSY_TIMEOUT_MS 5000

G_DEFINE_QUARK (confab_store_error, confab_store_error)

static ConfabStoreError
error_code_of (sqlite3 *handle, int result)
{
  /* A full disk may also appear as a failure to grow the shared memory or to create a file. */
  int system_error = handle != NULL ? sqlite3_system_errno (handle) : 0;

  switch (result & 0xff)
    {
    case SQLITE_FULL:
      return CONFAB_STORE_ERROR_FULL;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      if (system_error == ENOSPC || system_error == EDQUOT)
        return CONFAB_STORE_ERROR_FULL;
      /* SQLite opens a file that it cannot write for reading, and then cannot create the log. */
      return system_error == EROFS || system_error == EACCES
                     || (handle != NULL && sqlite3_db_readonly (handle, "main") == 1)
                 ? CONFAB_STORE_ERROR_READ_ONLY
                 : CONFAB_STORE_ERROR_FAILED;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return CONFAB_STORE_ERROR_CORRUPT;
    case SQLITE_CONSTRAINT:
      return CONFAB_STORE_ERROR_CONSTRAINT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return CONFAB_STORE_ERROR_BUSY;
    case SQLITE_INTERRUPT:
      return CONFAB_STORE_ERROR_INTERRUPTED;
    case SQLITE_READONLY:
      return CONFAB_STORE_ERROR_READ_ONLY;
    default:
      return CONFAB_STORE_ERROR_FAILED;
    }
}

gboolean
confab_database_set_error (sqlite3 *handle, int result, GError **error)
{
  g_set_error (error, CONFAB_STORE_ERROR, error_code_of (handle, result), "%s (SQLite result %d)",
               handle != NULL ? sqlite3_errmsg (handle) : sqlite3_errstr (result), result);

  return FALSE;
}

/* ---- opening and closing ---- */

/* SQLite gives -wal and -shm the mode of the database, but creates that readable by everyone. Do
 * not open and close an existing file here: that would drop the locks (fcntl) of all other
 * connections of this process. */
static gboolean
create_private_file (const char *path, GError **error)
{
  int fd = g_open (path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    return g_close (fd, error);

  if (errno == EEXIST)
    {
      /* This fails on another user's file or a read-only disk; opening it will report the
       * reason. */
      g_chmod (path, 0600);
      return TRUE;
    }

  g_set_error (error, CONFAB_STORE_ERROR,
               errno == ENOSPC || errno == EDQUOT ? CONFAB_STORE_ERROR_FULL
               : errno == EROFS                   ? CONFAB_STORE_ERROR_READ_ONLY
                                                  : CONFAB_STORE_ERROR_FAILED,
               "%s: %s", path, g_strerror (errno));

  return FALSE;
}

/* A file shorter than its header says can be read once the schema counts as writable. */
static gboolean
trust_nothing (ConfabDatabase *self, GError **error)
{
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);

  return confab_database_exec (self, "PRAGMA writable_schema = ON; PRAGMA query_only = ON;", error);
}

static gboolean
configure (ConfabDatabase *self, ConfabDatabaseMode mode, gboolean full_sync, GError **error)
{
  sqlite3_extended_result_codes (self->handle, TRUE);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);

  /* The pragmas below would already fail on the damage. */
  if (mode == CONFAB_DATABASE_READ_DAMAGED)
    return trust_nothing (self, error);

  /* Keep temporary tables in memory, because private texts must not be in /tmp. */
  if (!confab_database_exec (self,
                             "PRAGMA foreign_keys = ON;"
                             "PRAGMA secure_delete = FAST;"
                             "PRAGMA cell_size_check = ON;"
                             "PRAGMA temp_store = MEMORY;"
                             "PRAGMA cache_size = -8000;",
                             error))
    return FALSE;

  /* Reading the schema detects that a file is no database, or is damaged. */
  if (mode == CONFAB_DATABASE_READ)
    return confab_database_exec (
        self, "PRAGMA query_only = ON; SELECT count (*) FROM sqlite_schema;", error);

  /* With exclusive use there is no need for shared memory, which is a file, too. */
  if (mode == CONFAB_DATABASE_READ_FROZEN)
    {
      sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      return confab_database_exec (self,
                                   "PRAGMA query_only = ON; PRAGMA locking_mode = EXCLUSIVE;"
                                   "SELECT count (*) FROM sqlite_schema;",
                                   error);
    }

  return confab_database_exec (
             self, full_sync ? "PRAGMA synchronous = FULL;" : "PRAGMA synchronous = NORMAL;", error)
         && confab_database_exec (self,
                                  "PRAGMA journal_mode = WAL;"
                                  "PRAGMA journal_size_limit = 16777216;"
                                  "SELECT count (*) FROM sqlite_schema;",
                                  error);
}

/* @flags: in addition to SQLITE_OPEN_NOMUTEX. */
static ConfabDatabase *
open_with (const char *name, ConfabDatabaseMode mode, gboolean full_sync, int flags, GError **error)
{
  g_autoptr (ConfabDatabase) self = g_new0 (ConfabDatabase, 1);
  int result;

  self->writable = mode == CONFAB_DATABASE_WRITE;
  self->prepared = g_hash_table_new_full (NULL, NULL, NULL, confab_prepared_free);
  result = sqlite3_open_v2 (name, &self->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
  if (result != SQLITE_OK)
    {
      confab_database_set_error (self->handle, result, error);
      return NULL;
    }

  if (configure (self, mode, full_sync, error))
    return g_steal_pointer (&self);

  /* The pragmas are valid, so the file's header has an unknown format. */
  if (error != NULL && (sqlite3_errcode (self->handle) & 0xff) == SQLITE_ERROR)
    (*error)->code = CONFAB_STORE_ERROR_CORRUPT;

  return NULL;
}

/* Ignores data that is only in the log, for when the log cannot be read without writing. */
static ConfabDatabase *
open_immutable (const char *path, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *uri = g_strdup_printf ("file:%s?immutable=1", escaped);

  return open_with (uri, CONFAB_DATABASE_READ, FALSE, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                    error);
}

ConfabDatabase *
confab_database_open (const char *path, ConfabDatabaseMode mode, gboolean full_sync, GError **error)
{
  ConfabDatabase *self;

  if (mode == CONFAB_DATABASE_WRITE && !create_private_file (path, error))
    return NULL;

  self = open_with (path, mode, full_sync, SQLITE_OPEN_READWRITE,
                    mode == CONFAB_DATABASE_READ_FROZEN ? NULL : error);
  if (self == NULL && mode == CONFAB_DATABASE_READ_FROZEN)
    self = open_immutable (path, error);

  return self;
}

ConfabDatabase *
confab_database_open_memory (GError **error)
{
  return open_with (":memory:", CONFAB_DATABASE_WRITE, FALSE, SQLITE_OPEN_READWRITE, error);
}

void
confab_database_close (ConfabDatabase *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->prepared, g_hash_table_unref);

  if (self->handle != NULL)
    {
      confab_database_rollback (self);

      /* Update the planner's statistics if worthwhile; a failure is harmless. */
      if (self->writable)
        sqlite3_exec (self->handle, "PRAGMA analysis_limit = 400; PRAGMA optimize;", NULL, NULL,
                      NULL);

      if (sqlite3_close (self->handle) != SQLITE_OK)
        g_critical ("A database was closed while something of it is still open");
    }

  g_free (self);
}

sqlite3 *
confab_database_get_handle (ConfabDatabase *self)
{
  return self->handle;
}

/* ---- plain SQL and transactions ---- */

gboolean
confab_database_exec (ConfabDatabase *self, const char *sql, GError **error)
{
  int result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  return result == SQLITE_OK || confab_database_set_error (self->handle, result, error);
}

gboolean
confab_database_begin (ConfabDatabase *self, GError **error)
{
  return confab_database_exec (self, "BEGIN IMMEDIATE", error);
}

gboolean
confab_database_commit (ConfabDatabase *self, GError **error)
{
  if (confab_database_exec (self, "COMMIT", error))
    return TRUE;

  confab_database_rollback (self);

  return FALSE;
}

void
confab_database_rollback (ConfabDatabase *self)
{
  g_autoptr (GError) error = NULL;

  /* After some errors (a full disk) SQLite has rolled back already. */
  if (sqlite3_get_autocommit (self->handle))
    return;

  if (!confab_database_exec (self, "ROLLBACK", &error))
    g_warning ("Cannot roll back: %s", error->message);
}

int
confab_database_changes (ConfabDatabase *self)
{
  return sqlite3_changes (self->handle);
}
