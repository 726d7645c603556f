/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "confab-app"

#include "confab-toast.h"

#include "confab-error-text.h"

static G_DEFINE_QUARK (confab - toast - overlay, overlay);

void
confab_toast_set_overlay (GtkRoot *root, AdwToastOverlay *overlay)
{
  g_object_set_qdata (G_OBJECT (root), overlay_quark (), overlay);
}

AdwToastOverlay *
confab_toast_find_overlay (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (overlay != NULL)
    return ADW_TOAST_OVERLAY (overlay);

  return root != NULL ? g_object_get_qdata (G_OBJECT (root), overlay_quark ()) : NULL;
}

/**
 * confab_toast:
 * @widget: the widget concerned; if it has left its window, nothing is shown
 * @text: translated, no markup
 *
 * Reports the result of a user action. Such a toast is shown at once, before queued ones.
 */
void
confab_toast (GtkWidget *widget, const char *text)
{
  AdwToastOverlay *overlay = confab_toast_find_overlay (widget);
  AdwToast *toast = NULL;

  if (overlay == NULL)
    return;

  toast = g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, "priority",
                        ADW_TOAST_PRIORITY_HIGH, NULL);
  adw_toast_overlay_add_toast (overlay, toast);
}

void
confab_toast_error (GtkWidget *widget, const GError *error)
{
  confab_toast (widget, confab_error_text (error));
}
