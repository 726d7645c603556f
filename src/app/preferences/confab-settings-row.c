/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-settings-row.h"

#include "confab-settings.h"

static void
setting_changed_cb (GSettings *settings, const char *key, AdwComboRow *row)
{
  adw_combo_row_set_selected (row, (guint)g_settings_get_enum (settings, key));
}

static void
selected_cb (AdwComboRow *row, GParamSpec *pspec, gpointer key)
{
  guint selected = adw_combo_row_get_selected (row);

  if (selected != GTK_INVALID_LIST_POSITION)
    g_settings_set_enum (confab_settings_get (), key, (int)selected);
}

void
confab_settings_bind_choice (const char *key, AdwComboRow *row)
{
  GSettings *settings = confab_settings_get ();
  g_autofree char *signal = g_strconcat ("changed::", key, NULL);

  setting_changed_cb (settings, key, row);
  g_signal_connect_object (settings, signal, G_CALLBACK (setting_changed_cb), row,
                           G_CONNECT_DEFAULT);
  g_signal_connect (row, "notify::selected", G_CALLBACK (selected_cb),
                    (gpointer)g_intern_string (key));
}
