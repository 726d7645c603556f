/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-lists.h"

#include "confab-mirror-account.h"
#include "confab-role.h"

static gint64
get_item_id (gconstpointer item)
{
  return confab_role_get_id ((ConfabRole *)item);
}

static gboolean
concerns (ConfabMirrorList *self, ConfabChanges *changes)
{
  return changes->roles;
}

static void
read_roles (ConfabMirrorList *self,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  confab_mirror_read_roles_async (confab_mirror_list_get_mirror (self), cancellable, callback,
                                  user_data);
}

static gpointer
take_row (ConfabMirrorList *self, gconstpointer data)
{
  const ConfabRoleRow *row = data;
  ConfabRole *known = confab_mirror_list_lookup (self, row->id);
  ConfabRole *role = known != NULL ? g_object_ref (known) : confab_role_new (row->id);

  confab_role_update (role, row);

  return role;
}

static const ConfabMirrorListKind roles = {
  .get_item_type = confab_role_get_type,
  .get_item_id = get_item_id,
  .concerns = concerns,
  .read = read_roles,
  .read_finish = confab_mirror_read_roles_finish,
  .take_row = take_row,
};

ConfabMirrorList *
confab_role_list_new (ConfabMirror *mirror)
{
  return confab_mirror_list_new (&roles, mirror, NULL, 0);
}
