/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-head.h"

#include <string.h>

/* Each is compared with those before it. Browsers send about 15. */
#define MAX_FIELDS 100

typedef struct
{
  char *name; /* lower case */
  char *value;
} Field;

/* Fields that may stand only once: of two, one party would believe the first and another the
 * last. */
static const char *const single_fields[] = {
  "authorization",
  "content-encoding",
  "content-length",
  "content-type",
  "expect",
  "host",
  "origin",
  "sec-websocket-key",
  "sec-websocket-version",
  "transfer-encoding",
};

static void
field_free (gpointer data)
{
  Field *self = data;

  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

void
confab_head_free (ConfabHead *self)
{
  g_free (self->method);
  g_free (self->path);
  g_strfreev (self->query);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

/* ---- where it ends ---- */

ConfabHeadState
confab_head_find_end (const char *data, gsize length, gsize *scanned, gsize *end)
{
  for (gsize i = *scanned; i < MIN (length, CONFAB_HEAD_MAX_BYTES); i++)
    {
      gboolean after_cr = i > 0 && data[i - 1] == '\r';

      if ((data[i] == '\n') != after_cr
          || ((guchar)data[i] < ' ' && strchr ("\r\n\t", data[i]) == NULL) || data[i] == '\0'
          || data[i] == 0x7f)
        return CONFAB_HEAD_MALFORMED;
      if (data[i] == '\n' && i >= 3 && data[i - 2] == '\n')
        {
          *end = i + 1;
          return CONFAB_HEAD_WHOLE;
        }
    }
  *scanned = length;

  return length < CONFAB_HEAD_MAX_BYTES ? CONFAB_HEAD_PARTIAL : CONFAB_HEAD_TOO_LARGE;
}

/* ---- the request line ---- */

/* RFC 9110 §5.6.2 */
static gboolean
is_token_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("!#$%&'*+-.^_`|~", c) != NULL);
}

static gboolean
is_token (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (!is_token_char (*p))
      return FALSE;

  return *text != '\0';
}

/* Decodes percent-encoded octets. NULL if one is malformed, or stands for a control character:
 * what reads the result as a C string, or writes it into a line, must not be cut short by it. In
 * a path none may stand for a slash: a proxy that guards a path would see another one. */
static char *
decode (const char *text, gsize length, gboolean is_query)
{
  g_autoptr (GString) decoded = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar)text[i];

      if (c == '%')
        {
          if (length - i < 3 || !g_ascii_isxdigit (text[i + 1]) || !g_ascii_isxdigit (text[i + 2]))
            return NULL;
          c = (guchar)(g_ascii_xdigit_value (text[i + 1]) * 16
                       + g_ascii_xdigit_value (text[i + 2]));
          i += 2;
        }
      else if (c == '+' && is_query)
        {
          c = ' ';
        }
      if (c < ' ' || c == 0x7f || (c == '/' && text[i] != '/' && !is_query))
        return NULL;
      g_string_append_c (decoded, (char)c);
    }

  return g_string_free_and_steal (g_steal_pointer (&decoded));
}

static gboolean
parse_query (ConfabHead *self, const char *query)
{
  g_auto (GStrv) parts = g_strsplit (query, "&", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *part = decode (parts[i], strlen (parts[i]), TRUE);

      if (part == NULL)
        return FALSE;
      g_strv_builder_take (builder, part);
    }
  self->query = g_strv_builder_end (builder);

  return TRUE;
}

/* The absolute form is for proxies, but a server must take it too (RFC 9112 §3.2.2). What
 * follows its authority may be a query at once, or nothing; an authority there must be (RFC 9110
 * §4.2.1). NULL if there is none. */
static const char *
skip_origin (const char *target)
{
  const char *authority, *path;

  if (g_ascii_strncasecmp (target, "http://", 7) != 0
      && g_ascii_strncasecmp (target, "https://", 8) != 0)
    return target;

  authority = strstr (target, "://") + 3;
  path = authority + strcspn (authority, "/?");

  return path > authority ? path : NULL;
}

static gboolean
parse_target (ConfabHead *self, const char *target)
{
  const char *path = skip_origin (target);
  gsize length = path != NULL ? strcspn (path, "?") : 0;

  for (const char *p = target; *p != '\0'; p++)
    if ((guchar)*p <= ' ' || (guchar)*p >= 0x7f || *p == '#')
      return FALSE;

  if (path == NULL || (*path != '/' && path == target))
    return FALSE;
  self->path = length > 0 ? decode (path, length, FALSE) : g_strdup ("/");

  return self->path != NULL && (path[length] == '\0' || parse_query (self, path + length + 1));
}

static gboolean
parse_request_line (ConfabHead *self, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 4);

  if (g_strv_length (parts) != 3 || !is_token (parts[0]) || strlen (parts[2]) != 8
      || !g_str_has_prefix (parts[2], "HTTP/1.") || !g_ascii_isdigit (parts[2][7]))
    return FALSE;

  self->method = g_strdup (parts[0]);
  self->minor = (guint)g_ascii_digit_value (parts[2][7]);

  return parse_target (self, parts[1]);
}

/* ---- the fields ---- */

static Field *
find_field (const ConfabHead *self, const char *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = g_ptr_array_index (self->fields, i);

      if (g_str_equal (field->name, name))
        return field;
    }

  return NULL;
}

static gboolean
is_single (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (single_fields); i++)
    if (g_str_equal (single_fields[i], name))
      return TRUE;

  return FALSE;
}

/* A line that goes on the one before it (obs-fold) has no name, and a space before the colon is
 * no part of one: both are refused (RFC 9112 §5.1, §5.2). */
static gboolean
parse_field (ConfabHead *self, const char *line)
{
  const char *colon = strchr (line, ':');
  g_autofree char *name = colon != NULL ? g_ascii_strdown (line, colon - line) : NULL;
  g_autofree char *value = NULL;
  Field *field;

  if (name == NULL || !is_token (name))
    return FALSE;

  value = g_strdup (colon + 1);
  g_strstrip (value);
  field = find_field (self, name);
  if (field == NULL)
    {
      field = g_new0 (Field, 1);
      field->name = g_steal_pointer (&name);
      field->value = g_steal_pointer (&value);
      g_ptr_array_add (self->fields, field);
    }
  else if (is_single (name))
    {
      return FALSE;
    }
  else
    {
      g_autofree char *before = g_steal_pointer (&field->value);

      field->value = g_strconcat (before, ", ", value, NULL);
    }

  return TRUE;
}

ConfabHead *
confab_head_parse (const char *data, gsize length)
{
  g_autoptr (ConfabHead) self = g_new0 (ConfabHead, 1);
  g_autofree char *text = g_strndup (data, length >= 4 ? length - 4 : 0);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  self->fields = g_ptr_array_new_with_free_func (field_free);
  if (lines[0] == NULL || !parse_request_line (self, lines[0]))
    return NULL;
  for (guint i = 1; lines[i] != NULL; i++)
    if (i > MAX_FIELDS || !parse_field (self, lines[i]))
      return NULL;

  return g_steal_pointer (&self);
}

const char *
confab_head_get (const ConfabHead *self, const char *name)
{
  const Field *field = find_field (self, name);

  return field != NULL ? field->value : NULL;
}

gboolean
confab_head_has_token (const ConfabHead *self, const char *name, const char *token)
{
  const char *value = confab_head_get (self, name);
  g_auto (GStrv) parts = value != NULL ? g_strsplit (value, ",", -1) : NULL;

  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    if (g_ascii_strcasecmp (g_strstrip (parts[i]), token) == 0)
      return TRUE;

  return FALSE;
}
