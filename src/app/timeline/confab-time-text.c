/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-time-text.h"

#include <glib/gi18n.h>

#include "confab-clock-format.h"
#include "confab-clock.h"
#include "confab-date-format.h"

static GDateTime *
local_time (gint64 time)
{
  /* Never NULL: show a time that GDateTime cannot represent as the epoch's beginning. */
  GDateTime *result = time >= 0 ? confab_clock_dup_local (time) : NULL;

  return result != NULL ? result : confab_clock_dup_local (0);
}

static char *
format (gint64 time, ConfabDateFormat format)
{
  g_autoptr (GDateTime) date = local_time (time);

  return confab_date_format (date, format);
}

char *
confab_time_text_clock (gint64 time)
{
  return format (time, confab_clock_format_get ());
}

/* Join a day and a time of day. */
static char *
join (const char *day, gint64 time)
{
  g_autofree char *clock = confab_time_text_clock (time);

  /* Translators: a day (“Today”, “March 3, 2025”) and a time of day (“14:32”) */
  return g_strdup_printf (C_("day and time", "%s, %s"), day, clock);
}

char *
confab_time_text_full (gint64 time)
{
  g_autofree char *day = format (time, CONFAB_DATE_WEEKDAY_AND_DATE);

  return join (day, time);
}

char *
confab_time_text_date (gint64 time)
{
  return format (time, CONFAB_DATE_DATE);
}

char *
confab_time_text_day (gint64 time, gint64 now)
{
  g_autoptr (GDateTime) date = local_time (time);
  g_autoptr (GDateTime) today = local_time (now);
  gint64 ago = confab_clock_day (now) - confab_clock_day (MAX (time, 0));

  if (ago == 0)
    /* Translators: a day’s heading */
    return g_strdup (_("Today"));
  if (ago == 1)
    /* Translators: a day’s heading, or the day of a message */
    return g_strdup (_("Yesterday"));
  if (ago > 1 && ago < 7)
    return format (time, CONFAB_DATE_WEEKDAY);
  if (g_date_time_get_year (date) == g_date_time_get_year (today))
    return format (time, CONFAB_DATE_WEEKDAY_AND_DAY);

  return format (time, CONFAB_DATE_DATE);
}

char *
confab_time_text_day_and_clock (gint64 time, gint64 now)
{
  g_autofree char *day = confab_time_text_day (time, now);

  return join (day, time);
}

char *
confab_time_text_when (gint64 time, gint64 now)
{
  if (confab_clock_day (now) == confab_clock_day (MAX (time, 0)))
    return confab_time_text_clock (time);

  return confab_time_text_day_and_clock (time, now);
}

gint64
confab_time_next_day (gint64 now)
{
  g_autoptr (GDateTime) date = local_time (now);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (date, 1);
  g_autoptr (GDateTime) midnight = g_date_time_new (
      g_date_time_get_timezone (date), g_date_time_get_year (tomorrow),
      g_date_time_get_month (tomorrow), g_date_time_get_day_of_month (tomorrow), 0, 0, 0);

  return g_date_time_to_unix (midnight) * 1000;
}

/* ---- bound texts ---- */

#define BOUND_KEY "confab-time-text"

typedef struct
{
  char *property;
  ConfabTimeText make;
  GObject *item;
} Bound;

static void
bound_free (gpointer data)
{
  Bound *self = data;

  g_free (self->property);
  g_object_unref (self->item);
  g_free (self);
}

static void
write_bound (GObject *object)
{
  const Bound *bound = g_object_get_data (object, BOUND_KEY);
  g_autofree char *text = bound->make (bound->item);

  g_object_set (object, bound->property, text, NULL);
}

void
confab_time_text_bind (gpointer object, const char *property, ConfabTimeText make, gpointer item)
{
  Bound *bound;

  g_return_if_fail (G_IS_OBJECT (object));
  g_return_if_fail (G_IS_OBJECT (item));
  g_return_if_fail (g_object_get_data (object, BOUND_KEY) == NULL);

  bound = g_new (Bound, 1);
  *bound = (Bound){ g_strdup (property), make, g_object_ref (item) };
  g_object_set_data_full (object, BOUND_KEY, bound, bound_free);
  write_bound (object);
  confab_clock_connect (G_CALLBACK (write_bound), object);
}
