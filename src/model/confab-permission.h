/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What roles permit. Whoever checks names a permission, never a role: the table in
 * confab-permission.c is the one place that knows which role has which. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabRoleBase:
 *
 * What a role permits follows from its base; there may be several roles with one base. Stored
 * and sent by name.
 */
typedef enum
{
  CONFAB_ROLE_BASE_USER,
  CONFAB_ROLE_BASE_MODERATOR,
  CONFAB_ROLE_BASE_ADMIN,
} ConfabRoleBase;

const char *confab_role_base_to_string (ConfabRoleBase base);
gboolean confab_role_base_from_string (const char *string, ConfabRoleBase *base);

typedef enum
{
  CONFAB_PERMISSION_REMOVE_MESSAGES,
  CONFAB_PERMISSION_REMOVE_MEMBERS,
  CONFAB_PERMISSION_LIST_PEOPLE,
  CONFAB_PERMISSION_CHANGE_ROLES,
  CONFAB_PERMISSION_SUSPEND_PEOPLE,
  CONFAB_PERMISSION_RESET_PASSWORDS,
  CONFAB_PERMISSION_END_SESSIONS,
  CONFAB_PERMISSION_INVITE,
  CONFAB_PERMISSION_RENAME_ROLES,
  CONFAB_PERMISSION_READ_AUDIT,
  CONFAB_N_PERMISSIONS,
} ConfabPermission;

/**
 * confab_role_base_permits:
 *
 * Returns: whether a role with that base has that permission; FALSE for values that are neither
 */
gboolean confab_role_base_permits (ConfabRoleBase base, ConfabPermission permission);

/* Whether going from @from to @to gives any permission: then whoever changes it is asked for
 * their password. */
gboolean confab_role_base_is_promotion (ConfabRoleBase from, ConfabRoleBase to);

G_END_DECLS
