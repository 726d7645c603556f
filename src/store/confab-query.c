/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-query.h"

#include <stdlib.h>

#include "confab-database-private.h"

/* A prepared statement. Most are kept with the connection. */
typedef struct
{
  sqlite3_stmt *handle;
  int *indexes; /* SQLite's index of the parameter $1, $2, … */
  guint n_parameters;
  gboolean kept;
  gboolean in_use;
} Prepared;

struct _ConfabResult
{
  Prepared *prepared; /* (nullable): NULL after the end */
  GError *error;
};

/* ---- prepared statements ---- */

void
confab_prepared_free (gpointer data)
{
  Prepared *self = data;

  sqlite3_finalize (self->handle);
  g_free (self->indexes);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Prepared, confab_prepared_free)

/* A bug in the caller: log it and fail. */
static gboolean
refuse (const char *sql, const char *reason, GError **error)
{
  g_critical ("%s: %s", reason, sql);
  g_set_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED, "%s: %s", reason, sql);

  return FALSE;
}

/* SQLite takes $1 for a name and numbers parameters by their first occurrence, which may be another
 * order. */
static gboolean
map_parameters (Prepared *self, const char *sql, GError **error)
{
  self->n_parameters = sqlite3_bind_parameter_count (self->handle);
  self->indexes = g_new0 (int, self->n_parameters);

  for (guint i = 1; i <= self->n_parameters; i++)
    {
      const char *name = sqlite3_bind_parameter_name (self->handle, i);
      int number = name != NULL && name[0] == '$' ? atoi (name + 1) : 0;

      if (number < 1 || number > (int)self->n_parameters)
        return refuse (sql, "Parameters are $1, $2, … without a gap", error);
      self->indexes[number - 1] = i;
    }

  return TRUE;
}

/* Returns: (transfer full) */
static Prepared *
prepare (ConfabDatabase *database, const char *sql, GError **error)
{
  g_autoptr (Prepared) self = g_new0 (Prepared, 1);
  int result = sqlite3_prepare_v3 (database->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                   &self->handle, NULL);

  if (result != SQLITE_OK)
    {
      confab_database_set_error (database->handle, result, error);
      return NULL;
    }

  return map_parameters (self, sql, error) ? g_steal_pointer (&self) : NULL;
}

/* Return a statement for give_back(), or NULL with an error. While it is in use, the same SQL gets
 * another one that is not kept. */
static Prepared *
take (ConfabDatabase *database, const char *sql, GError **error)
{
  Prepared *self = g_hash_table_lookup (database->prepared, sql);

  if (self == NULL || self->in_use)
    {
      gboolean keep = self == NULL;

      self = prepare (database, sql, error);
      if (self == NULL)
        return NULL;
      self->kept = keep;
      if (keep)
        g_hash_table_insert (database->prepared, (gpointer)sql, self);
    }

  self->in_use = TRUE;

  return self;
}

/* Clear the bound values, which may be secrets. */
static void
give_back (Prepared *self)
{
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->in_use = FALSE;

  if (!self->kept)
    confab_prepared_free (self);
}

/* ---- values ---- */

static int
bind (Prepared *self, int index, const ConfabValue *value)
{
  if (value->is_null)
    return sqlite3_bind_null (self->handle, index);

  switch (value->type)
    {
    case CONFAB_VALUE_INT:
      return sqlite3_bind_int64 (self->handle, index, value->number);
    case CONFAB_VALUE_TEXT:
      return sqlite3_bind_text (self->handle, index, value->text, -1, SQLITE_TRANSIENT);
    case CONFAB_VALUE_BYTES:
      /* Empty bytes are not NULL, but SQLite would take a NULL pointer for it. */
      return sqlite3_bind_blob64 (self->handle, index, value->length > 0 ? value->bytes : "",
                                  value->length, SQLITE_TRANSIENT);
    case CONFAB_VALUE_END:
    default:
      g_return_val_if_reached (SQLITE_MISUSE);
    }
}

static gboolean
bind_all (Prepared *self, const char *sql, const ConfabValue *values, GError **error)
{
  guint n_values = 0;

  while (values[n_values].type != CONFAB_VALUE_END)
    n_values++;

  if (n_values != self->n_parameters)
    return refuse (sql, "Not one value for each parameter", error);

  for (guint i = 0; i < n_values; i++)
    {
      int result = bind (self, self->indexes[i], &values[i]);

      if (result != SQLITE_OK) /* too long, or no memory */
        return confab_database_set_error (sqlite3_db_handle (self->handle), result, error);
    }

  return TRUE;
}

/* ---- results ---- */

ConfabResult *
confab_database_query_values (ConfabDatabase *self, const char *sql, const ConfabValue *values)
{
  ConfabResult *result = g_new0 (ConfabResult, 1);

  result->prepared = take (self, sql, &result->error);
  if (result->prepared != NULL && !bind_all (result->prepared, sql, values, &result->error))
    g_clear_pointer (&result->prepared, give_back);

  return result;
}

gboolean
confab_result_next (ConfabResult *self)
{
  sqlite3_stmt *handle;
  int result;

  if (self->prepared == NULL)
    return FALSE;

  handle = self->prepared->handle;
  result = sqlite3_step (handle);
  if (result == SQLITE_ROW)
    return TRUE;

  if (result != SQLITE_DONE)
    confab_database_set_error (sqlite3_db_handle (handle), result, &self->error);
  g_clear_pointer (&self->prepared, give_back);

  return FALSE;
}

gboolean
confab_result_end (ConfabResult *self, GError **error)
{
  g_clear_pointer (&self->prepared, give_back);

  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->error));

  return FALSE;
}

void
confab_result_free (ConfabResult *self)
{
  g_clear_pointer (&self->prepared, give_back);
  g_clear_error (&self->error);
  g_free (self);
}

gint64
confab_result_get_int (ConfabResult *self, int column)
{
  return sqlite3_column_int64 (self->prepared->handle, column);
}

const char *
confab_result_get_text (ConfabResult *self, int column)
{
  return (const char *)sqlite3_column_text (self->prepared->handle, column);
}

char *
confab_result_dup_text (ConfabResult *self, int column)
{
  return g_strdup (confab_result_get_text (self, column));
}

GBytes *
confab_result_dup_bytes (ConfabResult *self, int column)
{
  gconstpointer data = sqlite3_column_blob (self->prepared->handle, column);

  return g_bytes_new (data, sqlite3_column_bytes (self->prepared->handle, column));
}

/* ---- statements without rows ---- */

/* Step to the end, where some errors (of a commit) first appear. */
static gboolean
finish (ConfabResult *result, GError **error)
{
  while (confab_result_next (result))
    ;

  return confab_result_end (result, error);
}

gboolean
confab_database_run_values (ConfabDatabase *self,
                            const char *sql,
                            const ConfabValue *values,
                            GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query_values (self, sql, values);

  return finish (result, error);
}

gboolean
confab_database_query_int_values (ConfabDatabase *self,
                                  gint64 *value,
                                  const char *sql,
                                  const ConfabValue *values,
                                  GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query_values (self, sql, values);

  *value = confab_result_next (result) ? confab_result_get_int (result, 0) : 0;

  return finish (result, error);
}

gboolean
confab_database_query_text_values (ConfabDatabase *self,
                                   char **value,
                                   const char *sql,
                                   const ConfabValue *values,
                                   GError **error)
{
  g_autoptr (ConfabResult) result = confab_database_query_values (self, sql, values);
  g_autofree char *text = confab_result_next (result) ? confab_result_dup_text (result, 0) : NULL;

  *value = NULL;
  if (!finish (result, error))
    return FALSE;
  *value = g_steal_pointer (&text);

  return TRUE;
}
