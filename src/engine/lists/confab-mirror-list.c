/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-mirror-list.h"

#include "confab-list-splice.h"

struct _ConfabMirrorList
{
  GObject parent_instance;

  const ConfabMirrorListKind *kind;
  ConfabMirror *mirror;
  GObject *objects; /* (nullable) */
  gint64 id;
  GPtrArray *items;
  GHashTable *by_id;     /* gint64* → item, borrowed from @items */
  GCancellable *reading; /* (nullable): the newest read */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabMirrorList,
                               confab_mirror_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static guint changed_signal;

static void
index_items (ConfabMirrorList *self, GPtrArray *items)
{
  g_hash_table_remove_all (self->by_id);
  for (guint i = 0; i < items->len; i++)
    {
      gint64 id = self->kind->get_item_id (items->pdata[i]);

      confab_id_map_set (self->by_id, id, items->pdata[i]);
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabMirrorList) self = user_data;
  g_autoptr (GPtrArray) rows = self->kind->read_finish (CONFAB_MIRROR (source), result, NULL);
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);

  /* Cancelled by a later read, or failed: the mirror reports failures itself. */
  if (rows == NULL)
    return;
  for (guint i = 0; i < rows->len; i++)
    {
      gpointer item = self->kind->take_row (self, rows->pdata[i]);

      if (item != NULL)
        g_ptr_array_add (fresh, item);
    }
  if (self->kind->compare != NULL)
    g_ptr_array_sort (fresh, self->kind->compare);
  index_items (self, fresh);
  confab_list_splice (G_LIST_MODEL (self), &self->items, fresh);
  g_signal_emit (self, changed_signal, 0);
}

void
confab_mirror_list_refresh (ConfabMirrorList *self)
{
  g_return_if_fail (CONFAB_IS_MIRROR_LIST (self));

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  self->kind->read (self, self->reading, read_cb, g_object_ref (self));
}

static void
mirror_changed_cb (ConfabMirrorList *self, ConfabChanges *changes, ConfabMirror *mirror)
{
  g_assert (CONFAB_IS_MIRROR_LIST (self));

  if (changes->everything || self->kind->concerns (self, changes))
    confab_mirror_list_refresh (self);
}

ConfabMirrorList *
confab_mirror_list_new (const ConfabMirrorListKind *kind,
                        ConfabMirror *mirror,
                        GObject *objects,
                        gint64 id)
{
  ConfabMirrorList *self;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (CONFAB_IS_MIRROR (mirror), NULL);

  self = g_object_new (CONFAB_TYPE_MIRROR_LIST, NULL);
  self->kind = kind;
  self->mirror = g_object_ref (mirror);
  g_set_object (&self->objects, objects);
  self->id = id;
  g_signal_connect_object (mirror, "changed", G_CALLBACK (mirror_changed_cb), self,
                           G_CONNECT_SWAPPED);
  confab_mirror_list_refresh (self);

  return self;
}

ConfabMirror *
confab_mirror_list_get_mirror (ConfabMirrorList *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR_LIST (self), NULL);

  return self->mirror;
}

gpointer
confab_mirror_list_get_objects (ConfabMirrorList *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR_LIST (self), NULL);

  return self->objects;
}

gint64
confab_mirror_list_get_id (ConfabMirrorList *self)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR_LIST (self), 0);

  return self->id;
}

gpointer
confab_mirror_list_lookup (ConfabMirrorList *self, gint64 item_id)
{
  g_return_val_if_fail (CONFAB_IS_MIRROR_LIST (self), NULL);

  return g_hash_table_lookup (self->by_id, &item_id);
}

/* ---- the list model ---- */

static GType
get_item_type (GListModel *model)
{
  return CONFAB_MIRROR_LIST (model)->kind->get_item_type ();
}

static guint
get_n_items (GListModel *model)
{
  return CONFAB_MIRROR_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *items = CONFAB_MIRROR_LIST (model)->items;

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
confab_mirror_list_finalize (GObject *object)
{
  ConfabMirrorList *self = CONFAB_MIRROR_LIST (object);

  g_clear_object (&self->mirror);
  g_clear_object (&self->objects);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (confab_mirror_list_parent_class)->finalize (object);
}

static void
confab_mirror_list_class_init (ConfabMirrorListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_mirror_list_finalize;

  changed_signal = g_signal_new ("changed", CONFAB_TYPE_MIRROR_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
confab_mirror_list_init (ConfabMirrorList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = confab_id_map_new (NULL);
}
