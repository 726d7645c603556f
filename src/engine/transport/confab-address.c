/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-address.h"

#include <gio/gio.h>
#include <string.h>

#include "confab-engine-error.h"
#include "confab-text.h"

#define NO_SCHEME "confab-no-scheme"

static void
refuse (GError **error, const char *address)
{
  g_set_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_BAD_ADDRESS,
               "“%s” is not a server address", address);
}

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

/* Returns: (transfer full): an address in digits, or a name in lower-case ASCII */
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

static GUri *
parse (const char *text, GError **error)
{
  g_autofree char *full = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *path;

  /* A scheme that nobody types, so that what follows is read as an authority. */
  if (strstr (text, "://") == NULL)
    full = g_strconcat (NO_SCHEME "://", text, NULL);
  uri = g_uri_parse (full != NULL ? full : text, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_userinfo (uri) != NULL
      || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      refuse (error, text);
      return NULL;
    }
  path = g_uri_get_path (uri);
  if (*path != '\0' && !g_str_equal (path, "/"))
    {
      refuse (error, text);
      return NULL;
    }

  return g_steal_pointer (&uri);
}

char *
confab_address_normalize (const char *address, gboolean *insecure, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *host = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *scheme;
  gboolean plain;
  gboolean loopback;
  int port;
  GString *origin;

  g_return_val_if_fail (address != NULL, NULL);

  text = confab_text_strip (address);
  uri = parse (text, error);
  if (uri == NULL)
    return NULL;

  scheme = g_uri_get_scheme (uri);
  host = normalize_host (g_uri_get_host (uri));
  port = g_uri_get_port (uri);
  if (host == NULL || port == 0)
    {
      refuse (error, text);
      return NULL;
    }
  loopback = host_is_loopback (host);
  plain = g_str_equal (scheme, "http") || (g_str_equal (scheme, NO_SCHEME) && loopback);
  if ((plain && !loopback)
      || (!plain && !g_str_equal (scheme, "https") && !g_str_equal (scheme, NO_SCHEME)))
    {
      refuse (error, text);
      return NULL;
    }

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
