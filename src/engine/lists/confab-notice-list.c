/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-notice-list.h"

#include "confab-list-splice.h"
#include "confab-mirror-account.h"

struct _ConfabNoticeList
{
  GObject parent_instance;

  ConfabMirror *mirror;
  GPtrArray *notices;    /* (element-type ConfabNotice): newest first */
  GCancellable *reading; /* (nullable): the latest read */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabNoticeList,
                               confab_notice_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* The object that stands for @kept already, or a new one. Both lists are in order: @position
 * walks. */
static ConfabNotice *
take_over (ConfabNoticeList *self, const ConfabKeptNotice *kept, guint *position)
{
  ConfabNotice *notice;

  while (*position < self->notices->len
         && confab_notice_get_id (self->notices->pdata[*position]) > kept->row->id)
    (*position)++;
  notice = *position < self->notices->len ? self->notices->pdata[*position] : NULL;
  if (notice == NULL || confab_notice_get_id (notice) != kept->row->id)
    return confab_notice_new (kept->row, kept->shown);
  if (kept->shown)
    confab_notice_set_shown (notice, TRUE);
  return g_object_ref (notice);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConfabNoticeList) self = user_data;
  g_autoptr (GPtrArray) rows =
      confab_mirror_read_notices_finish (CONFAB_MIRROR (source), result, NULL);
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  guint position = 0;

  /* Overtaken by a later read, or failed: the mirror itself tells of that. */
  if (rows == NULL)
    return;
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (fresh, take_over (self, rows->pdata[i], &position));
  confab_list_splice (G_LIST_MODEL (self), &self->notices, fresh);
}

static void
read_again (ConfabNoticeList *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  confab_mirror_read_notices_async (self->mirror, self->reading, read_cb, g_object_ref (self));
}

static void
changed_cb (ConfabMirror *mirror, ConfabChanges *changes, gpointer user_data)
{
  if (changes->everything || changes->notices)
    read_again (CONFAB_NOTICE_LIST (user_data));
}

ConfabNoticeList *
confab_notice_list_new (ConfabMirror *mirror)
{
  ConfabNoticeList *self;

  g_return_val_if_fail (CONFAB_IS_MIRROR (mirror), NULL);

  self = g_object_new (CONFAB_TYPE_NOTICE_LIST, NULL);
  self->mirror = g_object_ref (mirror);
  g_signal_connect_object (mirror, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_DEFAULT);
  read_again (self);
  return self;
}

void
confab_notice_list_mark_shown (ConfabNoticeList *self)
{
  gboolean any = FALSE;

  g_return_if_fail (CONFAB_IS_NOTICE_LIST (self));

  for (guint i = 0; i < self->notices->len; i++)
    {
      any = any || !confab_notice_get_shown (self->notices->pdata[i]);
      confab_notice_set_shown (self->notices->pdata[i], TRUE);
    }
  /* If it cannot be written, they are shown once more after the next start. */
  if (any)
    confab_mirror_mark_notices_shown_async (
        self->mirror, confab_notice_get_id (self->notices->pdata[0]), NULL, NULL);
}

static GType
get_item_type (GListModel *model)
{
  return CONFAB_TYPE_NOTICE;
}

static guint
get_n_items (GListModel *model)
{
  return CONFAB_NOTICE_LIST (model)->notices->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *notices = CONFAB_NOTICE_LIST (model)->notices;

  return position < notices->len ? g_object_ref (notices->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
confab_notice_list_finalize (GObject *object)
{
  ConfabNoticeList *self = CONFAB_NOTICE_LIST (object);

  g_clear_object (&self->mirror);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->notices, g_ptr_array_unref);

  G_OBJECT_CLASS (confab_notice_list_parent_class)->finalize (object);
}

static void
confab_notice_list_class_init (ConfabNoticeListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_notice_list_finalize;
}

static void
confab_notice_list_init (ConfabNoticeList *self)
{
  self->notices = g_ptr_array_new_with_free_func (g_object_unref);
}
