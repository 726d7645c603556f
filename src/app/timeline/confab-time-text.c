/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-timeline"

#include "confab-time-text.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

/* The desktop's own settings; a session without them gets 24 hours. */
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
  /* Never NULL: what no calendar holds is shown as its beginning. */
  GDateTime *result =
      g_date_time_new_from_unix_local_usec (CLAMP (time, 0, G_MAXINT64 / 1000) * 1000);

  return result != NULL ? result : g_date_time_new_from_unix_local (0);
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
  return format (time, is_twelve_hours () ? _ ("%-I:%M %p") : _ ("%H:%M"));
}

char *
confab_time_text_full (gint64 time)
{
  /* Translators: a full date, as of g_date_time_format() */
  g_autofree char *day = format (time, _ ("%A, %B %-e, %Y"));
  g_autofree char *clock = confab_time_text_clock (time);

  /* Translators: a date and a time of day */
  return g_strdup_printf (_ ("%s, %s"), day, clock);
}

static int
day_number (GDateTime *date)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, g_date_time_get_day_of_month (date), g_date_time_get_month (date),
                  g_date_time_get_year (date));

  return g_date_get_julian (&day);
}

char *
confab_time_text_day (gint64 time, gint64 now)
{
  g_autoptr (GDateTime) date = local_time (time);
  g_autoptr (GDateTime) today = local_time (now);
  int ago = day_number (today) - day_number (date);

  if (ago == 0)
    return g_strdup (_ ("Today"));
  if (ago == 1)
    return g_strdup (_ ("Yesterday"));
  if (ago > 1 && ago < 7)
    return format (time, "%A");
  if (g_date_time_get_year (date) == g_date_time_get_year (today))
    /* Translators: a date of this year, as of g_date_time_format() */
    return format (time, _ ("%A, %B %-e"));

  /* Translators: a date of another year, as of g_date_time_format() */
  return format (time, _ ("%B %-e, %Y"));
}

gint64
confab_time_next_day (gint64 now)
{
  g_autoptr (GDateTime) date = local_time (now);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (date, 1);
  g_autoptr (GDateTime) midnight =
      g_date_time_new_local (g_date_time_get_year (tomorrow), g_date_time_get_month (tomorrow),
                             g_date_time_get_day_of_month (tomorrow), 0, 0, 0);

  return g_date_time_to_unix (midnight) * 1000;
}
