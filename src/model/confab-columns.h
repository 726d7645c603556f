/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The members of a struct, listed once in a table. A row's table copies and frees it. An object
 * that shows a row keeps the row as one struct: the table makes its properties, and finds which of
 * them changed when a newer row arrives. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  CONFAB_COLUMN_INT64,   /* gint64 */
  CONFAB_COLUMN_INT,     /* int, guint up to G_MAXINT, or an enum */
  CONFAB_COLUMN_BOOLEAN, /* gboolean */
  CONFAB_COLUMN_TEXT,    /* char *, owned, may be NULL */
} ConfabColumnType;

/**
 * ConfabColumn:
 * @property: the name of its property; static
 */
typedef struct
{
  const char *property;
  ConfabColumnType type;
  gsize offset;
} ConfabColumn;

#define CONFAB_COLUMN(Struct, member, property, TYPE)                                              \
  { property, CONFAB_COLUMN_##TYPE, G_STRUCT_OFFSET (Struct, member) }

/**
 * ConfabColumns:
 * @columns: (array length=n_columns): all members, or all that own memory and all with a property
 * @properties: (array length=n_columns): set by confab_columns_install()
 * @size: of the struct
 *
 * Static.
 */
typedef struct
{
  const ConfabColumn *columns;
  guint n_columns;
  GParamSpec **properties;
  gsize size;
} ConfabColumns;

/* Initialise a static ConfabColumns from an array of ConfabColumn. */
#define CONFAB_COLUMNS(array, Struct)                                                              \
  { array, G_N_ELEMENTS (array), (GParamSpec * [G_N_ELEMENTS (array)]){ NULL }, sizeof (Struct) }

/* ---- structs; any thread ---- */

/* Return a deep copy. Returns: (transfer full) */
gpointer confab_columns_copy (const ConfabColumns *self, gconstpointer row);
/* Free what @row owns, and clear the members that owned it. */
void confab_columns_clear (const ConfabColumns *self, gpointer row);
/* Free @row, too. @row: (nullable) */
void confab_columns_free (const ConfabColumns *self, gpointer row);

/* ---- objects; main thread ---- */

/**
 * confab_columns_install:
 *
 * Gives the class read-only properties, which get the numbers from @first_id on.
 */
void confab_columns_install (const ConfabColumns *self, GObjectClass *klass, guint first_id);
/* Read a property of an object with @row. @prop_id: as if the first had 1. Return FALSE if the
 * table has no such property. */
gboolean confab_columns_get_property (const ConfabColumns *self,
                                      gconstpointer row,
                                      guint prop_id,
                                      GValue *value);
/**
 * confab_columns_update:
 * @row: the struct in @object
 * @newer: the values to copy; may share texts with @row
 *
 * Copies the members that differ and notifies their properties, once all are copied.
 */
void confab_columns_update (const ConfabColumns *self,
                            GObject *object,
                            gpointer row,
                            gconstpointer newer);

G_END_DECLS
