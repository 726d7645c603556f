/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* On a narrow window a dialog is a sheet, and a sheet gives the focus to the first widget in it,
 * whatever the dialog's focus-widget is. This gives it to @focus wherever the dialog is shown.
 * To be called while @dialog is made. */
void confab_dialog_focus_init (AdwDialog *dialog, GtkWidget *focus);

G_END_DECLS
