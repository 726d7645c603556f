/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-settings.h"

#define SCHEMA_ID "chat.confab.Confab"

/* Return the schema where GLib looks for schemas, or where Confab was installed: a prefix need not
 * be in XDG_DATA_DIRS. (transfer full) (nullable) */
static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  GSettingsSchema *schema =
      source != NULL ? g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE) : NULL;
  g_autoptr (GSettingsSchemaSource) installed = NULL;

  if (schema != NULL)
    return schema;

  installed = g_settings_schema_source_new_from_directory (CONFAB_SCHEMA_DIR, source, TRUE, NULL);
  return installed != NULL ? g_settings_schema_source_lookup (installed, SCHEMA_ID, FALSE) : NULL;
}

GSettings *
confab_settings_get (void)
{
  static GSettings *settings;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (settings != NULL)
    return settings;

  schema = find_schema ();
  if (schema == NULL)
    g_error ("The settings schema " SCHEMA_ID " is neither installed nor in GSETTINGS_SCHEMA_DIR");
  settings = g_settings_new_full (schema, NULL, NULL);
  return settings;
}
