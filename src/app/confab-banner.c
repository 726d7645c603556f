/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-banner.h"

static GtkRevealer *
revealer_of (AdwBanner *banner)
{
  return GTK_REVEALER (gtk_widget_get_first_child (GTK_WIDGET (banner)));
}

static void
slid_cb (AdwBanner *banner)
{
  gtk_widget_set_visible (GTK_WIDGET (banner),
                          adw_banner_get_revealed (banner)
                              || gtk_revealer_get_child_revealed (revealer_of (banner)));
}

/**
 * confab_banner_watch:
 * @banner: a new banner
 *
 * Hides @banner once it has slid out. Libadwaita keeps its texts, which assistive technologies
 * would still find.
 */
void
confab_banner_watch (AdwBanner *banner)
{
  g_return_if_fail (ADW_IS_BANNER (banner));

  g_signal_connect_object (revealer_of (banner), "notify::child-revealed", G_CALLBACK (slid_cb),
                           banner, G_CONNECT_SWAPPED);
  slid_cb (banner);
}

/**
 * confab_banner_reveal:
 * @banner: a banner that is watched
 *
 * Slides @banner in or out.
 */
void
confab_banner_reveal (AdwBanner *banner, gboolean revealed)
{
  g_return_if_fail (ADW_IS_BANNER (banner));

  if (revealed)
    gtk_widget_set_visible (GTK_WIDGET (banner), TRUE);
  adw_banner_set_revealed (banner, revealed);
}
