/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shared by tests of widgets. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Run the main loop until @widget has been painted twice. */
void confab_test_wait_painted (GtkWidget *widget);
/* Show @window on the whole display, which gives it the focus without a window manager, and wait
 * for the focus. */
void confab_test_present (GtkWindow *window);
/* Run the main loop until no events are pending. */
void confab_test_settle (void);

G_END_DECLS
