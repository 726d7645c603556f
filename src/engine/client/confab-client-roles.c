/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The user's permissions, and notices about the account. */

#include "confab-client-private.h"

/* Return the permissions of the user's role as bits; none if the role is unknown. */
static guint
permissions_of (ConfabClient *self)
{
  ConfabUser *own = confab_user_pool_get_self (self->users);
  ConfabRole *role = confab_mirror_list_lookup (self->roles, confab_user_get_role_id (own));
  guint permissions = 0;

  for (guint i = 0; role != NULL && i < CONFAB_N_PERMISSIONS; i++)
    {
      if (confab_role_base_permits (confab_role_get_base (role), i))
        permissions |= 1u << i;
    }
  return permissions;
}

static void
role_changed_cb (ConfabClient *self)
{
  guint permissions = permissions_of (self);

  g_assert (CONFAB_IS_CLIENT (self));

  if (self->permissions == permissions)
    return;
  self->permissions = permissions;
  g_signal_emit_by_name (self, "permissions-changed");
}

void
confab_client_watch_permissions (ConfabClient *self)
{
  g_signal_connect_object (self->roles, "changed", G_CALLBACK (role_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (confab_user_pool_get_self (self->users), "notify::role-id",
                           G_CALLBACK (role_changed_cb), self, G_CONNECT_SWAPPED);
}

gboolean
confab_client_permits (ConfabClient *self, ConfabPermission permission)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), FALSE);
  g_return_val_if_fail ((guint)permission < CONFAB_N_PERMISSIONS, FALSE);

  return (self->permissions & (1u << permission)) != 0;
}

GListModel *
confab_client_get_roles (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);

  return G_LIST_MODEL (self->roles);
}

ConfabRole *
confab_client_get_role (ConfabClient *self, gint64 role_id)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);

  return confab_mirror_list_lookup (self->roles, role_id);
}

GListModel *
confab_client_get_notices (ConfabClient *self)
{
  g_return_val_if_fail (CONFAB_IS_CLIENT (self), NULL);

  return G_LIST_MODEL (self->notices);
}

void
confab_client_mark_notices_shown (ConfabClient *self)
{
  g_return_if_fail (CONFAB_IS_CLIENT (self));

  confab_notice_list_mark_shown (self->notices);
}
