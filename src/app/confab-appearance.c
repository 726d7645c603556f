/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-appearance.h"

#include <adwaita.h>

#include "confab-settings.h"

static void
appearance_cb (GSettings *settings)
{
  /* In the order of the schema's enum. */
  static const AdwColorScheme schemes[] = {
    ADW_COLOR_SCHEME_DEFAULT,
    ADW_COLOR_SCHEME_FORCE_LIGHT,
    ADW_COLOR_SCHEME_FORCE_DARK,
  };
  int appearance = g_settings_get_enum (settings, CONFAB_SETTINGS_APPEARANCE);

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[appearance]);
}

static void
text_size_cb (GSettings *settings, const char *key, GtkCssProvider *provider)
{
  /* In the order of the schema's enum. */
  static const int percents[] = { 85, 100, 120, 150, 200 };
  int percent = percents[g_settings_get_enum (settings, CONFAB_SETTINGS_MESSAGE_TEXT_SIZE)];
  g_autofree char *css = g_strdup_printf ("messagetext, composer textview, composer .placeholder"
                                          " { font-size: %d%%; }",
                                          percent);

  gtk_css_provider_load_from_string (provider, percent != 100 ? css : "");
}

void
confab_appearance_follow_settings (void)
{
  GSettings *settings = confab_settings_get ();
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_signal_connect (settings, "changed::" CONFAB_SETTINGS_APPEARANCE, G_CALLBACK (appearance_cb),
                    NULL);
  g_signal_connect_object (settings, "changed::" CONFAB_SETTINGS_MESSAGE_TEXT_SIZE,
                           G_CALLBACK (text_size_cb), provider, G_CONNECT_DEFAULT);
  appearance_cb (settings);
  text_size_cb (settings, CONFAB_SETTINGS_MESSAGE_TEXT_SIZE, provider);
}
