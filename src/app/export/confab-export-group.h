/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The group of the preferences that exports the account's data, with a progress bar. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_EXPORT_GROUP (confab_export_group_get_type ())
G_DECLARE_FINAL_TYPE (ConfabExportGroup, confab_export_group, CONFAB, EXPORT_GROUP,
                      AdwPreferencesGroup)

/* Call this once. */
void confab_export_group_set_client (ConfabExportGroup *self, ConfabClient *client);

G_END_DECLS
