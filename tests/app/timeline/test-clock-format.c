/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The clock's format as the Settings portal tells it. The test is the portal, on its own bus, and
 * hides GNOME's settings, as a sandbox does. */

#include <gtk/gtk.h>
#include <locale.h>

#include "confab-clock-format.h"
#include "confab-time-text.h"

#define SCHEMA "org.gnome.desktop.interface"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_SETTINGS "org.freedesktop.portal.Settings"

static const char introspection[] =
    "<node><interface name='" PORTAL_SETTINGS "'>"
    "<method name='ReadOne'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='v' direction='out'/></method>"
    "</interface></node>";

static void
call_cb (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  const char *schema = NULL;
  const char *key = NULL;

  g_variant_get (parameters, "(&s&s)", &schema, &key);
  g_assert_cmpstr (schema, ==, SCHEMA);
  g_assert_cmpstr (key, ==, "clock-format");
  g_dbus_method_invocation_return_value (invocation,
                                         g_variant_new ("(v)", g_variant_new_string ("24h")));
}

/* Return the bus on which the portal is. (transfer full) */
static GDBusConnection *
start_portal (void)
{
  static const GDBusInterfaceVTable vtable = { .method_call = call_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);

  g_assert_no_error (error);
  g_dbus_connection_register_object (bus, PORTAL_PATH, node->interfaces[0], &vtable, NULL, NULL,
                                     &error);
  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "RequestName",
                                        g_variant_new ("(su)", "org.freedesktop.portal.Desktop", 4),
                                        NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return bus;
}

static void
announce (GDBusConnection *bus, const char *schema, const char *key, GVariant *value)
{
  g_dbus_connection_emit_signal (bus, NULL, PORTAL_PATH, PORTAL_SETTINGS, "SettingChanged",
                                 g_variant_new ("(ssv)", schema, key, value), NULL);
}

static char *
say_clock (gpointer item)
{
  return confab_time_text_clock (0);
}

static void
wait_for (GtkEntryBuffer *buffer, const char *text)
{
  while (!g_str_equal (gtk_entry_buffer_get_text (buffer), text))
    g_main_context_iteration (NULL, TRUE);
}

/* The locale decides until the portal answers; later changes are followed, and others ignored. */
static void
test_portal (void)
{
  g_autoptr (GDBusConnection) bus = start_portal ();
  g_autoptr (GtkEntryBuffer) buffer = gtk_entry_buffer_new (NULL, 0);
  g_autoptr (GObject) item = g_object_new (G_TYPE_OBJECT, NULL);

  confab_time_text_bind (buffer, "text", say_clock, item);
  g_assert_cmpint (confab_clock_format_get (), ==, CONFAB_DATE_CLOCK);
  wait_for (buffer, "00:00");
  g_assert_cmpint (confab_clock_format_get (), ==, CONFAB_DATE_CLOCK_24);

  announce (bus, SCHEMA, "clock-show-date", g_variant_new_string ("12h"));
  announce (bus, "org.example", "clock-format", g_variant_new_string ("12h"));
  announce (bus, SCHEMA, "clock-format", g_variant_new_int32 (12));
  announce (bus, SCHEMA, "clock-format", g_variant_new_string ("neither"));
  wait_for (buffer, "12:00\u202fAM");
  g_assert_cmpint (confab_clock_format_get (), ==, CONFAB_DATE_CLOCK);
  announce (bus, SCHEMA, "clock-format", g_variant_new_string ("24h"));
  wait_for (buffer, "00:00");
  announce (bus, SCHEMA, "clock-format", g_variant_new_string ("12h"));
  wait_for (buffer, "12:00\u202fAM");
  g_assert_cmpint (confab_clock_format_get (), ==, CONFAB_DATE_CLOCK_12);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("XDG_DATA_DIRS", "/nonexistent", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/clock-format/portal", test_portal);

  return g_test_run ();
}
