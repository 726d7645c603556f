/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The roles of the server, by id, live: a GListModel of ConfabRole. Main thread. */

#pragma once

#include "confab-mirror.h"
#include "confab-role.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_ROLE_LIST (confab_role_list_get_type ())
G_DECLARE_FINAL_TYPE (ConfabRoleList, confab_role_list, CONFAB, ROLE_LIST, GObject)

/* Signals: ::changed: a role came, went, or changed. */

/* Holds a reference on @mirror. Fills itself. */
ConfabRoleList *confab_role_list_new (ConfabMirror *mirror);
/* Returns: (transfer none) (nullable) */
ConfabRole *confab_role_list_lookup (ConfabRoleList *self, gint64 role_id);

G_END_DECLS
