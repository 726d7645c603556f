/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-timeline-internal.h"

#include "confab-clock.h"

/* On each side of a jump: the number of rows that a list view creates. */
#define PREPARED_ROWS 100

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_COMPLETE,
  PROP_ERROR,
  N_PROPS,
};

enum
{
  OLDER_WANTED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConfabTimeline,
                               confab_timeline,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* ---- the model ---- */

static gpointer
get_item (GListModel *model, guint position)
{
  ConfabTimeline *self = CONFAB_TIMELINE (model);

  return position < confab_timeline_n_items (self) ? confab_timeline_get_message (self, position)
                                                   : NULL;
}

static GType
get_item_type (GListModel *model)
{
  return CONFAB_TYPE_MESSAGE;
}

static guint
get_n_items (GListModel *model)
{
  return confab_timeline_n_items (CONFAB_TIMELINE (model));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* ---- loading state ---- */

void
confab_timeline_update_complete (ConfabTimeline *self)
{
  gboolean complete = self->keys->len > 0 ? g_array_index (self->keys, ConfabMessageKey, 0).seq <= 1
                                          : self->empty && !self->loading;

  if (self->complete == complete)
    return;
  self->complete = complete;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
}

void
confab_timeline_set_error (ConfabTimeline *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

void
confab_timeline_set_loaded (ConfabTimeline *self)
{
  if (self->loading)
    {
      self->loading = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
    }
  confab_timeline_set_error (self, NULL);
  confab_timeline_update_complete (self);
}

/* ---- changes ---- */

static void
changed_cb (ConfabMirror *mirror, ConfabChanges *changes, gpointer user_data)
{
  ConfabTimeline *self = CONFAB_TIMELINE (user_data);
  ConfabTimelineChange *change = g_hash_table_lookup (changes->timelines, &self->conversation_id);

  if (changes->everything || (change != NULL && change->anew))
    confab_timeline_begin_reading (self);
  else if (confab_id_set_has (changes->removed_conversations, self->conversation_id))
    confab_timeline_clear (self);
  else if (change != NULL && self->reading != NULL && !self->showing)
    g_ptr_array_add (self->early, confab_changes_ref (changes));
  else if (change != NULL)
    confab_timeline_apply (self, change);
}

/* ---- functions for the app ---- */

gint64
confab_timeline_get_conversation_id (ConfabTimeline *self)
{
  g_return_val_if_fail (CONFAB_IS_TIMELINE (self), 0);

  return self->conversation_id;
}

gboolean
confab_timeline_get_loading (ConfabTimeline *self)
{
  g_return_val_if_fail (CONFAB_IS_TIMELINE (self), FALSE);

  return self->loading;
}

gboolean
confab_timeline_get_complete (ConfabTimeline *self)
{
  g_return_val_if_fail (CONFAB_IS_TIMELINE (self), FALSE);

  return self->complete;
}

const GError *
confab_timeline_get_error (ConfabTimeline *self)
{
  g_return_val_if_fail (CONFAB_IS_TIMELINE (self), NULL);

  return self->error;
}

void
confab_timeline_try_again (ConfabTimeline *self)
{
  g_return_if_fail (CONFAB_IS_TIMELINE (self));

  confab_timeline_set_error (self, NULL);
  confab_timeline_begin_reading (self);
}

guint
confab_timeline_get_unread_position (ConfabTimeline *self)
{
  guint position;

  g_return_val_if_fail (CONFAB_IS_TIMELINE (self), G_MAXUINT);

  if (self->unread_seq == 0 || !confab_timeline_has (self, self->unread_seq, &position))
    return G_MAXUINT;
  return position;
}

gint64
confab_timeline_get_seq (ConfabTimeline *self, guint position)
{
  g_return_val_if_fail (CONFAB_IS_TIMELINE (self), 0);

  return position < self->keys->len ? g_array_index (self->keys, ConfabMessageKey, position).seq
                                    : 0;
}

guint
confab_timeline_get_position (ConfabTimeline *self, gint64 seq)
{
  g_return_val_if_fail (CONFAB_IS_TIMELINE (self), G_MAXUINT);

  return confab_timeline_find (self, seq);
}

void
confab_timeline_prepare_async (ConfabTimeline *self,
                               guint position,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;
  guint first;
  guint last;

  g_return_if_fail (CONFAB_IS_TIMELINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, confab_timeline_prepare_async);
  if (self->keys->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  position = MIN (position, self->keys->len - 1);
  first = position > PREPARED_ROWS ? position - PREPARED_ROWS : 0;
  last = MIN (position + PREPARED_ROWS, self->keys->len - 1);
  confab_timeline_rows_prepare (self->rows, confab_timeline_get_seq (self, first),
                                confab_timeline_get_seq (self, last), task);
}

gboolean
confab_timeline_prepare_finish (ConfabTimeline *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
confab_timeline_want_older (ConfabTimeline *self)
{
  g_return_if_fail (CONFAB_IS_TIMELINE (self));

  if (!self->complete)
    g_signal_emit (self, signals[OLDER_WANTED], 0);
}

/* ---- the object ---- */

ConfabTimeline *
confab_timeline_new (ConfabMirror *mirror, ConfabUserPool *users, gint64 conversation_id)
{
  ConfabTimeline *self;

  g_return_val_if_fail (CONFAB_IS_MIRROR (mirror), NULL);
  g_return_val_if_fail (CONFAB_IS_USER_POOL (users), NULL);

  self = g_object_new (CONFAB_TYPE_TIMELINE, NULL);
  self->mirror = g_object_ref (mirror);
  self->users = g_object_ref (users);
  self->conversation_id = conversation_id;
  self->self_user_id = confab_mirror_get_self_user_id (mirror);
  g_signal_connect_object (mirror, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_DEFAULT);
  confab_clock_connect (G_CALLBACK (confab_timeline_refresh_live), self);
  confab_timeline_begin_reading (self);
  return self;
}

static void
confab_timeline_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ConfabTimeline *self = CONFAB_TIMELINE (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
confab_timeline_finalize (GObject *object)
{
  ConfabTimeline *self = CONFAB_TIMELINE (object);

  confab_timeline_stop_reading (self);
  g_clear_pointer (&self->rows, confab_timeline_rows_free);
  g_clear_pointer (&self->live, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->early, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->users);
  g_clear_object (&self->mirror);

  G_OBJECT_CLASS (confab_timeline_parent_class)->finalize (object);
}

static void
confab_timeline_class_init (ConfabTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = confab_timeline_get_property;
  object_class->finalize = confab_timeline_finalize;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, TRUE, flags);
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OLDER_WANTED] = g_signal_new ("older-wanted", CONFAB_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
confab_timeline_init (ConfabTimeline *self)
{
  self->loading = TRUE;
  self->unread_after = G_MAXINT64;
  self->keys = g_array_new (FALSE, FALSE, sizeof (ConfabMessageKey));
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_timeline_waiting_free);
  self->live = confab_timeline_live_new ();
  self->early = g_ptr_array_new_with_free_func ((GDestroyNotify)confab_changes_unref);
  self->rows = confab_timeline_rows_new (self);
}
