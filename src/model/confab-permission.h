/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What roles permit. Code checks permissions, never roles: only the table in confab-permission.c
 * knows which role has which permission. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConfabRoleBase:
 *
 * Decides what a role permits; several roles can have the same base. Stored and sent by name.
 */
typedef enum
{
  CONFAB_ROLE_BASE_USER,
  CONFAB_ROLE_BASE_MODERATOR,
  CONFAB_ROLE_BASE_ADMIN,
} ConfabRoleBase;

const char *confab_role_base_to_string (ConfabRoleBase base);
/**
 * confab_role_base_from_string:
 * @base: (out): the base; unchanged on failure
 *
 * Returns: whether @string names a base
 */
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
 * @base: a role's base
 * @permission: a permission
 *
 * Returns: whether roles with @base have @permission; %FALSE if either value is unknown
 */
gboolean confab_role_base_permits (ConfabRoleBase base, ConfabPermission permission);

/**
 * confab_role_base_is_promotion:
 * @from: the present base
 * @to: the new base
 *
 * A promotion requires the password of the user who makes it.
 *
 * Returns: whether @to has a permission that @from lacks
 */
gboolean confab_role_base_is_promotion (ConfabRoleBase from, ConfabRoleBase to);

G_END_DECLS
