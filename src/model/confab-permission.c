/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-permission.h"

static const char *const base_names[] = {
  [CONFAB_ROLE_BASE_USER] = "user",
  [CONFAB_ROLE_BASE_MODERATOR] = "moderator",
  [CONFAB_ROLE_BASE_ADMIN] = "admin",
};

#define MODERATOR (1u << CONFAB_ROLE_BASE_MODERATOR)
#define ADMIN (1u << CONFAB_ROLE_BASE_ADMIN)

/* Which roles have which permission. Sending messages and managing one's account need no
 * permission, only a signed-in session. */
static const guint permitted[CONFAB_N_PERMISSIONS] = {
  [CONFAB_PERMISSION_REMOVE_MESSAGES] =
      MODERATOR | ADMIN, /* any sender's, in the remover's conversations */
  [CONFAB_PERMISSION_REMOVE_MEMBERS] = MODERATOR | ADMIN, /* from the remover's groups */
  [CONFAB_PERMISSION_LIST_PEOPLE] = ADMIN, /* all users, with email, state and sessions */
  [CONFAB_PERMISSION_CHANGE_ROLES] = ADMIN,
  [CONFAB_PERMISSION_SUSPEND_PEOPLE] = ADMIN, /* and restore them */
  [CONFAB_PERMISSION_RESET_PASSWORDS] =
      ADMIN, /* issue a reset code; nobody sets another user's password */
  [CONFAB_PERMISSION_END_SESSIONS] = ADMIN, /* of other users */
  [CONFAB_PERMISSION_INVITE] = ADMIN,
  [CONFAB_PERMISSION_RENAME_ROLES] = ADMIN, /* change their labels */
  [CONFAB_PERMISSION_READ_AUDIT] = ADMIN,
};

const char *
confab_role_base_to_string (ConfabRoleBase base)
{
  g_return_val_if_fail ((guint)base < G_N_ELEMENTS (base_names), NULL);

  return base_names[base];
}

gboolean
confab_role_base_from_string (const char *string, ConfabRoleBase *base)
{
  for (guint i = 0; i < G_N_ELEMENTS (base_names); i++)
    {
      if (g_strcmp0 (string, base_names[i]) == 0)
        {
          *base = (ConfabRoleBase)i;
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
confab_role_base_permits (ConfabRoleBase base, ConfabPermission permission)
{
  if ((guint)base >= G_N_ELEMENTS (base_names) || (guint)permission >= CONFAB_N_PERMISSIONS)
    return FALSE;

  return (permitted[permission] & (1u << base)) != 0;
}

gboolean
confab_role_base_is_promotion (ConfabRoleBase from, ConfabRoleBase to)
{
  for (guint i = 0; i < CONFAB_N_PERMISSIONS; i++)
    {
      if (confab_role_base_permits (to, i) && !confab_role_base_permits (from, i))
        return TRUE;
    }

  return FALSE;
}
