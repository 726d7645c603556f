/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-message.h"

G_DEFINE_ENUM_TYPE (ConfabMessageState,
                    confab_message_state,
                    G_DEFINE_ENUM_VALUE (CONFAB_MESSAGE_SENT, "sent"),
                    G_DEFINE_ENUM_VALUE (CONFAB_MESSAGE_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (CONFAB_MESSAGE_FAILED, "failed"))

struct _ConfabMessage
{
  GObject parent_instance;

  gboolean loaded;
  char *client_id;
  gint64 seq;
  ConfabUser *sender;
  gboolean own;
  char *content;
  gboolean removed;
  gint64 sent_at;
  ConfabMessageState state;
  int problem;
  gboolean starts_day;
  gboolean starts_group;
  gboolean ends_group;
  gboolean starts_unread;
};

G_DEFINE_FINAL_TYPE (ConfabMessage, confab_message, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_LOADED,
  PROP_CLIENT_ID,
  PROP_SEQ,
  PROP_SENDER,
  PROP_OWN,
  PROP_CONTENT,
  PROP_REMOVED,
  PROP_SENT_AT,
  PROP_STATE,
  PROP_PROBLEM,
  PROP_STARTS_DAY,
  PROP_STARTS_GROUP,
  PROP_ENDS_GROUP,
  PROP_STARTS_UNREAD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
confab_message_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ConfabMessage *self = CONFAB_MESSAGE (object);

  switch (prop_id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_CLIENT_ID:
      g_value_set_string (value, self->client_id);
      break;
    case PROP_SEQ:
      g_value_set_int64 (value, self->seq);
      break;
    case PROP_SENDER:
      g_value_set_object (value, self->sender);
      break;
    case PROP_OWN:
      g_value_set_boolean (value, self->own);
      break;
    case PROP_CONTENT:
      g_value_set_string (value, self->content);
      break;
    case PROP_REMOVED:
      g_value_set_boolean (value, self->removed);
      break;
    case PROP_SENT_AT:
      g_value_set_int64 (value, self->sent_at);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_PROBLEM:
      g_value_set_int (value, self->problem);
      break;
    case PROP_STARTS_DAY:
      g_value_set_boolean (value, self->starts_day);
      break;
    case PROP_STARTS_GROUP:
      g_value_set_boolean (value, self->starts_group);
      break;
    case PROP_ENDS_GROUP:
      g_value_set_boolean (value, self->ends_group);
      break;
    case PROP_STARTS_UNREAD:
      g_value_set_boolean (value, self->starts_unread);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
confab_message_finalize (GObject *object)
{
  ConfabMessage *self = CONFAB_MESSAGE (object);

  g_clear_object (&self->sender);
  g_free (self->client_id);
  g_free (self->content);

  G_OBJECT_CLASS (confab_message_parent_class)->finalize (object);
}

static void
confab_message_class_init (ConfabMessageClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = confab_message_get_property;
  object_class->finalize = confab_message_finalize;

  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_CLIENT_ID] = g_param_spec_string ("client-id", NULL, NULL, "", flags);
  properties[PROP_SEQ] = g_param_spec_int64 ("seq", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SENDER] = g_param_spec_object ("sender", NULL, NULL, CONFAB_TYPE_USER, flags);
  properties[PROP_OWN] = g_param_spec_boolean ("own", NULL, NULL, FALSE, flags);
  properties[PROP_CONTENT] = g_param_spec_string ("content", NULL, NULL, "", flags);
  properties[PROP_REMOVED] = g_param_spec_boolean ("removed", NULL, NULL, FALSE, flags);
  properties[PROP_SENT_AT] = g_param_spec_int64 ("sent-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, CONFAB_TYPE_MESSAGE_STATE,
                                              CONFAB_MESSAGE_SENT, flags);
  properties[PROP_PROBLEM] =
      g_param_spec_int ("problem", NULL, NULL, -1, CONFAB_N_PROBLEMS - 1, -1, flags);
  properties[PROP_STARTS_DAY] = g_param_spec_boolean ("starts-day", NULL, NULL, FALSE, flags);
  properties[PROP_STARTS_GROUP] = g_param_spec_boolean ("starts-group", NULL, NULL, FALSE, flags);
  properties[PROP_ENDS_GROUP] = g_param_spec_boolean ("ends-group", NULL, NULL, FALSE, flags);
  properties[PROP_STARTS_UNREAD] = g_param_spec_boolean ("starts-unread", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
confab_message_init (ConfabMessage *self)
{
  self->client_id = g_strdup ("");
  self->content = g_strdup ("");
  self->problem = -1;
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
take_over_int64 (ConfabMessage *self, gint64 *field, gint64 value, guint prop_id)
{
  if (*field == value)
    return;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
take_over_boolean (ConfabMessage *self, gboolean *field, gboolean value, guint prop_id)
{
  if (*field == value)
    return;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
take_over_string (ConfabMessage *self, char **field, const char *value, guint prop_id)
{
  if (g_set_str (field, value))
    g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

void
confab_message_set_loaded (ConfabMessage *self, gboolean loaded)
{
  g_return_if_fail (CONFAB_IS_MESSAGE (self));

  take_over_boolean (self, &self->loaded, loaded, PROP_LOADED);
}

void
confab_message_set_client_id (ConfabMessage *self, const char *client_id)
{
  g_return_if_fail (CONFAB_IS_MESSAGE (self));

  take_over_string (self, &self->client_id, client_id, PROP_CLIENT_ID);
}

void
confab_message_set_seq (ConfabMessage *self, gint64 seq)
{
  g_return_if_fail (CONFAB_IS_MESSAGE (self));

  take_over_int64 (self, &self->seq, seq, PROP_SEQ);
}

void
confab_message_set_sender (ConfabMessage *self, ConfabUser *sender, gboolean own)
{
  g_return_if_fail (CONFAB_IS_MESSAGE (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_object (&self->sender, sender))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENDER]);
  take_over_boolean (self, &self->own, own, PROP_OWN);
  g_object_thaw_notify (G_OBJECT (self));
}

void
confab_message_set_content (ConfabMessage *self, const char *content)
{
  g_return_if_fail (CONFAB_IS_MESSAGE (self));

  take_over_string (self, &self->content, content, PROP_CONTENT);
}

void
confab_message_set_removed (ConfabMessage *self, gboolean removed)
{
  g_return_if_fail (CONFAB_IS_MESSAGE (self));

  take_over_boolean (self, &self->removed, removed, PROP_REMOVED);
}

void
confab_message_set_sent_at (ConfabMessage *self, gint64 sent_at)
{
  g_return_if_fail (CONFAB_IS_MESSAGE (self));

  take_over_int64 (self, &self->sent_at, sent_at, PROP_SENT_AT);
}

/**
 * confab_message_set_state:
 * @problem: why the message failed (a #ConfabProblem), or -1 in any other state
 */
void
confab_message_set_state (ConfabMessage *self, ConfabMessageState state, int problem)
{
  g_return_if_fail (CONFAB_IS_MESSAGE (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  if (self->problem != problem)
    {
      self->problem = problem;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
    }
  g_object_thaw_notify (G_OBJECT (self));
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
  g_return_if_fail (CONFAB_IS_MESSAGE (self));

  g_object_freeze_notify (G_OBJECT (self));
  take_over_boolean (self, &self->starts_day, starts_day, PROP_STARTS_DAY);
  take_over_boolean (self, &self->starts_group, starts_group, PROP_STARTS_GROUP);
  take_over_boolean (self, &self->ends_group, ends_group, PROP_ENDS_GROUP);
  take_over_boolean (self, &self->starts_unread, starts_unread, PROP_STARTS_UNREAD);
  g_object_thaw_notify (G_OBJECT (self));
}

gboolean
confab_message_get_loaded (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), FALSE);

  return self->loaded;
}

const char *
confab_message_get_client_id (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), "");

  return self->client_id;
}

gint64
confab_message_get_seq (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), 0);

  return self->seq;
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

  return self->own;
}

const char *
confab_message_get_content (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), "");

  return self->content;
}

gboolean
confab_message_get_removed (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), FALSE);

  return self->removed;
}

gint64
confab_message_get_sent_at (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), 0);

  return self->sent_at;
}

ConfabMessageState
confab_message_get_state (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), CONFAB_MESSAGE_SENT);

  return self->state;
}

int
confab_message_get_problem (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), -1);

  return self->problem;
}

gboolean
confab_message_get_starts_day (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), FALSE);

  return self->starts_day;
}

gboolean
confab_message_get_starts_group (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), FALSE);

  return self->starts_group;
}

gboolean
confab_message_get_ends_group (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), FALSE);

  return self->ends_group;
}

gboolean
confab_message_get_starts_unread (ConfabMessage *self)
{
  g_return_val_if_fail (CONFAB_IS_MESSAGE (self), FALSE);

  return self->starts_unread;
}
