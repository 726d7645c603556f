/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-reset-link.h"

#include <string.h>

#include "confab-address.h"
#include "confab-engine-error.h"

#define MAX_BYTES 2048
/* 128 bits in base64url at least; the servers' have 256. */
#define TOKEN_MIN_BYTES 22
#define TOKEN_MAX_BYTES 128

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_BAD_LINK,
               "Not a link of Confab's: %s", why);

  return FALSE;
}

/* base64url, so that it is the same in a link, in JSON and in a log nobody should find it in. */
static gboolean
token_is_good (const char *token)
{
  gsize length = strlen (token);

  if (length < TOKEN_MIN_BYTES || length > TOKEN_MAX_BYTES)
    return FALSE;
  for (const char *at = token; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '-' && *at != '_')
      return FALSE;

  return TRUE;
}

static gboolean
take_server (ConfabResetLink *self, const char *text, GError **error)
{
  g_autofree char *https = NULL;
  g_autofree char *secure = NULL;

  if (!g_str_has_prefix (text, "https://") && !g_str_has_prefix (text, "http://"))
    return refuse (error, "the server has no scheme");

  self->server = confab_address_normalize (text, NULL, NULL);
  if (self->server != NULL)
    {
      self->host = g_strdup (strstr (self->server, "://") + strlen ("://"));
      return TRUE;
    }

  /* With encryption it would do? Then that is what is wrong with it. */
  if (g_str_has_prefix (text, "http://"))
    {
      https = g_strconcat ("https://", text + strlen ("http://"), NULL);
      secure = confab_address_normalize (https, NULL, NULL);
    }
  if (secure == NULL)
    return refuse (error, "the server is no address");
  g_set_error (error, CONFAB_ENGINE_ERROR, CONFAB_ENGINE_ERROR_INSECURE_LINK,
               "The link's server is not encrypted: %s", text);

  return FALSE;
}

static gboolean
take_parameter (ConfabResetLink *self, const char *name, const char *value, GError **error)
{
  if (g_str_equal (name, "server") && self->server == NULL)
    return take_server (self, value, error);

  if (g_str_equal (name, "token") && self->token == NULL)
    {
      if (!token_is_good (value))
        return refuse (error, "the token is damaged");
      self->token = g_strdup (value);
      return TRUE;
    }

  return refuse (error, "a parameter is unknown or there twice");
}

static gboolean
take_query (ConfabResetLink *self, const char *query, GError **error)
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
      if (!take_parameter (self, name, value, error))
        return FALSE;
    }
}

ConfabResetLink *
confab_reset_link_parse (const char *text, GError **error)
{
  g_autoptr (ConfabResetLink) self = g_new0 (ConfabResetLink, 1);
  g_autoptr (GUri) uri = NULL;
  const char *path;

  g_return_val_if_fail (text != NULL, NULL);

  /* The query stays as it is until it is taken apart, or an escaped "&" would begin another
   * parameter. */
  if (strlen (text) <= MAX_BYTES)
    uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY, NULL);
  if (uri == NULL || !g_str_equal (g_uri_get_scheme (uri), "confab"))
    {
      refuse (error, "no URI, or too long, or not ours");
      return NULL;
    }
  path = g_uri_get_path (uri);
  if (g_uri_get_host (uri) == NULL || !g_str_equal (g_uri_get_host (uri), "reset")
      || g_uri_get_userinfo (uri) != NULL || g_uri_get_port (uri) != -1
      || (*path != '\0' && !g_str_equal (path, "/")) || g_uri_get_fragment (uri) != NULL
      || g_uri_get_query (uri) == NULL)
    {
      refuse (error, "only confab://reset is known");
      return NULL;
    }
  if (!take_query (self, g_uri_get_query (uri), error))
    return NULL;
  if (self->server == NULL || self->token == NULL)
    {
      refuse (error, "a parameter is missing");
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
confab_reset_link_free (ConfabResetLink *self)
{
  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  g_free (self->server);
  g_free (self->host);
  g_free (self);
}
