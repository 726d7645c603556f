/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-user-pool.h"

struct _ConfabUserPool
{
  GObject parent_instance;

  ConfabMirror *mirror;
  GHashTable *users; /* gint64* → ConfabUser */
};

G_DEFINE_FINAL_TYPE (ConfabUserPool, confab_user_pool, G_TYPE_OBJECT)

static void
changed_cb (ConfabMirror *mirror, ConfabChanges *changes, gpointer user_data)
{
  ConfabUserPool *self = CONFAB_USER_POOL (user_data);
  const ConfabUserRow *own = confab_mirror_get_self (mirror);

  for (guint i = 0; i < changes->users->len; i++)
    {
      const ConfabUserRow *row = g_ptr_array_index (changes->users, i);

      /* Include unknown users, who may write in an open conversation. */
      confab_user_pool_update (self, row);
    }
  if (own != NULL)
    confab_user_update (confab_user_pool_get_self (self), own);
}

ConfabUserPool *
confab_user_pool_new (ConfabMirror *mirror)
{
  ConfabUserPool *self;
  const ConfabUserRow *own;

  g_return_val_if_fail (CONFAB_IS_MIRROR (mirror), NULL);

  self = g_object_new (CONFAB_TYPE_USER_POOL, NULL);
  self->mirror = g_object_ref (mirror);
  g_signal_connect_object (mirror, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_DEFAULT);
  own = confab_mirror_get_self (mirror);
  if (own != NULL)
    confab_user_update (confab_user_pool_get_self (self), own);
  return self;
}

ConfabUser *
confab_user_pool_get (ConfabUserPool *self, gint64 user_id)
{
  ConfabUser *user;

  g_return_val_if_fail (CONFAB_IS_USER_POOL (self), NULL);

  user = g_hash_table_lookup (self->users, &user_id);
  if (user == NULL)
    {
      user = confab_user_new (user_id);
      confab_id_map_set (self->users, user_id, user);
    }
  return user;
}

ConfabUser *
confab_user_pool_update (ConfabUserPool *self, const ConfabUserRow *row)
{
  ConfabUser *user;

  g_return_val_if_fail (CONFAB_IS_USER_POOL (self), NULL);

  user = confab_user_pool_get (self, row->id);
  if (row->id != confab_mirror_get_self_user_id (self->mirror))
    confab_user_update (user, row);
  return user;
}

ConfabUser *
confab_user_pool_get_self (ConfabUserPool *self)
{
  g_return_val_if_fail (CONFAB_IS_USER_POOL (self), NULL);

  return confab_user_pool_get (self, confab_mirror_get_self_user_id (self->mirror));
}

static void
confab_user_pool_finalize (GObject *object)
{
  ConfabUserPool *self = CONFAB_USER_POOL (object);

  g_clear_object (&self->mirror);
  g_clear_pointer (&self->users, g_hash_table_unref);

  G_OBJECT_CLASS (confab_user_pool_parent_class)->finalize (object);
}

static void
confab_user_pool_class_init (ConfabUserPoolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_user_pool_finalize;
}

static void
confab_user_pool_init (ConfabUserPool *self)
{
  self->users = confab_id_map_new (g_object_unref);
}
