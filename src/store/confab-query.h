/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One call per statement. The SQL is a literal with the parameters $1, $2, …, and the values follow
 * it in their order, each with its type:
 *
 *   confab_database_run (database, error,
 *                        "UPDATE users SET about = $1 WHERE id = $2",
 *                        sql_text (about), sql_int (user_id));
 *
 * Rows are read by a result, which is never NULL; a failure is told once, at the end:
 *
 *   g_autoptr (ConfabResult) result =
 *       confab_database_query (database, "SELECT id FROM users WHERE role_id = $1",
 *                              sql_int (role_id));
 *
 *   while (confab_result_next (result))
 *     add (list, confab_result_get_int (result, 0));
 *
 *   return confab_result_end (result, error);
 *
 * Nothing here names SQLite: a driver for another database needs the functions below and those of
 * confab-database.h. A parameter's type is that of its value. */

#pragma once

#include "confab-database.h"

G_BEGIN_DECLS

/* ---- values ---- */

typedef enum
{
  CONFAB_VALUE_END, /* after the last one; the macros below add it */
  CONFAB_VALUE_INT,
  CONFAB_VALUE_TEXT,
  CONFAB_VALUE_BYTES,
} ConfabValueType;

/* The value of a parameter. Made by the functions below; the data it points to must stay valid
 * until the call returns. NULL has a type, too, which other databases require. */
typedef struct
{
  ConfabValueType type;
  gboolean is_null;
  gsize length; /* of the bytes */
  union
  {
    gint64 number;
    const char *text;
    gconstpointer bytes;
  };
} ConfabValue;

static inline ConfabValue
sql_int (gint64 number)
{
  return (ConfabValue){ .type = CONFAB_VALUE_INT, .number = number };
}

/* NULL if @id is 0 */
static inline ConfabValue
sql_id (gint64 id)
{
  return (ConfabValue){ .type = CONFAB_VALUE_INT, .is_null = id == 0, .number = id };
}

/* @text: (nullable): NULL is NULL */
static inline ConfabValue
sql_text (const char *text)
{
  return (ConfabValue){ .type = CONFAB_VALUE_TEXT, .is_null = text == NULL, .text = text };
}

/* @data: (nullable): NULL with a @length of 0 is an empty value, not NULL */
static inline ConfabValue
sql_data (gconstpointer data, gsize length)
{
  return (ConfabValue){ .type = CONFAB_VALUE_BYTES, .bytes = data, .length = length };
}

/* @bytes: (nullable): NULL is NULL */
static inline ConfabValue
sql_bytes (GBytes *bytes)
{
  return bytes != NULL ? sql_data (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : (ConfabValue){ .type = CONFAB_VALUE_BYTES, .is_null = TRUE };
}

/* The values of a call as an array. */
#define CONFAB_VALUES(...)                                                                         \
  ((const ConfabValue[]){ __VA_ARGS__ __VA_OPT__ (, ){ .type = CONFAB_VALUE_END } })

/* ---- statements without rows ---- */

/**
 * confab_database_run:
 * @self: a database
 * @error: return location for an error in CONFAB_STORE_ERROR
 * @sql: a string literal
 * @...: a value for each parameter of @sql
 *
 * Runs a statement and ignores its rows. The compiler refuses @sql unless it is a literal:
 * statements are cached by address, and user input never becomes part of one.
 *
 * Returns: FALSE with @error set if it failed
 */
#define confab_database_run(self, error, sql, ...)                                                 \
  confab_database_run_values (self, "" sql, CONFAB_VALUES (__VA_ARGS__), error)

gboolean confab_database_run_values (ConfabDatabase *self,
                                     const char *sql,
                                     const ConfabValue *values,
                                     GError **error);

/* ---- one value ---- */

/**
 * confab_database_query_int:
 * @self: a database
 * @value: (out): the first column of the first row; 0 if that is NULL or there is no row
 * @error: return location for an error in CONFAB_STORE_ERROR
 * @sql: a string literal, also one that changes rows and has a RETURNING
 * @...: a value for each parameter of @sql
 *
 * Returns: FALSE with @error set if it failed
 */
#define confab_database_query_int(self, value, error, sql, ...)                                    \
  confab_database_query_int_values (self, value, "" sql, CONFAB_VALUES (__VA_ARGS__), error)

gboolean confab_database_query_int_values (ConfabDatabase *self,
                                           gint64 *value,
                                           const char *sql,
                                           const ConfabValue *values,
                                           GError **error);

/**
 * confab_database_query_text:
 * @self: a database
 * @value: (out) (transfer full) (nullable): the first column of the first row; NULL if that is NULL
 *   or there is no row
 * @error: return location for an error in CONFAB_STORE_ERROR
 * @sql: a string literal
 * @...: a value for each parameter of @sql
 *
 * Returns: FALSE with @error set if it failed
 */
#define confab_database_query_text(self, value, error, sql, ...)                                   \
  confab_database_query_text_values (self, value, "" sql, CONFAB_VALUES (__VA_ARGS__), error)

gboolean confab_database_query_text_values (ConfabDatabase *self,
                                            char **value,
                                            const char *sql,
                                            const ConfabValue *values,
                                            GError **error);

/* ---- rows ---- */

typedef struct _ConfabResult ConfabResult;

/**
 * confab_database_query:
 * @self: a database
 * @sql: a string literal
 * @...: a value for each parameter of @sql
 *
 * Begins a statement with rows. Other statements, including the same one, may run while its rows
 * are read. Free the result before closing @self.
 *
 * Returns: (transfer full): never NULL; confab_result_end() reports a failure
 */
#define confab_database_query(self, sql, ...)                                                      \
  confab_database_query_values (self, "" sql, CONFAB_VALUES (__VA_ARGS__))

ConfabResult *confab_database_query_values (ConfabDatabase *self,
                                            const char *sql,
                                            const ConfabValue *values);

/**
 * confab_result_next:
 * @self: a result
 *
 * Moves to the first or next row. Values returned by the getters for the previous row become
 * invalid.
 *
 * Returns: FALSE after the last row, and on a failure
 */
gboolean confab_result_next (ConfabResult *self);

/**
 * confab_result_end:
 * @self: a result
 * @error: return location for an error in CONFAB_STORE_ERROR
 *
 * Ends the statement, whether all rows were read or not.
 *
 * Returns: FALSE with @error set if the statement had failed
 */
gboolean confab_result_end (ConfabResult *self, GError **error);

/* Ends the statement. A failure that was not asked for is lost. */
void confab_result_free (ConfabResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabResult, confab_result_free)

/* Columns of the row, from 0. Call them only after confab_result_next() has returned TRUE. */
gint64 confab_result_get_int (ConfabResult *self, int column);       /* NULL is 0 */
const char *confab_result_get_text (ConfabResult *self, int column); /* NULL is NULL */
char *confab_result_dup_text (ConfabResult *self, int column);       /* NULL is NULL */
GBytes *confab_result_dup_bytes (ConfabResult *self, int column);    /* NULL is empty */

G_END_DECLS
