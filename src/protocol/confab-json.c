/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-json.h"

#include <string.h>

#include "confab-limits.h"
#include "confab-text.h"

/* json-glib ends strings at the first NUL: "a\u0000b" would become "a". Before parsing, replace the
 * escape, in a request by this noncharacter (Unicode Standard §23.7, for internal use), which the
 * accessors refuse. In an answer it is replaced like half a surrogate pair: one message with a bad
 * character must not make all others unreadable. */
#define REFUSED "\xEF\xB7\x90"
#define REFUSED_ESCAPE "\\uFDD0"
#define REPLACEMENT_ESCAPE "\\uFFFD"
#define ESCAPE_LENGTH 6

/* Read the four hexadecimal digits of an escape. Return -1 if there are none. */
static int
read_hex4 (const char *p, const char *end)
{
  int value = 0;

  if (end - p < 4)
    return -1;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }

  return value;
}

/* The state of a scan. */
typedef struct
{
  guint depth;
  guint n_nodes;                              /* values, not counting member names */
  guint n_members[CONFAB_JSON_MAX_DEPTH + 1]; /* of the open object at each depth */
  gsize n_spaces;
  gboolean is_request;
  gboolean has_bad_escape; /* of NUL or, only in an answer, of half a surrogate pair */
} Scan;

/* Return the length of the \\u escape at @p, 12 for a surrogate pair, or 0 if it is malformed.
 * @is_bad: (out): whether it stands for no character that a text may have */
static gsize
measure_unicode_escape (const char *p, const char *end, gboolean *is_bad)
{
  int unit = read_hex4 (p + 2, end);
  int low = end - p >= 12 && p[6] == '\\' && p[7] == 'u' ? read_hex4 (p + 8, end) : -1;

  *is_bad = unit == 0 || (unit >= 0xD800 && unit <= 0xDFFF);
  if (unit >= 0xD800 && unit <= 0xDBFF && low >= 0xDC00 && low <= 0xDFFF)
    {
      *is_bad = FALSE;
      return 2 * ESCAPE_LENGTH;
    }

  return unit >= 0 ? ESCAPE_LENGTH : 0;
}

/* Skip the escape whose backslash is at @p: one of RFC 8259, surrogates only in pairs. Return NULL
 * if it is malformed. */
static const char *
scan_escape (Scan *self, const char *p, const char *end)
{
  gboolean is_bad;
  gsize length;

  if (end - p < 2)
    return NULL;
  if (p[1] != 'u')
    return strchr ("\"\\/bfnrt", p[1]) != NULL ? p + 2 : NULL;

  length = measure_unicode_escape (p, end, &is_bad);
  if (length == 0 || (is_bad && self->is_request && p[2] != '0')) /* a NUL is refused later */
    return NULL;
  self->has_bad_escape = self->has_bad_escape || is_bad;

  return p + length;
}

/* Skip the string whose opening quote is at @p. Return NULL if it is malformed. */
static const char *
scan_string (Scan *self, const char *p, const char *end)
{
  p++;

  while (p != NULL && p < end)
    {
      if (*p == '"')
        return p + 1;
      if ((guchar)*p < 0x20)
        return NULL;
      p = *p == '\\' ? scan_escape (self, p, end) : p + 1;
    }

  return NULL;
}

static gboolean
open_container (Scan *self)
{
  if (++self->depth > CONFAB_JSON_MAX_DEPTH)
    return FALSE;

  self->n_members[self->depth] = 0;

  return TRUE;
}

/* Skip a number or word. Return NULL if it is longer than any valid one. */
static const char *
scan_bare (const char *p, const char *end)
{
  const char *start = p;

  while (p < end && strchr (" \t\r\n,:[]{}\"", *p) == NULL)
    p++;

  return p - start <= CONFAB_JSON_MAX_BARE_BYTES ? p : NULL;
}

/* Skip one character, string, number or word. Return NULL if json-glib must not parse it. */
static const char *
scan_token (Scan *self, const char *p, const char *end)
{
  switch (*p)
    {
    case '"':
      return scan_string (self, p, end);

    case ' ':
    case '\t':
    case '\r':
    case '\n':
      self->n_spaces++;
      return p + 1;

    case '[':
    case '{':
      self->n_nodes++;
      return open_container (self) ? p + 1 : NULL;

    case ']':
    case '}':
      return self->depth-- > 0 ? p + 1 : NULL;

    case ',':
      self->n_nodes++;
      return p + 1;

    case ':':
      return ++self->n_members[self->depth] <= CONFAB_JSON_MAX_MEMBERS ? p + 1 : NULL;

    default:
      return scan_bare (p, end);
    }
}

/* Check what json-glib does not limit: depth, counts, and strings that it would repair or truncate.
 * The grammar is left to its parser. */
static gboolean
scan (Scan *self, const char *data, gsize length, guint max_nodes)
{
  const char *p = data;
  const char *end = data + length;

  while (p != NULL && p < end && self->n_nodes <= max_nodes)
    p = scan_token (self, p, end);

  return p == end && self->depth == 0;
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Copy the escape at @p to @to, or what replaces it. Return its length. Set *@refused if a request
 * must not have it. */
static gsize
copy_escape (const char *p, const char *end, gboolean is_request, char **to, gboolean *refused)
{
  gboolean is_bad = FALSE;
  gsize length = p[1] == 'u' ? measure_unicode_escape (p, end, &is_bad) : 2;

  if (is_bad)
    p = is_request ? REFUSED_ESCAPE : REPLACEMENT_ESCAPE;
  *refused = is_bad && is_request;
  memcpy (*to, p, length);
  *to += length;

  return length;
}

/* Copy @data, which has been scanned, with bad escapes replaced and runs of white space outside
 * strings reduced to one character: json-glib spends 90 instructions on each. Drop the rest of a
 * string that is refused: 40,000 escapes cost more than a request may. */
static char *
simplify (const char *data, gsize *length, gboolean is_request)
{
  const char *end = data + *length;
  char *copy = g_malloc (*length + 1);
  char *to = copy;
  gboolean in_string = FALSE;
  gboolean refused = FALSE;

  for (const char *p = data; p < end;)
    {
      if (!in_string && is_space (*p) && p + 1 < end && is_space (p[1]))
        p++;
      else if (in_string && refused && *p != '"')
        p += *p == '\\' ? 2 : 1;
      else if (in_string && *p == '\\')
        p += copy_escape (p, end, is_request, &to, &refused);
      else
        {
          if (*p == '"')
            {
              in_string = !in_string;
              refused = FALSE;
            }
          *to++ = *p++;
        }
    }
  *to = '\0';
  *length = (gsize)(to - copy);

  return copy;
}

/* Before parsing, check what json-glib does not. */
static JsonObject *
parse (const char *data, gsize length, guint max_nodes, gboolean is_request, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autofree char *copy = NULL;
  Scan seen = { .is_request = is_request };
  JsonNode *root;

  if (length == 0 || !scan (&seen, data, length, max_nodes))
    {
      confab_problem_set (error, CONFAB_PROBLEM_MALFORMED_JSON);
      return NULL;
    }

  if (seen.has_bad_escape || seen.n_spaces > length / 4)
    data = copy = simplify (data, &length, is_request);

  parser = json_parser_new ();
  json_parser_set_strict (parser, TRUE);

  if (!json_parser_load_from_data (parser, data, (gssize)length, NULL)
      || (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      confab_problem_set (error, CONFAB_PROBLEM_MALFORMED_JSON);
      return NULL;
    }

  return json_object_ref (json_node_get_object (root));
}

static gboolean
check_size (gsize length, gsize max_bytes, GError **error)
{
  return length <= max_bytes || confab_problem_set (error, CONFAB_PROBLEM_BODY_TOO_LARGE);
}

JsonObject *
confab_json_parse_answer (const char *data, gsize length, gsize max_bytes, GError **error)
{
  g_autofree char *valid = NULL;

  if (!check_size (length, max_bytes, error))
    return NULL;
  if (!g_utf8_validate_len (data, length, NULL)) /* NUL bytes are invalid, too */
    {
      data = valid = g_utf8_make_valid (data, (gssize)length);
      length = strlen (valid);
    }

  return parse (data, length, CONFAB_ANSWER_MAX_NODES, FALSE, error);
}

JsonObject *
confab_json_parse_request (const char *data, gsize length, gsize max_bytes, GError **error)
{
  if (!check_size (length, max_bytes, error))
    return NULL;
  if (!g_utf8_validate_len (data, length, NULL))
    {
      confab_problem_set (error, CONFAB_PROBLEM_MALFORMED_JSON);
      return NULL;
    }

  return parse (data, length, CONFAB_REQUEST_MAX_NODES, TRUE, error);
}

static gboolean
invalid_field (GError **error, const char *member)
{
  g_set_error_literal (error, CONFAB_PROBLEM, CONFAB_PROBLEM_INVALID_FIELD, member);

  return FALSE;
}

/* Return the member's node, or NULL if it is missing or null. */
static JsonNode *
lookup (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

gboolean
confab_json_get_string_opt (JsonObject *object,
                            const char *member,
                            const char **value,
                            GError **error)
{
  JsonNode *node = lookup (object, member);
  const char *string;

  *value = NULL;

  if (node == NULL)
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return invalid_field (error, member);

  string = json_node_get_string (node);
  if (strstr (string, REFUSED) != NULL)
    return invalid_field (error, member);

  *value = string;

  return TRUE;
}

gboolean
confab_json_get_string (JsonObject *object, const char *member, const char **value, GError **error)
{
  if (!confab_json_get_string_opt (object, member, value, error))
    return FALSE;

  return *value != NULL || invalid_field (error, member);
}

gboolean
confab_json_get_line_opt (JsonObject *object,
                          const char *member,
                          gsize max_chars,
                          const char **value,
                          GError **error)
{
  if (!confab_json_get_string_opt (object, member, value, error))
    return FALSE;

  return *value == NULL || confab_text_fits_line (*value, max_chars)
         || invalid_field (error, member);
}

gboolean
confab_json_get_line (JsonObject *object,
                      const char *member,
                      gsize max_chars,
                      const char **value,
                      GError **error)
{
  if (!confab_json_get_line_opt (object, member, max_chars, value, error))
    return FALSE;

  return *value != NULL || invalid_field (error, member);
}

static gboolean
read_int (JsonNode *node, gint64 min, gint64 max, gint64 *value)
{
  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;

  *value = json_node_get_int (node);

  /* json-glib clamps large integers, so either end of the range may stand for a larger number. */
  return *value >= min && *value <= max && *value != G_MININT64 && *value != G_MAXINT64;
}

gboolean
confab_json_get_int (JsonObject *object,
                     const char *member,
                     gint64 min,
                     gint64 max,
                     gint64 *value,
                     GError **error)
{
  return read_int (lookup (object, member), min, max, value) || invalid_field (error, member);
}

gboolean
confab_json_get_int_opt (JsonObject *object,
                         const char *member,
                         gint64 min,
                         gint64 max,
                         gint64 fallback,
                         gint64 *value,
                         GError **error)
{
  JsonNode *node = lookup (object, member);

  if (node != NULL)
    return read_int (node, min, max, value) || invalid_field (error, member);

  *value = fallback;

  return TRUE;
}

gboolean
confab_json_get_bool (JsonObject *object, const char *member, gboolean *value, GError **error)
{
  JsonNode *node = lookup (object, member);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return invalid_field (error, member);

  *value = json_node_get_boolean (node);

  return TRUE;
}

gboolean
confab_json_get_array (JsonObject *object, const char *member, JsonArray **value, GError **error)
{
  JsonNode *node = lookup (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return invalid_field (error, member);

  *value = json_node_get_array (node);

  return TRUE;
}

gboolean
confab_json_get_object (JsonObject *object, const char *member, JsonObject **value, GError **error)
{
  JsonNode *node = lookup (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return invalid_field (error, member);

  *value = json_node_get_object (node);

  return TRUE;
}

GArray *
confab_json_get_ids (JsonObject *object, const char *member, guint max, GError **error)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GHashTable) seen = NULL;
  JsonArray *array;
  guint length;

  if (!confab_json_get_array (object, member, &array, error))
    return NULL;

  length = json_array_get_length (array);
  if (length > max)
    {
      invalid_field (error, member);
      return NULL;
    }

  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), length);
  seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < length; i++)
    {
      gint64 id;

      if (!read_int (json_array_get_element (array, i), 1, G_MAXINT64, &id))
        {
          invalid_field (error, member);
          return NULL;
        }

      /* The array was allocated at full size above, so pointers to its elements stay valid. */
      g_array_append_val (ids, id);
      if (!g_hash_table_add (seen, &g_array_index (ids, gint64, i)))
        {
          invalid_field (error, member);
          return NULL;
        }
    }

  return g_steal_pointer (&ids);
}

void
confab_json_set_string_opt (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
  else
    json_object_set_null_member (object, member);
}

void
confab_json_set_int_opt (JsonObject *object, const char *member, gint64 value)
{
  if (value != 0)
    json_object_set_int_member (object, member, value);
  else
    json_object_set_null_member (object, member);
}

char *
confab_json_object_to_string (JsonObject *object, gsize *length)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (root, object);
  json_generator_set_root (generator, root);

  return json_generator_to_data (generator, length);
}
