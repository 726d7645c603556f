/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-columns.h"

#define AT(Type, row, column) ((Type *)((char *)(row) + (column)->offset))

/* ---- structs ---- */

gpointer
confab_columns_copy (const ConfabColumns *self, gconstpointer row)
{
  gpointer copy = g_memdup2 (row, self->size);

  for (guint i = 0; i < self->n_columns; i++)
    {
      if (self->columns[i].type == CONFAB_COLUMN_TEXT)
        *AT (char *, copy, &self->columns[i]) = g_strdup (*AT (char *, row, &self->columns[i]));
    }

  return copy;
}

void
confab_columns_clear (const ConfabColumns *self, gpointer row)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (self->columns[i].type == CONFAB_COLUMN_TEXT)
        g_clear_pointer (AT (char *, row, &self->columns[i]), g_free);
    }
}

void
confab_columns_free (const ConfabColumns *self, gpointer row)
{
  if (row == NULL)
    return;

  confab_columns_clear (self, row);
  g_free (row);
}

/* ---- objects ---- */

static GParamSpec *
make_property (const ConfabColumn *column)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const char *name = column->property;

  switch (column->type)
    {
    case CONFAB_COLUMN_INT64:
      return g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case CONFAB_COLUMN_INT:
      return g_param_spec_int (name, NULL, NULL, G_MININT, G_MAXINT, 0, flags);
    case CONFAB_COLUMN_BOOLEAN:
      return g_param_spec_boolean (name, NULL, NULL, FALSE, flags);
    case CONFAB_COLUMN_TEXT:
    default:
      return g_param_spec_string (name, NULL, NULL, NULL, flags);
    }
}

void
confab_columns_install (const ConfabColumns *self, GObjectClass *klass, guint first_id)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      self->properties[i] = make_property (&self->columns[i]);
      g_object_class_install_property (klass, first_id + i, self->properties[i]);
    }
}

gboolean
confab_columns_get_property (const ConfabColumns *self,
                             gconstpointer row,
                             guint prop_id,
                             GValue *value)
{
  const ConfabColumn *column;

  if (prop_id == 0 || prop_id > self->n_columns)
    return FALSE;

  column = &self->columns[prop_id - 1];
  switch (column->type)
    {
    case CONFAB_COLUMN_INT64:
      g_value_set_int64 (value, *AT (const gint64, row, column));
      break;
    case CONFAB_COLUMN_INT:
      g_value_set_int (value, *AT (const int, row, column));
      break;
    case CONFAB_COLUMN_BOOLEAN:
      g_value_set_boolean (value, *AT (const gboolean, row, column));
      break;
    case CONFAB_COLUMN_TEXT:
    default:
      g_value_set_string (value, *AT (const char *const, row, column));
    }

  return TRUE;
}

/* Return whether it changed. */
static gboolean
update_column (const ConfabColumn *column, gpointer row, gconstpointer newer)
{
  switch (column->type)
    {
    case CONFAB_COLUMN_INT64:
      if (*AT (gint64, row, column) == *AT (const gint64, newer, column))
        return FALSE;
      *AT (gint64, row, column) = *AT (const gint64, newer, column);
      return TRUE;
    case CONFAB_COLUMN_TEXT:
      return g_set_str (AT (char *, row, column), *AT (const char *const, newer, column));
    case CONFAB_COLUMN_INT:
    case CONFAB_COLUMN_BOOLEAN:
    default:
      if (*AT (int, row, column) == *AT (const int, newer, column))
        return FALSE;
      *AT (int, row, column) = *AT (const int, newer, column);
      return TRUE;
    }
}

void
confab_columns_update (const ConfabColumns *self,
                       GObject *object,
                       gpointer row,
                       gconstpointer newer)
{
  g_object_freeze_notify (object);
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (update_column (&self->columns[i], row, newer))
        g_object_notify_by_pspec (object, self->properties[i]);
    }
  g_object_thaw_notify (object);
}
