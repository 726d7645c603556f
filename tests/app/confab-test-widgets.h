/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What tests of widgets share. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Runs the main loop until @widget has been painted twice. */
void confab_test_wait_painted (GtkWidget *widget);
/* Shows @window over the whole display, so that without a window manager it gets the focus, and
 * waits for that. */
void confab_test_present (GtkWindow *window);
/* Runs it until nothing is left to do. */
void confab_test_settle (void);

G_END_DECLS
