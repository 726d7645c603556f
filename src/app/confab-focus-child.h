/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * confab_focus_child:
 * @widget: a widget with one child
 * @direction: where the focus moves
 *
 * An implementation of GtkWidgetClass.focus for widgets that implement grab_focus. GTK's own calls
 * grab_focus when Tab enters the widget, so that Tab would reach nothing that comes before the
 * widget chosen there, such as the buttons of a header bar.
 *
 * Returns: whether the focus is inside @widget afterwards
 */
gboolean confab_focus_child (GtkWidget *widget, GtkDirectionType direction);

G_END_DECLS
