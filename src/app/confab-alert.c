/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-alert.h"

#include "confab-name-label.h"

/**
 * confab_alert_new:
 * @heading: the question, or what happened
 * @body: more about it
 *
 * Returns: (transfer floating): an #AdwAlertDialog that breaks the names and addresses in its texts
 *   without hyphens, and the labels of its buttons into lines where they would be cut off
 */
AdwDialog *
confab_alert_new (const char *heading, const char *body)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  confab_name_label_insert_no_hyphens (GTK_WIDGET (dialog));
  /* The responses are added later. */
  g_signal_connect (dialog, "map", G_CALLBACK (confab_labels_show_whole), NULL);
  return dialog;
}
