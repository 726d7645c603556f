/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Closes dialogs together with the page that opened them. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Close @dialog, with its close response, when @cancellable is cancelled. Call this before
 * presenting it. */
void confab_dialog_tie (AdwDialog *dialog, GCancellable *cancellable);

G_END_DECLS
