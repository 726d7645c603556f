/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Says something briefly at the bottom of the dialog or window that a widget is in. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void confab_toast (GtkWidget *widget, const char *text);
/* With the words of confab_error_text(). */
void confab_toast_error (GtkWidget *widget, const GError *error);

/* Where they are shown: the nearest one around @widget, or that of its window.
 * (transfer none) (nullable) */
AdwToastOverlay *confab_toast_find_overlay (GtkWidget *widget);

G_END_DECLS
