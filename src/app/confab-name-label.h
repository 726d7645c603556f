/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Labels that show names and addresses. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void confab_name_label_insert_no_hyphens (GtkWidget *widget);

G_END_DECLS
