/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The newest notices about the account; invisible if there are none. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_NOTICES_GROUP (confab_notices_group_get_type ())
G_DECLARE_FINAL_TYPE (ConfabNoticesGroup, confab_notices_group, CONFAB, NOTICES_GROUP,
                      AdwPreferencesGroup)

/* Call this once. */
void confab_notices_group_set_client (ConfabNoticesGroup *self, ConfabClient *client);

G_END_DECLS
