/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-address.h"

#include <gio/gio.h>
#include <string.h>

#include "confab-engine-error.h"
#include "confab-text.h"

static gboolean
host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (host);

  if (inet != NULL)
    return g_inet_address_get_is_loopback (inet);

  return g_str_equal (host, "localhost") || g_str_has_suffix (host, ".localhost");
}

static gboolean
host_is_name (const char *host)
{
  const char *begin = host;

  if (*host == '\0' || strlen (host) > 253)
    return FALSE;

  for (const char *at = host;; at++)
    {
      if (*at == '.' || *at == '\0')
        {
          if (at == begin || at - begin > 63 || *begin == '-' || at[-1] == '-')
            return FALSE;
          if (*at == '\0')
            return TRUE;
          begin = at + 1;
        }
      else if (!g_ascii_isalnum (*at) && *at != '-' && *at != '_')
        return FALSE;
    }
}

/* Return an address in digits, or a name in lower-case ASCII. (transfer full) */
static char *
normalize_host (const char *host)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (host);
  g_autofree char *ascii = NULL;
  g_autofree char *lower = NULL;

  if (inet != NULL)
    return g_inet_address_to_string (inet);

  ascii = g_hostname_to_ascii (host);
  if (ascii == NULL)
    return NULL;
  lower = g_ascii_strdown (ascii, -1);
  if (g_str_has_suffix (lower, "."))
    lower[strlen (lower) - 1] = '\0';

  return host_is_name (lower) ? g_steal_pointer (&lower) : NULL;
}

/* The parts of an address as typed. */
typedef struct
{
  char *scheme; /* lower case; (nullable): NULL if missing */
  char *user;   /* (nullable) */
  char *host;   /* without brackets */
  char *port;   /* (nullable) */
  const char *rest;
} Parts;

static void
parts_clear (Parts *parts)
{
  g_free (parts->scheme);
  g_free (parts->user);
  g_free (parts->host);
  g_free (parts->port);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

/* Split "[2001:db8::1]:80" or "host:80"; "2001:db8::1" has no port. */
static void
split_host (Parts *parts, const char *text)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (text);
  const char *bracket = *text == '[' ? strchr (text, ']') : NULL;
  const char *colon = strrchr (bracket != NULL ? bracket : text, ':');

  if (inet != NULL)
    {
      parts->host = g_strdup (text);
      return;
    }
  if (colon != NULL)
    parts->port = g_strdup (colon + 1);
  if (bracket != NULL && (bracket[1] == '\0' || bracket[1] == ':'))
    parts->host = g_strndup (text + 1, (gsize)(bracket - text - 1));
  else
    parts->host = colon != NULL ? g_strndup (text, (gsize)(colon - text)) : g_strdup (text);
}

/* Split any text, so that each part can be checked separately. */
static void
split (Parts *parts, const char *text)
{
  const char *mark = strstr (text, "://");
  const char *begin = mark != NULL ? mark + strlen ("://") : text;
  gsize length = strcspn (begin, "/?#");
  g_autofree char *authority = g_strndup (begin, length);
  const char *at = strrchr (authority, '@');

  if (mark != NULL)
    parts->scheme = g_ascii_strdown (text, mark - text);
  if (at != NULL)
    parts->user = g_strndup (authority, (gsize)(at - authority));
  split_host (parts, at != NULL ? at + 1 : authority);
  parts->rest = begin + length;
}

/* Return the port, 0 if there is none, or -1 if it is invalid. */
static int
parse_port (const char *text)
{
  guint64 port = 0;

  if (text == NULL)
    return 0;
  if (!g_ascii_string_to_unsigned (text, 10, 1, 65535, &port, NULL))
    return -1;

  return (int)port;
}

static gboolean
refuse (GError **error, ConfabEngineError code, const char *address)
{
  g_set_error (error, CONFAB_ENGINE_ERROR, code, "“%s” is not a server address", address);
  return FALSE;
}

/* @host: (nullable): normalised. Report the errors in the order that helps the user most. */
static gboolean
judge (const Parts *parts, const char *host, const char *text, GError **error)
{
  const char *scheme = parts->scheme;
  gboolean plain = g_strcmp0 (scheme, "http") == 0;

  if (scheme != NULL && !plain && !g_str_equal (scheme, "https"))
    return refuse (error, CONFAB_ENGINE_ERROR_ADDRESS_SCHEME, text);
  if (plain && host != NULL && !host_is_loopback (host))
    return refuse (error, CONFAB_ENGINE_ERROR_ADDRESS_INSECURE, text);
  if (parts->user != NULL)
    return refuse (error, CONFAB_ENGINE_ERROR_ADDRESS_USER, text);
  if (host == NULL)
    return refuse (error, CONFAB_ENGINE_ERROR_BAD_ADDRESS, text);
  if (*parts->rest != '\0' && !g_str_equal (parts->rest, "/"))
    return refuse (error, CONFAB_ENGINE_ERROR_ADDRESS_PATH, text);
  if (parse_port (parts->port) < 0)
    return refuse (error, CONFAB_ENGINE_ERROR_ADDRESS_PORT, text);

  return TRUE;
}

char *
confab_address_normalize (const char *address, gboolean *insecure, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *host = NULL;
  g_auto (Parts) parts = { NULL };
  gboolean plain;
  int port;
  GString *origin;

  g_return_val_if_fail (address != NULL, NULL);

  text = confab_text_strip (address);
  split (&parts, text);
  host = normalize_host (parts.host);
  if (!judge (&parts, host, text, error))
    return NULL;

  port = parse_port (parts.port);
  plain =
      g_strcmp0 (parts.scheme, "http") == 0 || (parts.scheme == NULL && host_is_loopback (host));
  origin = g_string_new (plain ? "http://" : "https://");
  if (strchr (host, ':') != NULL)
    g_string_append_printf (origin, "[%s]", host);
  else
    g_string_append (origin, host);
  if (port > 0 && port != (plain ? 80 : 443))
    g_string_append_printf (origin, ":%d", port);
  if (insecure != NULL)
    *insecure = plain;

  return g_string_free_and_steal (origin);
}
