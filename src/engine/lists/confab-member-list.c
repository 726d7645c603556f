/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-member-list.h"

#include "confab-list-splice.h"
#include "confab-mirror-reader.h"

struct _ConfabMemberList
{
  GObject parent_instance;

  ConfabMirror *mirror;
  ConfabUserPool *users;
  gint64 conversation_id;
  GPtrArray *members;    /* (element-type ConfabUser): by username */
  GCancellable *reading; /* (nullable): the latest read */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabMemberList,
                               confab_member_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

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

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabMemberList) self = user_data;
  g_autoptr (GPtrArray) rows =
      confab_mirror_read_members_finish (CONFAB_MIRROR (source), result, NULL);
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);

  /* Overtaken by a later read, or failed: the mirror itself tells of that. */
  if (rows == NULL)
    return;
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (fresh, g_object_ref (confab_user_pool_update (self->users, rows->pdata[i])));
  g_ptr_array_sort (fresh, compare_users);
  confab_list_splice (G_LIST_MODEL (self), &self->members, fresh);
}

static void
read_again (ConfabMemberList *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  confab_mirror_read_members_async (self->mirror, self->conversation_id, self->reading, read_cb,
                                    g_object_ref (self));
}

static gboolean
concerns (ConfabMemberList *self, ConfabChanges *changes)
{
  if (changes->everything || confab_changes_has (changes->members, self->conversation_id)
      || confab_changes_has (changes->removed_conversations, self->conversation_id))
    return TRUE;
  for (guint i = 0; i < changes->users->len; i++)
    {
      const ConfabUserRow *row = changes->users->pdata[i];

      if (g_ptr_array_find (self->members, confab_user_pool_get (self->users, row->id), NULL))
        return TRUE;
    }
  return FALSE;
}

static void
changed_cb (ConfabMirror *mirror, ConfabChanges *changes, gpointer user_data)
{
  ConfabMemberList *self = CONFAB_MEMBER_LIST (user_data);

  if (concerns (self, changes))
    read_again (self);
}

ConfabMemberList *
confab_member_list_new (ConfabMirror *mirror, ConfabUserPool *users, gint64 conversation_id)
{
  ConfabMemberList *self;

  g_return_val_if_fail (CONFAB_IS_MIRROR (mirror), NULL);
  g_return_val_if_fail (CONFAB_IS_USER_POOL (users), NULL);

  self = g_object_new (CONFAB_TYPE_MEMBER_LIST, NULL);
  self->mirror = g_object_ref (mirror);
  self->users = g_object_ref (users);
  self->conversation_id = conversation_id;
  g_signal_connect_object (mirror, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_DEFAULT);
  read_again (self);
  return self;
}

static GType
get_item_type (GListModel *model)
{
  return CONFAB_TYPE_USER;
}

static guint
get_n_items (GListModel *model)
{
  return CONFAB_MEMBER_LIST (model)->members->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *members = CONFAB_MEMBER_LIST (model)->members;

  return position < members->len ? g_object_ref (members->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
confab_member_list_finalize (GObject *object)
{
  ConfabMemberList *self = CONFAB_MEMBER_LIST (object);

  g_clear_object (&self->mirror);
  g_clear_object (&self->users);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->members, g_ptr_array_unref);

  G_OBJECT_CLASS (confab_member_list_parent_class)->finalize (object);
}

static void
confab_member_list_class_init (ConfabMemberListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_member_list_finalize;
}

static void
confab_member_list_init (ConfabMemberList *self)
{
  self->members = g_ptr_array_new_with_free_func (g_object_unref);
}
