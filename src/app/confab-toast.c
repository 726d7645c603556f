/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-toast.h"

#include <adwaita.h>

#include "confab-error-text.h"

/**
 * confab_toast:
 * @widget: something inside an #AdwToastOverlay; if it has left it, nothing is said
 * @text: translated, no markup
 */
void
confab_toast (GtkWidget *widget, const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast = NULL;

  if (overlay == NULL)
    return;

  toast = g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

void
confab_toast_error (GtkWidget *widget, const GError *error)
{
  confab_toast (widget, confab_error_text (error));
}
