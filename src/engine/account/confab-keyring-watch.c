/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-keyring-watch.h"

#include <gio/gio.h>

#include "confab-retry.h"

#define SECRET_SERVICE "org.freedesktop.secrets"

struct _ConfabKeyringWatch
{
  ConfabEnvironment *environment;
  ConfabKeyringWatchFunc func;
  gpointer user_data;
  guint name_id;
  guint timer;
  ConfabRetry retry;
};

static gboolean
timer_cb (gpointer user_data)
{
  ConfabKeyringWatch *self = user_data;

  self->timer = 0;
  self->func (self->user_data);

  return G_SOURCE_REMOVE;
}

static void
appeared_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  ConfabKeyringWatch *self = user_data;

  confab_retry_progress (&self->retry);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->func (self->user_data);
}

/**
 * confab_keyring_watch_new:
 * @func: called each time the Secret Service appears on the session bus, and at once if it is there
 *
 * Does nothing without a session bus.
 *
 * Returns: (transfer full): the watch
 */
ConfabKeyringWatch *
confab_keyring_watch_new (ConfabEnvironment *environment,
                          ConfabKeyringWatchFunc func,
                          gpointer user_data)
{
  ConfabKeyringWatch *self = g_new0 (ConfabKeyringWatch, 1);

  self->environment = confab_environment_ref (environment);
  self->func = func;
  self->user_data = user_data;
  self->name_id = g_bus_watch_name (G_BUS_TYPE_SESSION, SECRET_SERVICE,
                                    G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb, NULL, self, NULL);

  return self;
}

void
confab_keyring_watch_free (ConfabKeyringWatch *self)
{
  g_bus_unwatch_name (self->name_id);
  g_clear_handle_id (&self->timer, g_source_remove);
  confab_environment_unref (self->environment);
  g_free (self);
}

/**
 * confab_keyring_watch_silent:
 *
 * The service exists but did not answer: calls the function again after a delay, which grows to a
 * minute.
 */
void
confab_keyring_watch_silent (ConfabKeyringWatch *self)
{
  if (self->timer == 0)
    self->timer = confab_environment_timeout_add (
        self->environment, confab_retry_failed (&self->retry, self->environment, 0), timer_cb,
        self);
}
