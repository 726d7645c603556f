/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-message.h"

/* What is not in a message's row. */
typedef struct
{
  gboolean loaded;
  gboolean own;
  ConfabMessageState state;
  int problem;
  gboolean starts_day;
  gboolean starts_group;
  gboolean ends_group;
  gboolean starts_unread;
} Standing;

struct _ConfabMessage
{
  GObject parent_instance;

  ConfabMessageRow row;
  ConfabUser *sender;
  Standing standing;
};

G_DEFINE_FINAL_TYPE (ConfabMessage, confab_message, G_TYPE_OBJECT)

static const ConfabColumn standing_columns[] = {
  CONFAB_COLUMN (Standing, loaded, "loaded", BOOLEAN),
  CONFAB_COLUMN (Standing, own, "own", BOOLEAN),
  CONFAB_COLUMN (Standing, state, "state", INT),
  CONFAB_COLUMN (Standing, problem, "problem", INT),
  CONFAB_COLUMN (Standing, starts_day, "starts-day", BOOLEAN),
  CONFAB_COLUMN (Standing, starts_group, "starts-group", BOOLEAN),
  CONFAB_COLUMN (Standing, ends_group, "ends-group", BOOLEAN),
  CONFAB_COLUMN (Standing, starts_unread, "starts-unread", BOOLEAN),
};

static const ConfabColumns standing = CONFAB_COLUMNS (standing_columns, Standing);

static GParamSpec *sender_property;

static void
confab_message_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ConfabMessage *self = CONFAB_MESSAGE (object);

  if (!confab_columns_get_property (&confab_message_columns, &self->row, prop_id, value)
      && !confab_columns_get_property (&standing, &self->standing,
                                       prop_id - confab_message_columns.n_columns, value))
    g_value_set_object (value, self->sender);
}

static void
confab_message_finalize (GObject *object)
{
  ConfabMessage *self = CONFAB_MESSAGE (object);

  confab_columns_clear (&confab_message_columns, &self->row);
  g_clear_object (&self->sender);

  G_OBJECT_CLASS (confab_message_parent_class)->finalize (object);
}

static void
confab_message_class_init (ConfabMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  guint n = confab_message_columns.n_columns;

  object_class->get_property = confab_message_get_property;
  object_class->finalize = confab_message_finalize;

  confab_columns_install (&confab_message_columns, object_class, 1);
  confab_columns_install (&standing, object_class, n + 1);
  sender_property =
      g_param_spec_object ("sender", NULL, NULL, CONFAB_TYPE_USER,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, n + standing.n_columns + 1, sender_property);
}

static void
confab_message_init (ConfabMessage *self)
{
  self->standing.problem = -1;
}

/**
 * confab_message_new:
 *
 * Returns: (transfer full): a message that is not loaded yet
 */
ConfabMessage *
confab_message_new (void)
{
  return g_object_new (CONFAB_TYPE_MESSAGE, NULL);
}

static void
update_standing (ConfabMessage *self, const Standing *newer)
{
  confab_columns_update (&standing, G_OBJECT (self), &self->standing, newer);
}

/**
 * confab_message_update:
 * @row: the newest state of the same message; its content is NULL as long as it is not loaded
 * @sender: (nullable): of @row; referenced
 * @own: whether @sender is the user
 *
 * Copies @row and notifies each property that changed.
 */
void
confab_message_update (ConfabMessage *self,
                       const ConfabMessageRow *row,
                       ConfabUser *sender,
                       gboolean own)
{
  Standing newer;

  g_return_if_fail (CONFAB_IS_MESSAGE (self));

  newer = self->standing;
  newer.loaded = row->content != NULL;
  newer.own = own;
  g_object_freeze_notify (G_OBJECT (self));
  confab_columns_update (&confab_message_columns, G_OBJECT (self), &self->row, row);
  if (g_set_object (&self->sender, sender))
    g_object_notify_by_pspec (G_OBJECT (self), sender_property);
  update_standing (self, &newer);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * confab_message_set_state:
 * @problem: why the message failed (a #ConfabProblem), or -1 in any other state
 */
void
confab_message_set_state (ConfabMessage *self, ConfabMessageState state, int problem)
{
  Standing newer;

  g_return_if_fail (CONFAB_IS_MESSAGE (self));

  newer = self->standing;
  newer.state = state;
  newer.problem = problem;
  update_standing (self, &newer);
}

/**
 * confab_message_set_standing:
 *
 * Sets how the message relates to its neighbours. One call sets all four flags, so that the row is
 * laid out again only once.
 */
void
confab_message_set_standing (ConfabMessage *self,
                             gboolean starts_day,
                             gboolean starts_group,
                             gboolean ends_group,
                             gboolean starts_unread)
{
  Standing newer;

  g_return_if_fail (CONFAB_IS_MESSAGE (self));

  newer = self->standing;
  newer.starts_day = starts_day;
  newer.starts_group = starts_group;
  newer.ends_group = ends_group;
  newer.starts_unread = starts_unread;
  update_standing (self, &newer);
}

gboolean
confab_message_get_loaded (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), FALSE);

  return self->standing.loaded;
}

const char *
confab_message_get_client_id (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), "");

  return self->row.client_id != NULL ? self->row.client_id : "";
}

gint64
confab_message_get_seq (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), 0);

  return self->row.seq;
}

ConfabUser *
confab_message_get_sender (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), NULL);

  return self->sender;
}

gboolean
confab_message_get_own (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), FALSE);

  return self->standing.own;
}

const char *
confab_message_get_content (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), "");

  return self->row.content != NULL ? self->row.content : "";
}

gboolean
confab_message_get_removed (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), FALSE);

  return self->row.removed_at != 0;
}

gint64
confab_message_get_sent_at (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), 0);

  return self->row.sent_at;
}

ConfabMessageState
confab_message_get_state (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), CONFAB_MESSAGE_SENT);

  return self->standing.state;
}

int
confab_message_get_problem (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), -1);

  return self->standing.problem;
}

gboolean
confab_message_get_starts_day (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), FALSE);

  return self->standing.starts_day;
}

gboolean
confab_message_get_starts_group (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), FALSE);

  return self->standing.starts_group;
}

gboolean
confab_message_get_ends_group (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), FALSE);

  return self->standing.ends_group;
}

gboolean
confab_message_get_starts_unread (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), FALSE);

  return self->standing.starts_unread;
}
