/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-row-reader.h"

#include "confab-limits.h"
#include "confab-text.h"

/* Shown for a name that shows nothing. */
#define NAMELESS "?"

/* ---- members ---- */

/* Return the member's node if it is a value of @type. Missing and null are no value. */
static JsonNode *
lookup (ConfabRowReader *self, const char *member, GType type)
{
  JsonNode *node = json_object_get_member (self->object, member);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (json_node_get_value_type (node) == type)
    return node;

  self->is_mended = TRUE;

  return NULL;
}

gint64
confab_row_reader_get_key (ConfabRowReader *self, const char *member)
{
  gint64 value;

  if (confab_json_get_int (self->object, member, 1, G_MAXINT64, &value, NULL))
    return value;
  if (self->bad_key == NULL)
    self->bad_key = member;

  return 0;
}

gint64
confab_row_reader_get_int (ConfabRowReader *self, const char *member, gint64 max)
{
  gint64 value;

  if (confab_json_get_int_opt (self->object, member, 0, max, 0, &value, NULL))
    return value;
  self->is_mended = TRUE;

  return 0;
}

gint64
confab_row_reader_get_time (ConfabRowReader *self, const char *member)
{
  return confab_row_reader_get_int (self, member, CONFAB_TIME_MAX);
}

gboolean
confab_row_reader_get_bool (ConfabRowReader *self, const char *member)
{
  JsonNode *node = lookup (self, member, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

const char *
confab_row_reader_get_string (ConfabRowReader *self, const char *member)
{
  JsonNode *node = lookup (self, member, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

char *
confab_row_reader_dup_line (ConfabRowReader *self, const char *member, gsize max_chars)
{
  const char *text = confab_row_reader_get_string (self, member);

  if (text == NULL || confab_text_fits_line (text, max_chars))
    return g_strdup (text);
  self->is_mended = TRUE;

  return confab_text_mend_line (text, max_chars);
}

char *
confab_row_reader_dup_name (ConfabRowReader *self, const char *member, gsize max_chars)
{
  char *name = confab_row_reader_dup_line (self, member, max_chars);

  if (name == NULL || confab_text_is_blank (name))
    g_set_str (&name, NAMELESS);

  return name;
}

char *
confab_row_reader_dup_message (ConfabRowReader *self, const char *member)
{
  const char *text = confab_row_reader_get_string (self, member);

  if (text == NULL || confab_text_fits_message (text))
    return g_strdup (text != NULL ? text : "");
  self->is_mended = TRUE;

  return confab_text_mend_message (text);
}

/* ---- rows ---- */

/* Return NULL if the row must be skipped, with the reason in @bad_key. */
static gpointer
read_row (JsonObject *object,
          ConfabRowRead read,
          GDestroyNotify row_free,
          const char **bad_key,
          gboolean *is_mended)
{
  ConfabRowReader reader = { .object = object };
  gpointer row = read (&reader);

  *bad_key = reader.bad_key;
  if (is_mended != NULL && (reader.is_mended || reader.bad_key != NULL))
    *is_mended = TRUE;
  if (reader.bad_key != NULL)
    g_clear_pointer (&row, row_free);

  return row;
}

gpointer
confab_row_reader_read (JsonObject *object,
                        ConfabRowRead read,
                        GDestroyNotify row_free,
                        gboolean *is_mended,
                        GError **error)
{
  const char *bad_key;
  gpointer row = read_row (object, read, row_free, &bad_key, is_mended);

  if (row == NULL)
    g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, bad_key);

  return row;
}

gboolean
confab_row_reader_add (JsonObject *object,
                       const char *member,
                       GPtrArray *rows,
                       ConfabRowRead read,
                       GDestroyNotify row_free,
                       gboolean *is_mended,
                       GError **error)
{
  JsonArray *array;
  guint length;
  guint n_skipped = 0;
  const char *reason = NULL;

  if (!confab_json_get_array (object, member, &array, error))
    return FALSE;

  length = json_array_get_length (array);
  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gpointer row = NULL;
      const char *bad_key = NULL;

      if (JSON_NODE_HOLDS_OBJECT (node))
        row = read_row (json_node_get_object (node), read, row_free, &bad_key, is_mended);
      else if (is_mended != NULL)
        *is_mended = TRUE;
      if (row != NULL)
        {
          g_ptr_array_add (rows, row);
          continue;
        }
      n_skipped++;
      reason = bad_key != NULL ? bad_key : "no object";
    }
  if (n_skipped > 0) /* one line, however many a broken server sends */
    g_message ("Skipped %u rows of “%s” that cannot be read (%s)", n_skipped, member, reason);

  return TRUE;
}
