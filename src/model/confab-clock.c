/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Tells widgets when the calendar day or the time zone changes.
 *
 * A timer set for midnight is not enough: it counts monotonic time, which stops while the computer
 * is suspended, and it does not notice a clock that is set by hand or a change of time zone. So the
 * clock is read every 30 seconds, and at once when a window becomes active
 * (docs/decisions/005-the-clock-is-polled.md). */

#define G_LOG_DOMAIN "confab-model"

#include "confab-clock.h"

#define CHECK_SECONDS 30
#define DAY_SECONDS (24 * 60 * 60)

/* An object of its own only because GObject signals need one. */
#define TYPE_CLOCK (clock_get_type ())
G_DECLARE_FINAL_TYPE (Clock, clock, CONFAB, CLOCK, GObject)

struct _Clock
{
  GObject parent_instance;
  GTimeZone *zone;
  gint64 today;
  guint check_id;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (Clock, clock, G_TYPE_OBJECT)

static gint64
floor_divide (gint64 value, gint64 by)
{
  return value / by - (value % by < 0 ? 1 : 0);
}

/* Return the offset from UTC in seconds, positive east of Greenwich. */
static gint32
get_offset (GTimeZone *zone, gint64 seconds)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);

  return interval >= 0 ? g_time_zone_get_offset (zone, interval) : 0;
}

static gint64
get_day (GTimeZone *zone, gint64 time)
{
  gint64 seconds = floor_divide (time, 1000);

  return floor_divide (seconds + get_offset (zone, seconds), DAY_SECONDS);
}

/* Compare names and offsets: a zone can keep its name while its rules change. */
static gboolean
is_same_zone (GTimeZone *one, GTimeZone *other)
{
  gint64 seconds = confab_clock_now () / 1000;

  return g_str_equal (g_time_zone_get_identifier (one), g_time_zone_get_identifier (other))
         && get_offset (one, seconds) == get_offset (other, seconds);
}

static void
check (Clock *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gboolean same_zone = is_same_zone (zone, self->zone);
  gint64 yesterday = self->today;

  if (!same_zone)
    {
      g_time_zone_unref (self->zone);
      self->zone = g_steal_pointer (&zone);
    }
  self->today = get_day (self->zone, confab_clock_now ());
  if (!same_zone || self->today != yesterday)
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
check_cb (gpointer data)
{
  check (data);
  return G_SOURCE_CONTINUE;
}

static void
clock_finalize (GObject *object)
{
  Clock *self = CONFAB_CLOCK (object);

  g_clear_handle_id (&self->check_id, g_source_remove);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (clock_parent_class)->finalize (object);
}

static void
clock_class_init (ClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = clock_finalize;

  signals[CHANGED] =
      g_signal_new ("changed", TYPE_CLOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
clock_init (Clock *self)
{
  self->zone = g_time_zone_new_local ();
  self->today = get_day (self->zone, confab_clock_now ());
  /* Whole seconds let GLib wake the computer once for several timers. */
  self->check_id = g_timeout_add_seconds (CHECK_SECONDS, check_cb, self);
}

/* Return the main thread's clock. It lives as long as the process. */
static Clock *
get_clock (void)
{
  static Clock *the_clock;

  if (the_clock == NULL)
    the_clock = g_object_new (TYPE_CLOCK, NULL);

  return the_clock;
}

/**
 * confab_clock_now:
 *
 * Returns: ms since the Unix epoch
 */
gint64
confab_clock_now (void)
{
  return g_get_real_time () / 1000;
}

/**
 * confab_clock_day:
 * @time: ms since the Unix epoch, any value
 *
 * Main thread only, like the functions below.
 *
 * Returns: the number of days from 1 January 1970 to the local day of @time
 */
gint64
confab_clock_day (gint64 time)
{
  return get_day (get_clock ()->zone, time);
}

/**
 * confab_clock_dup_local:
 * @time: ms since the Unix epoch, any value
 *
 * Returns: (transfer full) (nullable): @time in the local time zone, or %NULL if #GDateTime cannot
 * represent it
 */
GDateTime *
confab_clock_dup_local (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (floor_divide (time, 1000));

  return utc != NULL ? g_date_time_to_timezone (utc, get_clock ()->zone) : NULL;
}

/**
 * confab_clock_check:
 *
 * Reads the computer's clock and time zone now, and calls the connected callbacks if the day or the
 * zone has changed.
 */
void
confab_clock_check (void)
{
  check (get_clock ());
}

/**
 * confab_clock_refresh:
 *
 * Calls the connected callbacks, because times of day are now written in another way.
 */
void
confab_clock_refresh (void)
{
  g_signal_emit (get_clock (), signals[CHANGED], 0);
}

/**
 * confab_clock_connect:
 * @callback: a function that takes @object
 * @object: (type GObject.Object): an object that shows days or times of day
 *
 * Calls @callback each time the day, the time zone or the desktop's clock format changes, for as
 * long as @object lives.
 */
void
confab_clock_connect (GCallback callback, gpointer object)
{
  g_signal_connect_object (get_clock (), "changed", callback, object, G_CONNECT_SWAPPED);
}
