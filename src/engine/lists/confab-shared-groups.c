/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-shared-groups.h"

#include "confab-list-splice.h"
#include "confab-mirror-reader.h"

struct _ConfabSharedGroups
{
  GObject parent_instance;

  ConfabMirror *mirror;
  ConfabConversationList *conversations;
  gint64 user_id;
  GPtrArray *groups;     /* (element-type ConfabConversation): by name */
  GCancellable *reading; /* (nullable): the latest read */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabSharedGroups,
                               confab_shared_groups,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  ConfabConversation *one = *(ConfabConversation *const *)a;
  ConfabConversation *other = *(ConfabConversation *const *)b;
  int order = g_utf8_collate (confab_conversation_get_display_name (one),
                              confab_conversation_get_display_name (other));
  gint64 one_id = confab_conversation_get_id (one);
  gint64 other_id = confab_conversation_get_id (other);

  return order != 0 ? order : (one_id > other_id) - (one_id < other_id);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabSharedGroups) self = user_data;
  g_autoptr (GPtrArray) ids =
      confab_mirror_read_groups_with_finish (CONFAB_MIRROR (source), result, NULL);
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);

  /* Overtaken by a later read, or failed: the mirror itself tells of that. */
  if (ids == NULL)
    return;
  for (guint i = 0; i < ids->len; i++)
    {
      const gint64 *id = g_ptr_array_index (ids, i);
      ConfabConversation *group = confab_conversation_list_lookup (self->conversations, *id);

      if (group != NULL)
        g_ptr_array_add (fresh, g_object_ref (group));
    }
  g_ptr_array_sort (fresh, compare_groups);
  confab_list_splice (G_LIST_MODEL (self), &self->groups, fresh);
}

/* Asked again also when the list of conversations changes: it may learn of a group after the
 * mirror did. */
static void
read_again (ConfabSharedGroups *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  confab_mirror_read_groups_with_async (self->mirror, self->user_id, self->reading, read_cb,
                                        g_object_ref (self));
}

static void
changed_cb (ConfabMirror *mirror, ConfabChanges *changes, gpointer user_data)
{
  ConfabSharedGroups *self = CONFAB_SHARED_GROUPS (user_data);

  if (changes->everything || g_hash_table_size (changes->members) > 0
      || g_hash_table_size (changes->removed_conversations) > 0)
    read_again (self);
}

ConfabSharedGroups *
confab_shared_groups_new (ConfabMirror *mirror,
                          ConfabConversationList *conversations,
                          gint64 user_id)
{
  ConfabSharedGroups *self;

  g_return_val_if_fail (CONFAB_IS_MIRROR (mirror), NULL);
  g_return_val_if_fail (CONFAB_IS_CONVERSATION_LIST (conversations), NULL);

  self = g_object_new (CONFAB_TYPE_SHARED_GROUPS, NULL);
  self->mirror = g_object_ref (mirror);
  self->conversations = g_object_ref (conversations);
  self->user_id = user_id;
  g_signal_connect_object (mirror, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (conversations, "items-changed", G_CALLBACK (read_again), self,
                           G_CONNECT_SWAPPED);
  read_again (self);
  return self;
}

static GType
get_item_type (GListModel *model)
{
  return CONFAB_TYPE_CONVERSATION;
}

static guint
get_n_items (GListModel *model)
{
  return CONFAB_SHARED_GROUPS (model)->groups->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *groups = CONFAB_SHARED_GROUPS (model)->groups;

  return position < groups->len ? g_object_ref (groups->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
confab_shared_groups_finalize (GObject *object)
{
  ConfabSharedGroups *self = CONFAB_SHARED_GROUPS (object);

  g_clear_object (&self->mirror);
  g_clear_object (&self->conversations);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->groups, g_ptr_array_unref);

  G_OBJECT_CLASS (confab_shared_groups_parent_class)->finalize (object);
}

static void
confab_shared_groups_class_init (ConfabSharedGroupsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_shared_groups_finalize;
}

static void
confab_shared_groups_init (ConfabSharedGroups *self)
{
  self->groups = g_ptr_array_new_with_free_func (g_object_unref);
}
