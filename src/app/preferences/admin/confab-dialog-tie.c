/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-dialog-tie.h"

void
confab_dialog_tie (AdwDialog *dialog, GCancellable *cancellable)
{
  g_return_if_fail (ADW_IS_DIALOG (dialog));
  g_return_if_fail (G_IS_CANCELLABLE (cancellable));

  /* With a cancellable of its own, adw_alert_dialog_choose() would not emit a response. */
  g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (adw_dialog_force_close), dialog,
                           G_CONNECT_SWAPPED);
}
