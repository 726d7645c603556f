/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-head.h"

#include <string.h>

typedef struct
{
  char *name; /* lower case */
  char *value;
} Field;

/* Fields that may occur only once, because one recipient would use the first and another the
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

ConfabHead *
confab_head_new (const char *method)
{
  ConfabHead *self = g_new0 (ConfabHead, 1);

  self->method = g_strdup (method);
  self->fields = g_ptr_array_new_with_free_func (field_free);

  return self;
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

/* ---- the request line ---- */

gboolean
confab_head_is_token_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("!#$%&'*+-.^_`|~", c) != NULL);
}

/* Decode percent-encoded octets. Return NULL if one is malformed or is a control character, which
 * might truncate the result when it is used as a C string or written in a line. In a path, an
 * encoded slash is refused too, because a proxy that guards a path would see another one. */
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

/* Return whether @text is a host by RFC 3986 §3.2.2, with or without a port. Percent-encoded octets
 * are valid there but refused, because recipients interpret them differently. */
static gboolean
is_authority (const char *text, gsize length)
{
  static const char *const name_chars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                        "0123456789-._~!$&'()*+,;=";
  g_autofree char *host = g_strndup (text, length);
  char *end = host[0] == '[' ? strchr (host, ']') : host + strspn (host, name_chars);

  if (end == NULL)
    return FALSE;
  if (*end == ']')
    {
      *end++ = '\0';
      if (!g_hostname_is_ip_address (host + 1) || strchr (host, ':') == NULL)
        return FALSE;
    }

  return *end == '\0' || (*end == ':' && end[1 + strspn (end + 1, "0123456789")] == '\0');
}

/* Clients send the absolute form to proxies, but a server must accept it too (RFC 9112 §3.2.2). The
 * authority is required (RFC 9110 §4.2.1), and a query may follow it directly. Return NULL if there
 * is no authority. */
static const char *
skip_origin (const char *target)
{
  const char *authority;
  gsize length;

  if (g_ascii_strncasecmp (target, "http://", 7) != 0
      && g_ascii_strncasecmp (target, "https://", 8) != 0)
    return target;

  authority = strstr (target, "://") + 3;
  length = strcspn (authority, "/?");

  return length > 0 && is_authority (authority, length) ? authority + length : NULL;
}

gboolean
confab_head_set_target (ConfabHead *self, const char *target)
{
  const char *path = skip_origin (target);
  gsize length = path != NULL ? strcspn (path, "?") : 0;

  /* llhttp accepts a fragment, which clients must not send. */
  if (path == NULL || (*path != '/' && path == target) || strchr (target, '#') != NULL)
    return FALSE;
  self->path = length > 0 ? decode (path, length, FALSE) : g_strdup ("/");

  return self->path != NULL && (path[length] == '\0' || parse_query (self, path + length + 1));
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

gboolean
confab_head_add_field (ConfabHead *self, const char *name, const char *value)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  g_autofree char *text = g_strchomp (g_strdup (value));
  Field *field = find_field (self, key);

  if (g_str_equal (key, "host") && !is_authority (text, strlen (text)))
    return FALSE;
  if (field != NULL && is_single (key))
    return FALSE;

  if (field == NULL)
    {
      field = g_new0 (Field, 1);
      field->name = g_steal_pointer (&key);
      field->value = g_steal_pointer (&text);
      g_ptr_array_add (self->fields, field);
    }
  else
    {
      g_autofree char *before = g_steal_pointer (&field->value);

      field->value = g_strconcat (before, ", ", text, NULL);
    }

  return TRUE;
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
