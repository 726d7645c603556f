/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-time-text.h"

#include "confab-clock.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

/* Return the desktop's settings, or NULL outside GNOME, where a 24-hour clock is used. */
static GSettings *
get_desktop_settings (void)
{
  static GSettings *settings;
  static gboolean looked;

  if (!looked)
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr (GSettingsSchema) schema = NULL;

      looked = TRUE;
      if (source != NULL)
        schema = g_settings_schema_source_lookup (source, "org.gnome.desktop.interface", TRUE);
      if (schema != NULL && g_settings_schema_has_key (schema, "clock-format"))
        settings = g_settings_new_full (schema, NULL, NULL);
    }

  return settings;
}

static gboolean
is_twelve_hours (void)
{
  g_autofree char *format = NULL;

  if (get_desktop_settings () == NULL)
    return FALSE;
  format = g_settings_get_string (get_desktop_settings (), "clock-format");

  return g_str_equal (format, "12h");
}

static GDateTime *
local_time (gint64 time)
{
  /* Never NULL: show a time that GDateTime cannot represent as the epoch's beginning. */
  GDateTime *result = time >= 0 ? confab_clock_dup_local (time) : NULL;

  return result != NULL ? result : confab_clock_dup_local (0);
}

static char *
format (gint64 time, const char *pattern)
{
  g_autoptr (GDateTime) date = local_time (time);
  char *text = g_date_time_format (date, pattern);

  return text != NULL ? text : g_strdup ("");
}

char *
confab_time_text_clock (gint64 time)
{
  /* Translators: the time of day on a 12-hour and on a 24-hour clock, as of g_date_time_format() */
  return format (time, is_twelve_hours () ? _("%-I:%M %p") : _("%H:%M"));
}

char *
confab_time_text_full (gint64 time)
{
  /* Translators: a full date, as of g_date_time_format() */
  g_autofree char *day = format (time, _("%A, %B %-e, %Y"));
  g_autofree char *clock = confab_time_text_clock (time);

  /* Translators: a date and a time of day */
  return g_strdup_printf (_("%s, %s"), day, clock);
}

char *
confab_time_text_date (gint64 time)
{
  /* Translators: a date, as of g_date_time_format() */
  return format (time, _("%B %-e, %Y"));
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
    /* Translators: a day’s heading, or the time of a message */
    return g_strdup (_("Yesterday"));
  if (ago > 1 && ago < 7)
    return format (time, "%A");
  if (g_date_time_get_year (date) == g_date_time_get_year (today))
    /* Translators: a date of this year, as of g_date_time_format() */
    return format (time, _("%A, %B %-e"));

  /* Translators: a date of another year, as of g_date_time_format() */
  return format (time, _("%B %-e, %Y"));
}

char *
confab_time_text_when (gint64 time, gint64 now)
{
  g_autofree char *day = confab_time_text_day (time, now);
  g_autofree char *clock = confab_time_text_clock (time);

  if (confab_clock_day (now) == confab_clock_day (MAX (time, 0)))
    return g_steal_pointer (&clock);

  /* Translators: a day and a time of day */
  return g_strdup_printf (_("%s, %s"), day, clock);
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
