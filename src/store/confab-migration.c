/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "confab-database-private.h"
#include "confab-query.h"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Return the names of the scripts under @resource_path in order; they must be numbered 001, 002 …
 * without gaps. */
static GPtrArray *
list_scripts (const char *resource_path, GError **error)
{
  g_autoptr (GPtrArray) scripts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) names = g_resources_enumerate_children (resource_path, 0, NULL);

  if (names == NULL)
    {
      g_set_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED, "%s: no such resource",
                   resource_path);
      return NULL;
    }

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_regex_match_simple ("^[0-9]{3}-.*\\.sql$", names[i], 0, 0))
        g_ptr_array_add (scripts, g_strdup (names[i]));
    }

  g_ptr_array_sort (scripts, compare_names);

  for (guint i = 0; i < scripts->len; i++)
    {
      if (atoi (g_ptr_array_index (scripts, i)) != (int)i + 1)
        {
          g_set_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED,
                       "%s: expected script %03u, found %s", resource_path, i + 1,
                       (char *)g_ptr_array_index (scripts, i));
          return NULL;
        }
    }

  return g_steal_pointer (&scripts);
}

static gboolean
read_version (ConfabDatabase *self, gint64 *version, GError **error)
{
  return confab_database_query_int (self, version, error, "PRAGMA user_version");
}

/* Run a script, unless another process has run it meanwhile. */
static gboolean
run_script (ConfabDatabase *self, const char *path, gint64 number, GError **error)
{
  /* The resource exists, because it was just enumerated. Its data ends with a NUL. */
  g_autoptr (GBytes) script = g_resources_lookup_data (path, 0, NULL);
  g_autofree char *set_version =
      g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, number);
  gint64 version;

  if (!confab_database_begin (self, error))
    return FALSE;

  if (!read_version (self, &version, error)
      || (version < number
          && (!confab_database_exec (self, g_bytes_get_data (script, NULL), error)
              || !confab_database_exec (self, set_version, error))))
    {
      g_prefix_error (error, "%s: ", path);
      confab_database_rollback (self);
      return FALSE;
    }

  return confab_database_commit (self, error);
}

static gboolean
refuse_newer (gint64 version, guint newest, GError **error)
{
  if (version <= newest)
    return TRUE;

  g_set_error (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_NEWER,
               "The database has version %" G_GINT64_FORMAT ", newer than %u", version, newest);

  return FALSE;
}

gboolean
confab_database_check_version (ConfabDatabase *self, const char *resource_path, GError **error)
{
  g_autoptr (GPtrArray) scripts = list_scripts (resource_path, error);
  gint64 version;

  return scripts != NULL && read_version (self, &version, error)
         && refuse_newer (version, scripts->len, error);
}

gboolean
confab_database_migrate (ConfabDatabase *self, const char *resource_path, GError **error)
{
  g_autoptr (GPtrArray) scripts = list_scripts (resource_path, error);
  gint64 version;

  if (scripts == NULL || !read_version (self, &version, error)
      || !refuse_newer (version, scripts->len, error))
    return FALSE;

  for (guint i = version; i < scripts->len; i++)
    {
      g_autofree char *path =
          g_build_path ("/", resource_path, g_ptr_array_index (scripts, i), NULL);

      if (!run_script (self, path, i + 1, error))
        return FALSE;
    }

  return TRUE;
}
