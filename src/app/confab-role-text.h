/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Names roles in words. Main thread. */

#pragma once

#include "confab-client.h"

G_BEGIN_DECLS

/* Return the role's label, or Confab's name for a default role, or its rolename, for use within a
 * sentence. (transfer none): owned by @role, or static */
const char *confab_role_text (ConfabRole *role);
/* The same, capitalized for use on its own. Returns: (transfer full) */
char *confab_role_title (ConfabRole *role);
/* Return the capitalized name of a role as if it had no label. Returns: (transfer full) */
char *confab_role_usual_title (ConfabRole *role);
/* Return the name of a role of which only the rolename is known. @roles: GListModel of ConfabRole.
 * (transfer none) */
const char *confab_role_text_for_name (GListModel *roles, const char *rolename);

G_END_DECLS
