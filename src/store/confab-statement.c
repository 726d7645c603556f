/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-database-private.h"

struct _ConfabStatement
{
  sqlite3_stmt *handle;
  int bind_result; /* the first failure to bind, told by the next step */
  gboolean taken;
};

void
confab_statement_free (gpointer data)
{
  ConfabStatement *self = data;

  sqlite3_finalize (self->handle);
  g_free (self);
}

ConfabStatement *
confab_database_prepare (ConfabDatabase *self, const char *sql, GError **error)
{
  ConfabStatement *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL)
    {
      sqlite3_stmt *handle = NULL;
      int result =
          sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);

      if (result != SQLITE_OK)
        {
          confab_database_set_error (self->handle, result, error);
          return NULL;
        }

      statement = g_new0 (ConfabStatement, 1);
      statement->handle = handle;
      g_hash_table_insert (self->statements, (gpointer)sql, statement);
    }
  else if (statement->taken)
    {
      g_critical ("A statement is already in use: %s", sql);
      g_set_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED,
                   "A statement is already in use: %s", sql);
      return NULL;
    }

  sqlite3_clear_bindings (statement->handle);
  statement->bind_result = SQLITE_OK;
  statement->taken = TRUE;

  return statement;
}

static void
note_bind (ConfabStatement *self, int result)
{
  self->taken = TRUE;
  if (self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

void
confab_statement_bind_int (ConfabStatement *self, int index, gint64 value)
{
  note_bind (self, sqlite3_bind_int64 (self->handle, index, value));
}

void
confab_statement_bind_id (ConfabStatement *self, int index, gint64 value)
{
  if (value == 0)
    note_bind (self, sqlite3_bind_null (self->handle, index));
  else
    confab_statement_bind_int (self, index, value);
}

void
confab_statement_bind_string (ConfabStatement *self, int index, const char *value)
{
  note_bind (self, sqlite3_bind_text (self->handle, index, value, -1, SQLITE_TRANSIENT));
}

void
confab_statement_bind_bytes (ConfabStatement *self, int index, gconstpointer data, gsize length)
{
  /* No bytes are a value of their own; SQLite would take a NULL pointer for NULL. */
  note_bind (self, sqlite3_bind_blob64 (self->handle, index, length > 0 ? data : "", length,
                                        SQLITE_TRANSIENT));
}

gboolean
confab_statement_step (ConfabStatement *self, GError **error)
{
  int result = self->bind_result;

  self->taken = TRUE;

  if (result == SQLITE_OK)
    result = sqlite3_step (self->handle);

  if (result == SQLITE_ROW)
    return TRUE;

  if (result != SQLITE_DONE)
    confab_database_set_error (sqlite3_db_handle (self->handle), result, error);

  confab_statement_reset (self);

  return FALSE;
}

gboolean
confab_statement_run (ConfabStatement *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (confab_statement_step (self, &local_error))
    ;

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

void
confab_statement_reset (ConfabStatement *self)
{
  sqlite3_reset (self->handle);
  self->bind_result = SQLITE_OK;
  self->taken = FALSE;
}

gint64
confab_statement_get_int (ConfabStatement *self, int column)
{
  return sqlite3_column_int64 (self->handle, column);
}

const char *
confab_statement_get_string (ConfabStatement *self, int column)
{
  return (const char *)sqlite3_column_text (self->handle, column);
}

char *
confab_statement_dup_string (ConfabStatement *self, int column)
{
  return g_strdup (confab_statement_get_string (self, column));
}

GBytes *
confab_statement_dup_bytes (ConfabStatement *self, int column)
{
  gconstpointer data = sqlite3_column_blob (self->handle, column);

  return g_bytes_new (data, sqlite3_column_bytes (self->handle, column));
}
