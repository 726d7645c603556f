/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-schema.h"

#include "confab-mirror-resources.h"
#include "confab-query.h"

#define SCRIPTS "/chat/confab/mirror"

/* Register explicitly: programs would not link a static library's constructors. */
static void
register_scripts (void)
{
  static gsize registered;

  if (g_once_init_enter (&registered))
    {
      confab_mirror_register_resource ();
      g_once_init_leave (&registered, 1);
    }
}

/* Return the schema as text; "" for an empty file. SQLite's own objects are left out. */
static char *
describe (ConfabDatabase *database, GError **error)
{
  char *text = NULL;

  confab_database_query_text (
      database, &text, error,
      "SELECT coalesce (group_concat (type || ' ' || name || ': ' || sql, char (10)), '') FROM"
      " (SELECT type, name, coalesce (sql, '') AS sql FROM sqlite_schema"
      " WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY type, name)");
  return text;
}

/* Return the schema of a new mirror. (nullable) */
static const char *
get_expected (void)
{
  static char *expected;

  if (g_once_init_enter_pointer (&expected))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConfabDatabase) database = confab_database_open_memory (&error);
      char *text = NULL;

      if (database != NULL && confab_database_migrate (database, SCRIPTS, &error))
        text = describe (database, &error);
      if (text == NULL)
        g_error ("The mirror's scripts do not run: %s", error->message);
      g_once_init_leave_pointer (&expected, text);
    }
  return expected;
}

static gboolean
corrupt (GError **error)
{
  g_set_error_literal (error, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_CORRUPT,
                       "The mirror's tables are not what they should be");
  return FALSE;
}

/* Return the version that the scripts stored in the table meta; 0 if it is missing. */
static gboolean
read_version_of_scripts (ConfabDatabase *database, gint64 *version, GError **error)
{
  g_autoptr (GError) failure = NULL;

  *version = 0;
  if (confab_database_query_int (database, version, &failure,
                                 "SELECT CAST (value AS INTEGER) FROM meta"
                                 " WHERE key = 'schema_version'"))
    return TRUE;
  /* The table is missing, or another one. */
  if (g_error_matches (failure, CONFAB_STORE_ERROR, CONFAB_STORE_ERROR_FAILED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* "user_version" has four bytes: after one flipped bit, the file would seem to be a newer Confab's,
 * which is left alone and shows nothing. So it only counts if the second copy is equal. */
static gboolean
check_version (ConfabDatabase *database, GError **error)
{
  gint64 version;
  gint64 version_of_scripts;

  if (!confab_database_query_int (database, &version, error,
                                  "SELECT user_version FROM pragma_user_version")
      || !read_version_of_scripts (database, &version_of_scripts, error))
    return FALSE;
  return version == version_of_scripts || corrupt (error);
}

gboolean
confab_mirror_schema_prepare (ConfabDatabase *database, GError **error)
{
  g_autofree char *text = NULL;

  register_scripts ();
  if (!check_version (database, error) || !confab_database_migrate (database, SCRIPTS, error))
    return FALSE;
  text = describe (database, error);
  if (text == NULL)
    return FALSE;
  return g_str_equal (text, get_expected ()) || corrupt (error);
}
