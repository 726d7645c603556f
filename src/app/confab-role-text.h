/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What roles are called. Main thread. */

#pragma once

#include "confab-client.h"

G_BEGIN_DECLS

/* Its label, or what Confab calls the roles each server has, or its rolename, as it stands in a
 * sentence. (transfer none): owned by @role, or static */
const char *confab_role_text (ConfabRole *role);
/* The same with a capital, for where it stands alone. Returns: (transfer full) */
char *confab_role_title (ConfabRole *role);
/* What it is called without a label, with a capital. Returns: (transfer full) */
char *confab_role_usual_title (ConfabRole *role);
/* The same for a role that is only known by name. @roles: GListModel of ConfabRole. (transfer
 * none) */
const char *confab_role_text_for_name (GListModel *roles, const char *rolename);

G_END_DECLS
