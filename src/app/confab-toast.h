/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shows toasts in the dialog or window that contains a widget. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void confab_toast (GtkWidget *widget, const char *text);
/* Show the text of confab_error_text(). */
void confab_toast_error (GtkWidget *widget, const GError *error);

/* Name the overlay for widgets of @root that are inside none. It must be a child of @root. */
void confab_toast_set_overlay (GtkRoot *root, AdwToastOverlay *overlay);

/* Return the overlay nearest to @widget, or that of its window. (transfer none) (nullable) */
AdwToastOverlay *confab_toast_find_overlay (GtkWidget *widget);

G_END_DECLS
