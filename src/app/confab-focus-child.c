/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-focus-child.h"

gboolean
confab_focus_child (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  g_return_val_if_fail (child != NULL, FALSE);

  return gtk_widget_child_focus (child, direction);
}
