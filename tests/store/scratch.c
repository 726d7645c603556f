/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scratch.h"

#include <glib/gstdio.h>

void
scratch_set_up (Scratch *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("confab-store-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "test.db", NULL);
}

void
scratch_tear_down (Scratch *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }

  g_assert_no_errno (g_rmdir (self->folder));
  g_free (self->folder);
  g_free (self->path);
}

ConfabDatabase *
scratch_open (Scratch *self, const char *resource_path)
{
  g_autoptr (GError) error = NULL;
  ConfabDatabase *database =
      confab_database_open (self->path, CONFAB_DATABASE_WRITE, FALSE, &error);

  g_assert_no_error (error);
  if (resource_path != NULL)
    {
      confab_database_migrate (database, resource_path, &error);
      g_assert_no_error (error);
    }

  return database;
}

gint64
query_int (ConfabDatabase *database, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 value;

  g_assert_cmpint (
      sqlite3_prepare_v2 (confab_database_get_handle (database), sql, -1, &statement, NULL), ==,
      SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return value;
}
