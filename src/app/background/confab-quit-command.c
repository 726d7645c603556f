/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-quit-command.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* The user may have to answer a question first, or Confab hangs. */
#define PATIENCE_S 30

typedef struct
{
  GMainLoop *loop;
  char *path;
  int status;
} Command;

static void
fail (Command *self, const char *reason)
{
  fprintf (stderr, "confab: %s\n", reason);
  self->status = 1;
  g_main_loop_quit (self->loop);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Command *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* It may end before it has answered. */
  if (answer == NULL && !g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY)
      && !g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
      && !g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
    fail (self, error->message);
}

static void
appeared_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  Command *self = user_data;

  g_dbus_connection_call (bus, name, self->path, "org.freedesktop.Application", "ActivateAction",
                          g_variant_new ("(sava{sv})", "quit", NULL, NULL), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, called_cb, self);
}

static void
vanished_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  Command *self = user_data;

  if (bus == NULL)
    fail (self, _("There is no session bus"));
  else
    g_main_loop_quit (self->loop);
}

static gboolean
late_cb (gpointer user_data)
{
  fail (user_data, _("Confab is still running"));
  return G_SOURCE_CONTINUE;
}

int
confab_quit_command (const char *app_id)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *path = g_strconcat ("/", app_id, NULL);
  Command self = { loop, path, 0 };
  guint watch, timer;

  g_return_val_if_fail (g_application_id_is_valid (app_id), 1);

  /* As GApplication derives it. */
  g_strdelimit (path, ".", '/');
  g_strdelimit (path, "-", '_');
  timer = g_timeout_add_seconds (PATIENCE_S, late_cb, &self);
  watch = g_bus_watch_name (G_BUS_TYPE_SESSION, app_id, G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb,
                            vanished_cb, &self, NULL);
  g_main_loop_run (loop);
  g_bus_unwatch_name (watch);
  g_source_remove (timer);

  return self.status;
}
