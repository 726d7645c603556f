/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Keeps the focused field of a form in view. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void confab_form_scroll_to_focus (GtkScrolledWindow *scroller);

G_END_DECLS
