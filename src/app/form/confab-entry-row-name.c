/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-entry-row-name.h"

void
confab_entry_row_name_once (AdwEntryRow *row)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (row);

  g_return_if_fail (ADW_IS_ENTRY_ROW (row));

  gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
}
