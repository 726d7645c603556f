/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A role, as widgets bind to it. Main thread. */

#pragma once

#include <glib-object.h>

#include "confab-rows.h"

G_BEGIN_DECLS

/* Properties, read-only, notified when they change: id (gint64), rolename, label (nullable: a name
 * that administrators gave; the window names a role without one), base (uint: ConfabRoleBase). */
#define CONFAB_TYPE_ROLE (confab_role_get_type ())
G_DECLARE_FINAL_TYPE (ConfabRole, confab_role, CONFAB, ROLE, GObject)

ConfabRole *confab_role_new (gint64 id);
void confab_role_update (ConfabRole *self, const ConfabRoleRow *row);

gint64 confab_role_get_id (ConfabRole *self);
const char *confab_role_get_rolename (ConfabRole *self); /* "" until known */
const char *confab_role_get_label (ConfabRole *self);
ConfabRoleBase confab_role_get_base (ConfabRole *self);

G_END_DECLS
