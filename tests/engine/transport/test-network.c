/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A resume that logind tells of is told at once; going to sleep is not. The system's bus is one of
 * the test's own. */

#include "confab-network.h"

#define PATIENCE_S 30

typedef struct
{
  GMainLoop *loop;
  guint resumed;
  guint network_changed;
} Told;

static void
changed_cb (ConfabNetwork *network, gboolean resumed, Told *told)
{
  if (resumed)
    told->resumed++;
  else
    told->network_changed++;
  g_main_loop_quit (told->loop);
}

static gboolean
late_cb (gpointer user_data)
{
  g_error ("Nothing was told");
  return G_SOURCE_REMOVE;
}

static void
wait_told (Told *told)
{
  guint timer = g_timeout_add_seconds (PATIENCE_S, late_cb, NULL);

  g_main_loop_run (told->loop);
  g_source_remove (timer);
}

/* Emit the signal until it is heard: the network subscribes to it in its own time. */
static gboolean
resume_cb (gpointer user_data)
{
  GDBusConnection *logind = user_data;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    g_dbus_connection_emit_signal (logind, NULL, "/org/freedesktop/login1",
                                   "org.freedesktop.login1.Manager", "PrepareForSleep",
                                   g_variant_new ("(b)", i == 0), &error);
  g_assert_no_error (error);

  return G_SOURCE_CONTINUE;
}

static GDBusConnection *
own_logind (const char *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  GDBusConnection *bus =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                  | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);

  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "RequestName",
                                        g_variant_new ("(su)", "org.freedesktop.login1", 0), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return bus;
}

static void
test_resume (void)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (ConfabEnvironment) environment = confab_environment_new ("/nonexistent");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GDBusConnection) logind = NULL;
  ConfabNetwork *network;
  Told told = { loop };
  guint timer;

  g_test_dbus_up (bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (bus), TRUE);
  logind = own_logind (g_test_dbus_get_bus_address (bus));
  network = confab_network_new (environment);
  g_signal_connect (network, "changed", G_CALLBACK (changed_cb), &told);

  timer = g_timeout_add (50, resume_cb, logind);
  wait_told (&told);
  g_source_remove (timer);
  g_assert_cmpuint (told.resumed, ==, 1);

  /* A network that comes and goes within a moment is told once. */
  for (guint i = 0; i < 4; i++)
    g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", i % 2 == 0);
  while (told.network_changed == 0)
    wait_told (&told);
  g_assert_cmpuint (told.network_changed, ==, 1);

  g_assert_finalize_object (network);
  g_test_dbus_down (bus);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/network/resume", test_resume);

  return g_test_run ();
}
