/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-conversation-list.h"

#include "confab-list-splice.h"
#include "confab-mirror-reader.h"

#define SINGLY_MAX 8 /* more changes at once are reported in one run */
#define RETRY_S 5    /* after a read that failed */

struct _ConfabConversationList
{
  GObject parent_instance;

  ConfabMirror *mirror;
  GPtrArray *shown;  /* (element-type ConfabConversation): newest first */
  GHashTable *known; /* gint64* → ConfabConversation: includes those that may return */

  GHashTable *pending; /* set of gint64*: to read next */
  gboolean pending_all;
  guint retry_timer; /* after a read that failed */
  gboolean reading;
  GQueue settling; /* (element-type GTask) */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabConversationList,
                               confab_conversation_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* ---- order ---- */

static int
compare (gconstpointer a, gconstpointer b)
{
  ConfabConversation *one = *(ConfabConversation *const *)a;
  ConfabConversation *other = *(ConfabConversation *const *)b;
  gint64 one_at = confab_conversation_get_last_at (one);
  gint64 other_at = confab_conversation_get_last_at (other);
  gint64 one_id = confab_conversation_get_id (one);
  gint64 other_id = confab_conversation_get_id (other);

  if (one_at != other_at)
    return one_at < other_at ? 1 : -1;
  return (one_id < other_id) - (one_id > other_id);
}

/* Return the position of @conversation among the others. */
static guint
place_of (ConfabConversationList *self, ConfabConversation *conversation)
{
  guint low = 0;
  guint high = self->shown->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare (&self->shown->pdata[middle], &conversation) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* ---- one conversation ---- */

static ConfabConversation *
ensure (ConfabConversationList *self, gint64 id)
{
  ConfabConversation *conversation = g_hash_table_lookup (self->known, &id);

  if (conversation == NULL)
    {
      conversation = confab_conversation_new (id);
      confab_id_map_set (self->known, id, conversation);
    }
  return conversation;
}

static void
hide (ConfabConversationList *self, gint64 id)
{
  ConfabConversation *conversation = g_hash_table_lookup (self->known, &id);
  guint position;

  if (conversation == NULL || !g_ptr_array_find (self->shown, conversation, &position))
    return;
  g_ptr_array_remove_index (self->shown, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* Report a move as one run with the same objects, so that a selection stays. */
static void
show (ConfabConversationList *self, const ConfabConversationSummary *summary)
{
  ConfabConversation *conversation = ensure (self, summary->id);
  guint from;
  guint to;

  if (!g_ptr_array_find (self->shown, conversation, &from))
    {
      confab_conversation_update (conversation, summary);
      to = place_of (self, conversation);
      g_ptr_array_insert (self->shown, (int)to, g_object_ref (conversation));
      g_list_model_items_changed (G_LIST_MODEL (self), to, 0, 1);
      return;
    }
  if (!confab_conversation_update (conversation, summary))
    return;
  conversation = g_ptr_array_steal_index (self->shown, from);
  to = place_of (self, conversation);
  g_ptr_array_insert (self->shown, (int)to, conversation);
  if (from != to)
    g_list_model_items_changed (G_LIST_MODEL (self), MIN (from, to),
                                MAX (from, to) - MIN (from, to) + 1,
                                MAX (from, to) - MIN (from, to) + 1);
}

/* ---- several conversations ---- */

/* @ids: (nullable): the conversations that were read; others are unchanged. NULL: @rows are all. */
static void
show_many (ConfabConversationList *self, GArray *ids, GPtrArray *rows)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) asked = confab_id_set_new ();

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    confab_id_set_add (asked, g_array_index (ids, gint64, i));
  for (guint i = 0; i < self->shown->len; i++)
    {
      gint64 id = confab_conversation_get_id (self->shown->pdata[i]);

      if (confab_id_set_has (self->pending, id) || (ids != NULL && !confab_id_set_has (asked, id)))
        g_ptr_array_add (fresh, g_object_ref (self->shown->pdata[i]));
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const ConfabConversationSummary *row = rows->pdata[i];
      ConfabConversation *conversation = ensure (self, row->id);

      confab_conversation_update (conversation, row);
      g_ptr_array_add (fresh, g_object_ref (conversation));
    }
  g_ptr_array_sort (fresh, compare);
  confab_list_splice (G_LIST_MODEL (self), &self->shown, fresh);
}

static void
show_singly (ConfabConversationList *self, GArray *ids, GPtrArray *rows)
{
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      const ConfabConversationSummary *found = NULL;

      for (guint j = 0; j < rows->len && found == NULL; j++)
        {
          const ConfabConversationSummary *row = rows->pdata[j];

          found = row->id == id ? row : NULL;
        }
      if (confab_id_set_has (self->pending, id))
        continue;
      if (found != NULL)
        show (self, found);
      else
        hide (self, id);
    }
}

/* ---- reading ---- */

typedef struct
{
  ConfabConversationList *list;
  GArray *ids; /* (nullable): all */
} Read;

static void
read_free (Read *data)
{
  g_object_unref (data->list);
  g_clear_pointer (&data->ids, g_array_unref);
  g_free (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Read, read_free)

static void read_next (ConfabConversationList *self);

static gboolean
retry_cb (gpointer user_data)
{
  ConfabConversationList *self = user_data;

  self->retry_timer = 0;
  read_next (self);

  return G_SOURCE_REMOVE;
}

static void
settle (ConfabConversationList *self, const GError *error)
{
  g_autoptr (GTask) task = NULL;

  while ((task = g_queue_pop_head (&self->settling)) != NULL)
    {
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
      g_clear_object (&task);
    }
}

/* A read failed: read these conversations again, with the next ones that change, or in a while.
 * @ids: (nullable): NULL: all */
static void
put_back (ConfabConversationList *self, GArray *ids)
{
  self->pending_all = self->pending_all || ids == NULL;
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    confab_id_set_add (self->pending, g_array_index (ids, gint64, i));
  if (self->retry_timer == 0)
    self->retry_timer = g_timeout_add_seconds (RETRY_S, retry_cb, self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Read) data = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      confab_mirror_read_summaries_finish (CONFAB_MIRROR (source), result, &error);
  ConfabConversationList *self = data->list;

  self->reading = FALSE;
  if (rows == NULL)
    {
      g_debug ("The conversations could not be read: %s", error->message);
      put_back (self, data->ids);
      settle (self, error);
      return;
    }
  /* Skip conversations that changed meanwhile, which are read again: a removed one must not
   * reappear briefly. */
  for (guint i = rows->len; i-- > 0;)
    {
      const ConfabConversationSummary *row = rows->pdata[i];

      if (confab_id_set_has (self->pending, row->id))
        g_ptr_array_remove_index_fast (rows, i);
    }
  if (!self->pending_all && data->ids != NULL && data->ids->len <= SINGLY_MAX)
    show_singly (self, data->ids, rows);
  else if (!self->pending_all)
    show_many (self, data->ids, rows);
  read_next (self);
}

static GArray *
take_pending (ConfabConversationList *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_val (ids, *(gint64 *)id);
  g_hash_table_remove_all (self->pending);
  return ids;
}

/* One read at a time; changes meanwhile are collected for the next. */
static void
read_next (ConfabConversationList *self)
{
  Read *data;

  if (self->reading)
    return;
  if (!self->pending_all && g_hash_table_size (self->pending) == 0)
    {
      settle (self, NULL);
      return;
    }
  data = g_new0 (Read, 1);
  data->list = g_object_ref (self);
  data->ids = take_pending (self);
  if (self->pending_all)
    g_clear_pointer (&data->ids, g_array_unref);
  self->pending_all = FALSE;
  self->reading = TRUE;
  confab_mirror_read_summaries_async (self->mirror, data->ids, NULL, read_cb, data);
}

static void
changed_cb (ConfabMirror *mirror, ConfabChanges *changes, gpointer user_data)
{
  ConfabConversationList *self = CONFAB_CONVERSATION_LIST (user_data);
  GHashTableIter iter;
  gpointer id;

  self->pending_all = self->pending_all || changes->everything;
  confab_id_set_add_all (self->pending, changes->conversations);
  g_hash_table_iter_init (&iter, changes->removed_conversations);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      confab_id_set_add (self->pending, *(gint64 *)id);
      hide (self, *(gint64 *)id);
    }
  read_next (self);
}

ConfabConversationList *
confab_conversation_list_new (ConfabMirror *mirror)
{
  ConfabConversationList *self;

  g_return_val_if_fail (CONFAB_IS_MIRROR (mirror), NULL);

  self = g_object_new (CONFAB_TYPE_CONVERSATION_LIST, NULL);
  self->mirror = g_object_ref (mirror);
  g_signal_connect_object (mirror, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_DEFAULT);
  self->pending_all = TRUE;
  read_next (self);
  return self;
}

ConfabConversation *
confab_conversation_list_lookup (ConfabConversationList *self, gint64 conversation_id)
{
  ConfabConversation *conversation;

  g_return_val_if_fail (CONFAB_IS_CONVERSATION_LIST (self), NULL);

  conversation = g_hash_table_lookup (self->known, &conversation_id);
  return conversation != NULL && g_ptr_array_find (self->shown, conversation, NULL) ? conversation
                                                                                    : NULL;
}

void
confab_conversation_list_settle_async (ConfabConversationList *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CONFAB_IS_CONVERSATION_LIST (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_conversation_list_settle_async);
  g_queue_push_tail (&self->settling, task);
  read_next (self);
}

gboolean
confab_conversation_list_settle_finish (ConfabConversationList *self,
                                        GAsyncResult *result,
                                        GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- the object ---- */

static GType
get_item_type (GListModel *model)
{
  return CONFAB_TYPE_CONVERSATION;
}

static guint
get_n_items (GListModel *model)
{
  return CONFAB_CONVERSATION_LIST (model)->shown->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *shown = CONFAB_CONVERSATION_LIST (model)->shown;

  return position < shown->len ? g_object_ref (shown->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
confab_conversation_list_finalize (GObject *object)
{
  ConfabConversationList *self = CONFAB_CONVERSATION_LIST (object);

  g_clear_handle_id (&self->retry_timer, g_source_remove);
  g_clear_object (&self->mirror);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->pending, g_hash_table_unref);

  G_OBJECT_CLASS (confab_conversation_list_parent_class)->finalize (object);
}

static void
confab_conversation_list_class_init (ConfabConversationListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = confab_conversation_list_finalize;
}

static void
confab_conversation_list_init (ConfabConversationList *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->known = confab_id_map_new (g_object_unref);
  self->pending = confab_id_set_new ();
  g_queue_init (&self->settling);
}
