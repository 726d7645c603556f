/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The embedded backend: one SQLite database. */

#pragma once

#include "confab-backend.h"

G_BEGIN_DECLS

/* Opens (and, the writer, creates and migrates) the database file @path. Blocking; (transfer
 * full). */
ConfabBackendWriter *confab_sqlite_writer_new (const char *path, GError **error);
ConfabBackendReader *confab_sqlite_reader_new (const char *path, GError **error);

/* An online copy to @target, consistent while others write; the copy has an epoch of its own. */
gboolean confab_sqlite_backup (const char *path, const char *target, GError **error);

/* Integrity and invariants; each finding is a line. Returns: (transfer full) (element-type
 * utf8): empty if all is well */
GPtrArray *confab_sqlite_check (const char *path, GError **error);

/* Everyone but the deleted, by username, with address and role: for whoever runs the server. */
typedef void (*ConfabSqliteUserFunc) (const ConfabUserRow *user,
                                      const char *rolename,
                                      const char *state,
                                      gpointer user_data);
gboolean confab_sqlite_list_users (const char *path,
                                   ConfabSqliteUserFunc func,
                                   gpointer user_data,
                                   GError **error);

typedef void (*ConfabSqliteRoleFunc) (const ConfabRoleRow *role, gpointer user_data);
gboolean confab_sqlite_list_roles (const char *path,
                                   ConfabSqliteRoleFunc func,
                                   gpointer user_data,
                                   GError **error);

G_END_DECLS
