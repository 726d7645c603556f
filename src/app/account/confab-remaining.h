/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Formats a remaining time. Without side effects; main thread (translated). */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Return "0:42", "29:41" or, from an hour on, "23 h 59 min". Negative @ms count as 0. (transfer
 * full) */
char *confab_remaining_text (gint64 ms);

typedef void (*ConfabTickFunc) (GtkWidget *widget);

void confab_remaining_tick (GtkWidget *widget, ConfabTickFunc tick);

G_END_DECLS
