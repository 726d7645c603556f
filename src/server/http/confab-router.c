/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-router.h"

#include <string.h>

static void
clear_params (char **params)
{
  for (guint i = 0; i < CONFAB_REQUEST_MAX_PARAMS; i++)
    g_clear_pointer (&params[i], g_free);
}

static gboolean
matches (const char *pattern, const char *path, char **params)
{
  guint n_params = 0;

  while (*pattern != '\0')
    {
      if (*pattern == '{')
        {
          gsize length = strcspn (path, "/");

          if (length == 0 || n_params == CONFAB_REQUEST_MAX_PARAMS)
            return FALSE;
          params[n_params++] = g_strndup (path, length);
          path += length;
          pattern = strchr (pattern, '}') + 1;
        }
      else if (*pattern++ != *path++)
        return FALSE;
    }

  return *path == '\0';
}

const ConfabRoute *
confab_router_find (const ConfabRoute *routes,
                    guint n_routes,
                    ConfabMethod method,
                    const char *path,
                    char **params,
                    guint *allowed)
{
  *allowed = 0;
  for (guint i = 0; i < n_routes; i++)
    {
      if (matches (routes[i].pattern, path, params))
        {
          if (routes[i].method == method)
            return &routes[i];
          *allowed |= routes[i].method;
        }
      clear_params (params);
    }

  return NULL;
}
