/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-clock-format"

#include "confab-clock-format.h"

#include "confab-clock.h"

#include <gio/gio.h>

#define SCHEMA "org.gnome.desktop.interface"
#define KEY "clock-format"

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_SETTINGS "org.freedesktop.portal.Settings"

/* Until the desktop has told, and on desktops without the setting, the locale decides. */
static ConfabDateFormat clock_format = CONFAB_DATE_CLOCK;

static ConfabDateFormat
parse (const char *value)
{
  if (g_str_equal (value, "12h"))
    return CONFAB_DATE_CLOCK_12;
  if (g_str_equal (value, "24h"))
    return CONFAB_DATE_CLOCK_24;

  return CONFAB_DATE_CLOCK;
}

static void
take (const char *value)
{
  ConfabDateFormat format = parse (value);

  if (format == clock_format)
    return;

  clock_format = format;
  confab_clock_refresh ();
}

/* ---- outside a sandbox ---- */

static void
settings_changed_cb (GSettings *settings)
{
  g_autofree char *value = g_settings_get_string (settings, KEY);

  take (value);
}

static gboolean
follow_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autofree char *value = NULL;
  GSettings *settings = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA, TRUE);
  if (schema == NULL || !g_settings_schema_has_key (schema, KEY))
    return FALSE;

  /* Lives as long as the process. */
  settings = g_settings_new_full (schema, NULL, NULL);
  g_signal_connect (settings, "changed::" KEY, G_CALLBACK (settings_changed_cb), NULL);
  /* The text being written is the first; there is none to write again. */
  value = g_settings_get_string (settings, KEY);
  clock_format = parse (value);
  return TRUE;
}

/* ---- in a sandbox, where the desktop's settings cannot be read ---- */

static void
portal_changed_cb (GDBusConnection *bus,
                   const char *sender,
                   const char *path,
                   const char *interface,
                   const char *signal,
                   GVariant *parameters,
                   gpointer user_data)
{
  g_autoptr (GVariant) value = NULL;
  const char *schema = NULL;
  const char *key = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;
  g_variant_get (parameters, "(&s&sv)", &schema, &key, &value);
  if (g_str_equal (key, KEY) && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    take (g_variant_get_string (value, NULL));
}

static void
portal_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) value = NULL;

  if (answer == NULL)
    {
      g_debug ("The desktop does not tell its clock’s format: %s", error->message);
      return;
    }
  g_variant_get (answer, "(v)", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    take (g_variant_get_string (value, NULL));
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* GIO keeps the session's bus until the process ends. */
  GDBusConnection *bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    return;
  g_dbus_connection_signal_subscribe (bus, PORTAL, PORTAL_SETTINGS, "SettingChanged", PORTAL_PATH,
                                      SCHEMA, G_DBUS_SIGNAL_FLAGS_NONE, portal_changed_cb, NULL,
                                      NULL);
  g_dbus_connection_call (bus, PORTAL, PORTAL_PATH, PORTAL_SETTINGS, "ReadOne",
                          g_variant_new ("(ss)", SCHEMA, KEY), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, portal_read_cb, NULL);
}

/**
 * confab_clock_format_get:
 *
 * The first call begins to follow the desktop's setting: GNOME's own, or in a sandbox that of the
 * Settings portal. Texts of the clock are written again when it changes.
 *
 * Returns: #CONFAB_DATE_CLOCK, #CONFAB_DATE_CLOCK_12 or #CONFAB_DATE_CLOCK_24
 */
ConfabDateFormat
confab_clock_format_get (void)
{
  static gboolean following;

  if (!following)
    {
      following = TRUE;
      if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || !follow_settings ())
        g_bus_get (G_BUS_TYPE_SESSION, NULL, bus_cb, NULL);
    }

  return clock_format;
}
