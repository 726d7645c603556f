/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * confab_dialog_focus_init:
 * @dialog: a dialog that is being constructed
 * @focus: the widget to focus when @dialog opens
 *
 * In a narrow window a dialog becomes a bottom sheet, which focuses its first widget and ignores
 * the dialog's focus-widget. This makes @focus the first focus in both cases.
 */
void confab_dialog_focus_init (AdwDialog *dialog, GtkWidget *focus);

G_END_DECLS
