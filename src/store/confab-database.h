/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A connection to an SQLite database: pragmas, numbered migrations, cached statements,
 * transactions. Used by one thread at a time. Errors are in CONFAB_STORE_ERROR. */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define CONFAB_STORE_ERROR (confab_store_error_quark ())
GQuark confab_store_error_quark (void);

typedef enum
{
  CONFAB_STORE_ERROR_FAILED,     /* anything else; the message is SQLite's */
  CONFAB_STORE_ERROR_FULL,       /* the disk is full */
  CONFAB_STORE_ERROR_CORRUPT,    /* not a database, or a damaged one */
  CONFAB_STORE_ERROR_NEWER,      /* written by a newer version; never changed */
  CONFAB_STORE_ERROR_CONSTRAINT, /* UNIQUE, FOREIGN KEY, CHECK, NOT NULL */
  CONFAB_STORE_ERROR_BUSY,
  CONFAB_STORE_ERROR_INTERRUPTED,
  CONFAB_STORE_ERROR_READ_ONLY,
} ConfabStoreError;

typedef enum
{
  CONFAB_DATABASE_WRITE, /* creates the file (0600) if it is missing */
  CONFAB_DATABASE_READ,  /* query_only */
  /* query_only, on a full or read-only disk. No one else may have the file open. */
  CONFAB_DATABASE_READ_FROZEN,
  /* query_only, to read as much as possible: SQLite's checks of the whole file are off, and the
   * file is not changed */
  CONFAB_DATABASE_READ_DAMAGED,
} ConfabDatabaseMode;

typedef struct _ConfabDatabase ConfabDatabase;

/**
 * confab_database_open:
 * @path: the file; its directory must exist
 * @full_sync: synchronous=FULL (a commit survives a power cut) instead of NORMAL
 *
 * WAL, foreign_keys=ON, busy_timeout 5 s, secure_delete=FAST, an 8 MB page cache; checks that
 * the file is a database.
 */
ConfabDatabase *confab_database_open (const char *path,
                                      ConfabDatabaseMode mode,
                                      gboolean full_sync,
                                      GError **error);
/* Open a database in memory, which is lost when closed. */
ConfabDatabase *confab_database_open_memory (GError **error);
void confab_database_close (ConfabDatabase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabDatabase, confab_database_close)

sqlite3 *confab_database_get_handle (ConfabDatabase *self);

/* Run the numbered scripts `NNN-*.sql` found under @resource_path that are above the file's
 * user_version, each in its own transaction. A file above the newest script is ERROR_NEWER. */
gboolean confab_database_migrate (ConfabDatabase *self, const char *resource_path, GError **error);

/* For connections that read: FALSE with ERROR_NEWER if the file is above the newest script under
 * @resource_path. */
gboolean confab_database_check_version (ConfabDatabase *self,
                                        const char *resource_path,
                                        GError **error);

/* Run SQL without parameters (pragmas, transactions). */
gboolean confab_database_exec (ConfabDatabase *self, const char *sql, GError **error);

gboolean confab_database_begin (ConfabDatabase *self, GError **error); /* BEGIN IMMEDIATE */
gboolean confab_database_commit (ConfabDatabase *self, GError **error);
void confab_database_rollback (ConfabDatabase *self);

/* Return how many rows the last statement changed. */
int confab_database_changes (ConfabDatabase *self);

G_END_DECLS
