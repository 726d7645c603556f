/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-network.h"

#define CHECK_INTERVAL_S 10
#define SETTLE_MS 500 /* a network coming up changes several times */
/* A main loop may be delayed by seconds, and a shorter suspend does not break connections. */
#define JUMP_MS (20 * 1000)
#define LOGIND "org.freedesktop.login1"

struct _ConfabNetwork
{
  GObject parent_instance;
  ConfabEnvironment *environment;
  guint timer;
  guint settle_timer;
  gint64 offset; /* wall clock minus monotonic clock, ms */
  GCancellable *cancellable;
  GDBusConnection *bus; /* (nullable): the system's; none in a sandbox */
  guint sleep_signal;
};

G_DEFINE_FINAL_TYPE (ConfabNetwork, confab_network, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The monotonic clock stops while the computer is suspended; the wall clock does not. */
static gint64
read_offset (ConfabNetwork *self)
{
  return confab_environment_now (self->environment) - g_get_monotonic_time () / 1000;
}

static gboolean
check_clock_cb (gpointer user_data)
{
  ConfabNetwork *self = user_data;
  gint64 offset = read_offset (self);
  gboolean resumed = offset - self->offset > JUMP_MS;

  self->offset = offset;
  if (resumed)
    g_signal_emit (self, signals[CHANGED], 0, TRUE);

  return G_SOURCE_CONTINUE;
}

static gboolean
settled_cb (gpointer user_data)
{
  ConfabNetwork *self = user_data;

  self->settle_timer = 0;
  g_signal_emit (self, signals[CHANGED], 0, FALSE);

  return G_SOURCE_REMOVE;
}

static void
network_changed_cb (ConfabNetwork *self, gboolean available, GNetworkMonitor *monitor)
{
  g_assert (CONFAB_IS_NETWORK (self));

  /* Also if the network went: what is called connected is checked then. */
  g_clear_handle_id (&self->settle_timer, g_source_remove);
  self->settle_timer = g_timeout_add (SETTLE_MS, settled_cb, self);
}

/* logind tells of a resume at once; the clocks tell of it within CHECK_INTERVAL_S. */
static void
sleep_cb (GDBusConnection *bus,
          const char *sender,
          const char *path,
          const char *interface,
          const char *signal,
          GVariant *parameters,
          gpointer user_data)
{
  ConfabNetwork *self = user_data;
  gboolean before_sleep = TRUE;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &before_sleep);
  if (before_sleep)
    return;

  self->offset = read_offset (self);
  g_signal_emit (self, signals[CHANGED], 0, TRUE);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  ConfabNetwork *self = user_data;

  if (bus == NULL) /* cancelled, so that self is gone, or there is none */
    return;

  self->bus = g_steal_pointer (&bus);
  /* An upgrade may restart it. */
  g_dbus_connection_set_exit_on_close (self->bus, FALSE);
  self->sleep_signal = g_dbus_connection_signal_subscribe (
      self->bus, LOGIND, "org.freedesktop.login1.Manager", "PrepareForSleep",
      "/org/freedesktop/login1", NULL, G_DBUS_SIGNAL_FLAGS_NONE, sleep_cb, self, NULL);
}

static void
confab_network_dispose (GObject *object)
{
  ConfabNetwork *self = CONFAB_NETWORK (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->settle_timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->bus != NULL)
    g_dbus_connection_signal_unsubscribe (self->bus, self->sleep_signal);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->environment, confab_environment_unref);

  G_OBJECT_CLASS (confab_network_parent_class)->dispose (object);
}

static void
confab_network_class_init (ConfabNetworkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = confab_network_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
confab_network_init (ConfabNetwork *self)
{
}

ConfabNetwork *
confab_network_new (ConfabEnvironment *environment)
{
  ConfabNetwork *self;

  g_return_val_if_fail (environment != NULL, NULL);

  self = g_object_new (CONFAB_TYPE_NETWORK, NULL);
  self->environment = confab_environment_ref (environment);
  self->offset = read_offset (self);
  self->timer = g_timeout_add_seconds (CHECK_INTERVAL_S, check_clock_cb, self);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
  self->cancellable = g_cancellable_new ();
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, bus_cb, self);

  return self;
}
