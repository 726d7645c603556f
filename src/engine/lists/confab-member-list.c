/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-lists.h"

#include "confab-mirror-reader.h"

static gint64
get_item_id (gconstpointer item)
{
  return confab_user_get_id ((ConfabUser *)item);
}

static int
compare_users (gconstpointer a, gconstpointer b)
{
  ConfabUser *one = *(ConfabUser *const *)a;
  ConfabUser *other = *(ConfabUser *const *)b;
  int order = g_utf8_collate (confab_user_get_username (one), confab_user_get_username (other));
  gint64 one_id = confab_user_get_id (one);
  gint64 other_id = confab_user_get_id (other);

  return order != 0 ? order : (one_id > other_id) - (one_id < other_id);
}

static gboolean
concerns (ConfabMirrorList *self, ConfabChanges *changes)
{
  gint64 conversation_id = confab_mirror_list_get_id (self);

  if (confab_id_set_has (changes->members, conversation_id)
      || confab_id_set_has (changes->removed_conversations, conversation_id))
    return TRUE;
  /* A new name changes the order. */
  for (guint i = 0; i < changes->users->len; i++)
    {
      const ConfabUserRow *row = changes->users->pdata[i];

      if (confab_mirror_list_lookup (self, row->id) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
read_members (ConfabMirrorList *self,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  confab_mirror_read_members_async (confab_mirror_list_get_mirror (self),
                                    confab_mirror_list_get_id (self), cancellable, callback,
                                    user_data);
}

static gpointer
take_row (ConfabMirrorList *self, gconstpointer row)
{
  return g_object_ref (confab_user_pool_update (confab_mirror_list_get_objects (self), row));
}

static const ConfabMirrorListKind members = {
  .get_item_type = confab_user_get_type,
  .get_item_id = get_item_id,
  .concerns = concerns,
  .read = read_members,
  .read_finish = confab_mirror_read_members_finish,
  .take_row = take_row,
  .compare = compare_users,
};

ConfabMirrorList *
confab_member_list_new (ConfabMirror *mirror, ConfabUserPool *users, gint64 conversation_id)
{
  g_return_val_if_fail (CONFAB_IS_USER_POOL (users), NULL);

  return confab_mirror_list_new (&members, mirror, G_OBJECT (users), conversation_id);
}
