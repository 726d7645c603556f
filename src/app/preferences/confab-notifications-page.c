/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-notifications-page.h"

#include <glib/gi18n.h>

#include "confab-settings-row.h"
#include "confab-settings.h"

#define STEP_MINUTES 30 /* between the times offered for quiet hours */

struct _ConfabNotificationsPage
{
  AdwPreferencesPage parent_instance;
  AdwSwitchRow *notify_row;
  AdwComboRow *content_row;
  AdwSwitchRow *sound_row;
  AdwExpanderRow *quiet_row;
  AdwComboRow *from_row;
  AdwComboRow *until_row;
  AdwSwitchRow *background_row;
  AdwSwitchRow *login_row;
};

G_DEFINE_FINAL_TYPE (ConfabNotificationsPage, confab_notifications_page, ADW_TYPE_PREFERENCES_PAGE)

/* ---- quiet hours ---- */

/* Return the times of a day that can be chosen, as text. (transfer full) */
static GtkStringList *
list_times (void)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (int minute = 0; minute < 24 * 60; minute += STEP_MINUTES)
    {
      g_autoptr (GDateTime) time = g_date_time_new_utc (2000, 1, 1, minute / 60, minute % 60, 0);
      /* Translators: a time of day, as g_date_time_format() writes it. */
      g_autofree char *text = g_date_time_format (time, C_("time of day", "%H:%M"));

      gtk_string_list_append (list, text);
    }

  return list;
}

static gboolean
minute_to_place (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_uint (value, (guint)g_variant_get_int32 (variant) / STEP_MINUTES);
  return TRUE;
}

static GVariant *
place_to_minute (const GValue *value, const GVariantType *type, gpointer user_data)
{
  guint place = g_value_get_uint (value);

  return place < 24 * 60 / STEP_MINUTES ? g_variant_new_int32 ((gint32)place * STEP_MINUTES) : NULL;
}

static void
bind_time (const char *key, AdwComboRow *row)
{
  g_autoptr (GtkStringList) times = list_times ();

  adw_combo_row_set_model (row, G_LIST_MODEL (times));
  g_settings_bind_with_mapping (confab_settings_get (), key, row, "selected",
                                G_SETTINGS_BIND_DEFAULT, minute_to_place, place_to_minute, NULL,
                                NULL);
}

/* ---- the object ---- */

static void
confab_notifications_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CONFAB_TYPE_NOTIFICATIONS_PAGE);

  G_OBJECT_CLASS (confab_notifications_page_parent_class)->dispose (object);
}

static void
confab_notifications_page_class_init (ConfabNotificationsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = confab_notifications_page_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/chat/confab/Confab/ui/confab-notifications-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConfabNotificationsPage, notify_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabNotificationsPage, content_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabNotificationsPage, sound_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabNotificationsPage, quiet_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabNotificationsPage, from_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabNotificationsPage, until_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabNotificationsPage, background_row);
  gtk_widget_class_bind_template_child (widget_class, ConfabNotificationsPage, login_row);
}

/* One who decides here is not asked any more. */
static void
decided_cb (void)
{
  g_settings_set_boolean (confab_settings_get (), CONFAB_SETTINGS_BACKGROUND_ASKED, TRUE);
}

static void
confab_notifications_page_init (ConfabNotificationsPage *self)
{
  GSettings *settings = confab_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_settings_bind (settings, CONFAB_SETTINGS_NOTIFICATIONS, self->notify_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  confab_settings_bind_choice (CONFAB_SETTINGS_NOTIFICATION_CONTENT, self->content_row);
  g_settings_bind (settings, CONFAB_SETTINGS_NOTIFICATION_SOUND, self->sound_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, CONFAB_SETTINGS_QUIET_HOURS, self->quiet_row, "enable-expansion",
                   G_SETTINGS_BIND_DEFAULT);
  bind_time (CONFAB_SETTINGS_QUIET_FROM, self->from_row);
  bind_time (CONFAB_SETTINGS_QUIET_UNTIL, self->until_row);
  g_settings_bind (settings, CONFAB_SETTINGS_RUN_IN_BACKGROUND, self->background_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_signal_connect (self->background_row, "notify::active", G_CALLBACK (decided_cb), NULL);
  g_settings_bind (settings, CONFAB_SETTINGS_START_AT_LOGIN, self->login_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
}
