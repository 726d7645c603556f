/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-codec-private.h"

#include "confab-limits.h"
#include "confab-text.h"

/* Shown for a name that shows nothing. */
#define NAMELESS "?"

gboolean
confab_codec_invalid_field (GError **error, const char *member)
{
  g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, member);

  return FALSE;
}

gboolean
confab_codec_get_positive (JsonObject *object, const char *member, gint64 *value, GError **error)
{
  return confab_json_get_int (object, member, 1, G_MAXINT64, value, error);
}

gboolean
confab_codec_get_id_opt (JsonObject *object, const char *member, gint64 *value, GError **error)
{
  return confab_json_get_int_opt (object, member, 1, G_MAXINT64, 0, value, error);
}

gboolean
confab_codec_get_time (JsonObject *object, const char *member, gint64 *value, GError **error)
{
  return confab_json_get_int (object, member, 0, CONFAB_TIME_MAX, value, error);
}

gboolean
confab_codec_get_time_opt (JsonObject *object, const char *member, gint64 *value, GError **error)
{
  return confab_json_get_int_opt (object, member, 1, CONFAB_TIME_MAX, 0, value, error);
}

gboolean
confab_codec_dup_line (JsonObject *object,
                       const char *member,
                       gsize max_chars,
                       char **value,
                       GError **error)
{
  const char *string;

  if (!confab_json_get_line (object, member, max_chars, &string, error))
    return FALSE;
  if (confab_text_is_blank (string))
    return confab_codec_invalid_field (error, member);

  *value = g_strdup (string);

  return TRUE;
}

gboolean
confab_codec_dup_line_opt (JsonObject *object,
                           const char *member,
                           gsize max_chars,
                           char **value,
                           GError **error)
{
  const char *string;

  if (!confab_json_get_line_opt (object, member, max_chars, &string, error))
    return FALSE;

  *value = g_strdup (string);

  return TRUE;
}

gboolean
confab_codec_dup_name_opt (JsonObject *object,
                           const char *member,
                           gsize max_chars,
                           char **value,
                           GError **error)
{
  const char *string;

  if (!confab_json_get_string_opt (object, member, &string, error))
    return FALSE;

  *value = string != NULL ? confab_text_mend_line (string, max_chars) : NULL;

  return TRUE;
}

gboolean
confab_codec_dup_name (JsonObject *object,
                       const char *member,
                       gsize max_chars,
                       char **value,
                       GError **error)
{
  if (!confab_codec_dup_name_opt (object, member, max_chars, value, error))
    return FALSE;
  if (*value == NULL)
    return confab_codec_invalid_field (error, member);
  if (confab_text_is_blank (*value))
    g_set_str (value, NAMELESS);

  return TRUE;
}

void
confab_codec_set_rows (JsonObject *object,
                       const char *member,
                       GPtrArray *rows,
                       ConfabCodecEncode encode)
{
  JsonArray *array = json_array_sized_new (rows->len);

  for (guint i = 0; i < rows->len; i++)
    json_array_add_object_element (array, encode (g_ptr_array_index (rows, i)));

  json_object_set_array_member (object, member, array);
}

gboolean
confab_codec_add_rows (JsonObject *object,
                       const char *member,
                       GPtrArray *rows,
                       ConfabCodecDecode decode,
                       GError **error)
{
  JsonArray *array;
  guint length;

  if (!confab_json_get_array (object, member, &array, error))
    return FALSE;

  length = json_array_get_length (array);
  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gpointer row;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return confab_codec_invalid_field (error, member);

      row = decode (json_node_get_object (node), error);
      if (row == NULL)
        return FALSE;
      g_ptr_array_add (rows, row);
    }

  return TRUE;
}
