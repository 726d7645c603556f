/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-app-link-private.h"

#include <string.h>

#include "confab-address.h"
#include "confab-engine-error.h"

#define MAX_BYTES 2048

typedef struct
{
  const char *name;
  gboolean (*is_good) (const char *value);
  ConfabAppLink *link;
} Parsing;

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_BAD_LINK,
               "Not a link of Confab's: %s", why);

  return FALSE;
}

/* Return whether @text would be valid with encryption, so that the error can say so. */
static gboolean
lacks_only_encryption (const char *text)
{
  g_autofree char *https = NULL;
  g_autofree char *secure = NULL;

  if (!g_str_has_prefix (text, "http://"))
    return FALSE;
  https = g_strconcat ("https://", text + strlen ("http://"), NULL);
  secure = confab_address_normalize (https, NULL, NULL);

  return secure != NULL;
}

static gboolean
take_server (ConfabAppLink *link, const char *text, GError **error)
{

  if (!g_str_has_prefix (text, "https://") && !g_str_has_prefix (text, "http://"))
    return refuse (error, "the server has no scheme");

  link->server = confab_address_normalize (text, NULL, NULL);
  if (link->server != NULL)
    {
      link->host = g_strdup (strstr (link->server, "://") + strlen ("://"));
      return TRUE;
    }
  if (!lacks_only_encryption (text))
    return refuse (error, "the server is no address");
  g_set_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_INSECURE_LINK,
               "The link's server is not encrypted: %s", text);

  return FALSE;
}

static gboolean
take_parameter (const Parsing *parsing, const char *name, const char *value, GError **error)
{
  if (g_str_equal (name, "server") && parsing->link->server == NULL)
    return take_server (parsing->link, value, error);

  if (g_str_equal (name, parsing->name) && parsing->link->secret == NULL)
    {
      if (!parsing->is_good (value))
        return refuse (error, "a parameter is damaged");
      parsing->link->secret = g_strdup (value);
      return TRUE;
    }

  return refuse (error, "a parameter is unknown or there twice");
}

static gboolean
take_query (const Parsing *parsing, const char *query, GError **error)
{
  GUriParamsIter iter;

  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_NONE);
  for (;;)
    {
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;
      g_autoptr (GError) broken = NULL;

      if (!g_uri_params_iter_next (&iter, &name, &value, &broken))
        return broken == NULL || refuse (error, broken->message);
      if (!take_parameter (parsing, name, value, error))
        return FALSE;
    }
}

/* Decode the query only after dividing it, or an escaped "&" would begin another parameter.
 * Returns: (transfer full) (nullable) */
static GUri *
parse_uri (const char *text)
{
  g_autoptr (GUri) uri = NULL;

  if (strlen (text) <= MAX_BYTES)
    uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY, NULL);

  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "confab") ? g_steal_pointer (&uri)
                                                                       : NULL;
}

gboolean
confab_app_link_is (const char *text, const char *kind)
{
  g_autoptr (GUri) uri = parse_uri (text);

  return uri != NULL && g_strcmp0 (g_uri_get_host (uri), kind) == 0;
}

gboolean
confab_app_link_parse (const char *text,
                       const char *kind,
                       const char *name,
                       gboolean (*is_good) (const char *value),
                       ConfabAppLink *link,
                       GError **error)
{
  const Parsing parsing = { name, is_good, link };
  g_autoptr (GUri) uri = parse_uri (text);
  const char *path;

  if (uri == NULL)
    return refuse (error, "no URI, or too long, or not ours");
  path = g_uri_get_path (uri);
  if (g_strcmp0 (g_uri_get_host (uri), kind) != 0 || g_uri_get_userinfo (uri) != NULL
      || g_uri_get_port (uri) != -1 || (*path != '\0' && !g_str_equal (path, "/"))
      || g_uri_get_fragment (uri) != NULL || g_uri_get_query (uri) == NULL)
    return refuse (error, "of another kind");
  if (!take_query (&parsing, g_uri_get_query (uri), error))
    return FALSE;
  if (link->server == NULL || link->secret == NULL)
    return refuse (error, "a parameter is missing");

  return TRUE;
}

void
confab_app_link_clear (ConfabAppLink *link)
{
  if (link->secret != NULL)
    explicit_bzero (link->secret, strlen (link->secret));
  g_clear_pointer (&link->secret, g_free);
  g_clear_pointer (&link->server, g_free);
  g_clear_pointer (&link->host, g_free);
}
