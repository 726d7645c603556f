/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How labels break into lines. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void confab_name_label_insert_no_hyphens (GtkWidget *widget);
void confab_labels_show_whole (GtkWidget *widget);

G_END_DECLS
