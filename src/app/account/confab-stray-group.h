/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The unsent texts of a folder without an account, with buttons to copy or remove them. */

#pragma once

#include <adwaita.h>

#include "confab-strays.h"

G_BEGIN_DECLS

/* Signal: removed: the folder was deleted. */
#define CONFAB_TYPE_STRAY_GROUP (confab_stray_group_get_type ())
G_DECLARE_FINAL_TYPE (ConfabStrayGroup, confab_stray_group, CONFAB, STRAY_GROUP,
                      AdwPreferencesGroup)

/* @stray: must outlive the group, until "removed" */
ConfabStrayGroup *confab_stray_group_new (ConfabAccountStore *store, const ConfabStray *stray);
const ConfabStray *confab_stray_group_get_stray (ConfabStrayGroup *self);

G_END_DECLS
