/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-role-list.h"

#include "confab-list-splice.h"
#include "confab-mirror-account.h"

struct _ConfabRoleList
{
  GObject parent_instance;

  ConfabMirror *mirror;
  GPtrArray *roles;      /* (element-type ConfabRole): by id */
  GCancellable *reading; /* (nullable): the latest read */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabRoleList,
                               confab_role_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static guint changed_signal;

ConfabRole *
confab_role_list_lookup (ConfabRoleList *self, gint64 role_id)
{
  g_return_val_if_fail (CONFAB_IS_ROLE_LIST (self), NULL);

  for (guint i = 0; i < self->roles->len; i++)
    {
      if (confab_role_get_id (self->roles->pdata[i]) == role_id)
        return self->roles->pdata[i];
    }
  return NULL;
}

static ConfabRole *
take_over (ConfabRoleList *self, const ConfabRoleRow *row)
{
  ConfabRole *known = confab_role_list_lookup (self, row->id);
  ConfabRole *role = known != NULL ? g_object_ref (known) : confab_role_new (row->id);

  confab_role_update (role, row);
  return role;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabRoleList) self = user_data;
  g_autoptr (GPtrArray) rows =
      confab_mirror_read_roles_finish (CONFAB_MIRROR (source), result, NULL);
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);

  /* Overtaken by a later read, or failed: the mirror itself tells of that. */
  if (rows == NULL)
    return;
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (fresh, take_over (self, rows->pdata[i]));
  confab_list_splice (G_LIST_MODEL (self), &self->roles, fresh);
  g_signal_emit (self, changed_signal, 0);
}

static void
read_again (ConfabRoleList *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  confab_mirror_read_roles_async (self->mirror, self->reading, read_cb, g_object_ref (self));
}

static void
changed_cb (ConfabMirror *mirror, ConfabChanges *changes, gpointer user_data)
{
  if (changes->everything || changes->roles)
    read_again (CONFAB_ROLE_LIST (user_data));
}

ConfabRoleList *
confab_role_list_new (ConfabMirror *mirror)
{
  ConfabRoleList *self;

  g_return_val_if_fail (CONFAB_IS_MIRROR (mirror), NULL);

  self = g_object_new (CONFAB_TYPE_ROLE_LIST, NULL);
  self->mirror = g_object_ref (mirror);
  g_signal_connect_object (mirror, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_DEFAULT);
  read_again (self);
  return self;
}

static GType
get_item_type (GListModel *model)
{
  return CONFAB_TYPE_ROLE;
}

static guint
get_n_items (GListModel *model)
{
  return CONFAB_ROLE_LIST (model)->roles->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *roles = CONFAB_ROLE_LIST (model)->roles;

  return position < roles->len ? g_object_ref (roles->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
confab_role_list_finalize (GObject *object)
{
  ConfabRoleList *self = CONFAB_ROLE_LIST (object);

  g_clear_object (&self->mirror);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->roles, g_ptr_array_unref);

  G_OBJECT_CLASS (confab_role_list_parent_class)->finalize (object);
}

static void
confab_role_list_class_init (ConfabRoleListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_role_list_finalize;

  changed_signal = g_signal_new ("changed", CONFAB_TYPE_ROLE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
confab_role_list_init (ConfabRoleList *self)
{
  self->roles = g_ptr_array_new_with_free_func (g_object_unref);
}
