/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Dialogs that do not outlive what they were opened for. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Closes @dialog, with its close response, when @cancellable is cancelled. To be called before
 * it is presented. */
void confab_dialog_tie (AdwDialog *dialog, GCancellable *cancellable);

G_END_DECLS
