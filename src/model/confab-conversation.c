/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-conversation.h"

struct _ConfabConversation
{
  GObject parent_instance;

  gint64 id;
  gboolean is_group;
  char *title;
  char *display_name;
  guint member_count;
  gint64 other_user_id;
  char *picture;
  gint64 created_at;
  gint64 last_seq;
  gint64 last_read_seq;
  guint unread_count;
  gint64 last_at;
  char *preview;
  char *preview_sender;
  gboolean preview_own;
  gboolean preview_removed;
  char *draft;         /* (nullable) the one in the last summary */
  char *unsaved_draft; /* (nullable) a newer one; empty: the draft is deleted */
  guint closed_reason; /* ConfabClosedReason */
  char *closed_by;
  gint64 closed_at;
  guint notify; /* ConfabNotify */
  gint64 muted_until;
};

G_DEFINE_FINAL_TYPE (ConfabConversation, confab_conversation, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_IS_GROUP,
  PROP_TITLE,
  PROP_DISPLAY_NAME,
  PROP_MEMBER_COUNT,
  PROP_OTHER_USER_ID,
  PROP_PICTURE,
  PROP_CREATED_AT,
  PROP_LAST_SEQ,
  PROP_LAST_READ_SEQ,
  PROP_UNREAD_COUNT,
  PROP_LAST_AT,
  PROP_PREVIEW,
  PROP_PREVIEW_SENDER,
  PROP_PREVIEW_OWN,
  PROP_PREVIEW_REMOVED,
  PROP_DRAFT,
  PROP_CLOSED_REASON,
  PROP_CLOSED_BY,
  PROP_CLOSED_AT,
  PROP_NOTIFY_OF,
  PROP_MUTED_UNTIL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
confab_conversation_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ConfabConversation *self = CONFAB_CONVERSATION (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_IS_GROUP:
      g_value_set_boolean (value, self->is_group);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_DISPLAY_NAME:
      g_value_set_string (value, self->display_name);
      break;
    case PROP_MEMBER_COUNT:
      g_value_set_uint (value, self->member_count);
      break;
    case PROP_OTHER_USER_ID:
      g_value_set_int64 (value, self->other_user_id);
      break;
    case PROP_PICTURE:
      g_value_set_string (value, self->picture);
      break;
    case PROP_CREATED_AT:
      g_value_set_int64 (value, self->created_at);
      break;
    case PROP_LAST_SEQ:
      g_value_set_int64 (value, self->last_seq);
      break;
    case PROP_LAST_READ_SEQ:
      g_value_set_int64 (value, self->last_read_seq);
      break;
    case PROP_UNREAD_COUNT:
      g_value_set_uint (value, self->unread_count);
      break;
    case PROP_LAST_AT:
      g_value_set_int64 (value, self->last_at);
      break;
    case PROP_PREVIEW:
      g_value_set_string (value, self->preview);
      break;
    case PROP_PREVIEW_SENDER:
      g_value_set_string (value, self->preview_sender);
      break;
    case PROP_PREVIEW_OWN:
      g_value_set_boolean (value, self->preview_own);
      break;
    case PROP_PREVIEW_REMOVED:
      g_value_set_boolean (value, self->preview_removed);
      break;
    case PROP_DRAFT:
      g_value_set_string (value, confab_conversation_get_draft (self));
      break;
    case PROP_CLOSED_REASON:
      g_value_set_uint (value, self->closed_reason);
      break;
    case PROP_CLOSED_BY:
      g_value_set_string (value, self->closed_by);
      break;
    case PROP_CLOSED_AT:
      g_value_set_int64 (value, self->closed_at);
      break;
    case PROP_NOTIFY_OF:
      g_value_set_uint (value, self->notify);
      break;
    case PROP_MUTED_UNTIL:
      g_value_set_int64 (value, self->muted_until);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
confab_conversation_finalize (GObject *object)
{
  ConfabConversation *self = CONFAB_CONVERSATION (object);

  g_free (self->title);
  g_free (self->display_name);
  g_free (self->picture);
  g_free (self->preview);
  g_free (self->preview_sender);
  g_free (self->draft);
  g_free (self->unsaved_draft);
  g_free (self->closed_by);

  G_OBJECT_CLASS (confab_conversation_parent_class)->finalize (object);
}

static void
confab_conversation_class_init (ConfabConversationClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = confab_conversation_get_property;
  object_class->finalize = confab_conversation_finalize;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_IS_GROUP] = g_param_spec_boolean ("is-group", NULL, NULL, FALSE, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_DISPLAY_NAME] = g_param_spec_string ("display-name", NULL, NULL, "", flags);
  properties[PROP_MEMBER_COUNT] =
      g_param_spec_uint ("member-count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_OTHER_USER_ID] =
      g_param_spec_int64 ("other-user-id", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_PICTURE] = g_param_spec_string ("picture", NULL, NULL, NULL, flags);
  properties[PROP_CREATED_AT] =
      g_param_spec_int64 ("created-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_LAST_SEQ] = g_param_spec_int64 ("last-seq", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_LAST_READ_SEQ] =
      g_param_spec_int64 ("last-read-seq", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_UNREAD_COUNT] =
      g_param_spec_uint ("unread-count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LAST_AT] = g_param_spec_int64 ("last-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_PREVIEW] = g_param_spec_string ("preview", NULL, NULL, NULL, flags);
  properties[PROP_PREVIEW_SENDER] = g_param_spec_string ("preview-sender", NULL, NULL, NULL, flags);
  properties[PROP_PREVIEW_OWN] = g_param_spec_boolean ("preview-own", NULL, NULL, FALSE, flags);
  properties[PROP_PREVIEW_REMOVED] =
      g_param_spec_boolean ("preview-removed", NULL, NULL, FALSE, flags);
  properties[PROP_DRAFT] = g_param_spec_string ("draft", NULL, NULL, NULL, flags);
  properties[PROP_CLOSED_REASON] =
      g_param_spec_uint ("closed-reason", NULL, NULL, 0, CONFAB_CLOSED_DELETED, 0, flags);
  properties[PROP_CLOSED_BY] = g_param_spec_string ("closed-by", NULL, NULL, NULL, flags);
  properties[PROP_CLOSED_AT] =
      g_param_spec_int64 ("closed-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_NOTIFY_OF] =
      g_param_spec_uint ("notify-of", NULL, NULL, 0, CONFAB_NOTIFY_NONE, 0, flags);
  properties[PROP_MUTED_UNTIL] =
      g_param_spec_int64 ("muted-until", NULL, NULL, 0, G_MAXINT64, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
confab_conversation_init (ConfabConversation *self)
{
  self->display_name = g_strdup ("");
}

/**
 * confab_conversation_new:
 * @id: the conversation's id
 *
 * Returns: (transfer full): a conversation with no other property set yet
 */
ConfabConversation *
confab_conversation_new (gint64 id)
{
  ConfabConversation *self = g_object_new (CONFAB_TYPE_CONVERSATION, NULL);

  self->id = id;

  return self;
}

static gboolean
take_over_int64 (ConfabConversation *self, gint64 *field, gint64 value, guint prop_id)
{
  if (*field == value)
    return FALSE;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);

  return TRUE;
}

static gboolean
take_over_uint (ConfabConversation *self, guint *field, guint value, guint prop_id)
{
  if (*field == value)
    return FALSE;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);

  return TRUE;
}

static gboolean
take_over_boolean (ConfabConversation *self, gboolean *field, gboolean value, guint prop_id)
{
  if (*field == value)
    return FALSE;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);

  return TRUE;
}

static void
take_over_string (ConfabConversation *self, char **field, const char *value, guint prop_id)
{
  if (g_set_str (field, value))
    g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

/* Return @text, or NULL if it is empty. */
static const char *
no_empty (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

/* The unsaved draft counts until a summary has the same. */
static void
take_over_draft (ConfabConversation *self, const char *draft)
{
  g_autofree char *before = g_strdup (confab_conversation_get_draft (self));

  g_set_str (&self->draft, draft);
  if (self->unsaved_draft != NULL && g_strcmp0 (no_empty (self->unsaved_draft), draft) == 0)
    g_clear_pointer (&self->unsaved_draft, g_free);
  if (g_strcmp0 (before, confab_conversation_get_draft (self)) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAFT]);
}

/**
 * confab_conversation_set_unsaved_draft:
 * @draft: the text; empty if the draft is deleted
 *
 * Sets the draft that confab_conversation_get_draft() returns until a summary has it. On a full
 * disk that may be never.
 */
void
confab_conversation_set_unsaved_draft (ConfabConversation *self, const char *draft)
{
  g_autofree char *before = NULL;

  g_return_if_fail (CONFAB_IS_CONVERSATION (self));
  g_return_if_fail (draft != NULL);

  before = g_strdup (confab_conversation_get_draft (self));
  g_set_str (&self->unsaved_draft, draft);
  if (g_strcmp0 (before, confab_conversation_get_draft (self)) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAFT]);
}

/**
 * confab_conversation_update:
 * @summary: the newest state of the same conversation
 *
 * Copies @summary and notifies each property that changed.
 *
 * Returns: whether "last-at" changed, the key by which lists sort
 */
gboolean
confab_conversation_update (ConfabConversation *self, const ConfabConversationSummary *summary)
{
  gboolean moved;

  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), FALSE);
  g_return_val_if_fail (summary->id == self->id, FALSE);

  g_object_freeze_notify (G_OBJECT (self));
  moved = take_over_int64 (self, &self->last_at, summary->last_at, PROP_LAST_AT);
  take_over_boolean (self, &self->is_group, summary->kind == CONFAB_CONVERSATION_GROUP,
                     PROP_IS_GROUP);
  take_over_string (self, &self->title, summary->title, PROP_TITLE);
  take_over_string (self, &self->display_name, summary->display_name, PROP_DISPLAY_NAME);
  take_over_uint (self, &self->member_count, summary->member_count, PROP_MEMBER_COUNT);
  take_over_int64 (self, &self->other_user_id, summary->other_user_id, PROP_OTHER_USER_ID);
  take_over_string (self, &self->picture, summary->picture, PROP_PICTURE);
  take_over_int64 (self, &self->created_at, summary->created_at, PROP_CREATED_AT);
  take_over_int64 (self, &self->last_seq, summary->last_seq, PROP_LAST_SEQ);
  take_over_int64 (self, &self->last_read_seq, summary->last_read_seq, PROP_LAST_READ_SEQ);
  take_over_uint (self, &self->unread_count, summary->unread_count, PROP_UNREAD_COUNT);
  take_over_string (self, &self->preview, summary->preview, PROP_PREVIEW);
  take_over_string (self, &self->preview_sender, summary->preview_sender, PROP_PREVIEW_SENDER);
  take_over_boolean (self, &self->preview_own, summary->preview_own, PROP_PREVIEW_OWN);
  take_over_boolean (self, &self->preview_removed, summary->preview_removed, PROP_PREVIEW_REMOVED);
  take_over_draft (self, summary->draft);
  take_over_uint (self, &self->closed_reason, summary->closed_reason, PROP_CLOSED_REASON);
  take_over_string (self, &self->closed_by, summary->closed_by, PROP_CLOSED_BY);
  take_over_int64 (self, &self->closed_at, summary->closed_at, PROP_CLOSED_AT);
  take_over_uint (self, &self->notify, summary->notify, PROP_NOTIFY_OF);
  take_over_int64 (self, &self->muted_until, summary->muted_until, PROP_MUTED_UNTIL);
  g_object_thaw_notify (G_OBJECT (self));

  return moved;
}

gint64
confab_conversation_get_id (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->id;
}

gboolean
confab_conversation_get_is_group (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), FALSE);

  return self->is_group;
}

const char *
confab_conversation_get_title (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), NULL);

  return self->title;
}

const char *
confab_conversation_get_display_name (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), "");

  return self->display_name;
}

guint
confab_conversation_get_member_count (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->member_count;
}

gint64
confab_conversation_get_other_user_id (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->other_user_id;
}

const char *
confab_conversation_get_picture (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), NULL);

  return self->picture;
}

gint64
confab_conversation_get_created_at (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->created_at;
}

gint64
confab_conversation_get_last_seq (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->last_seq;
}

gint64
confab_conversation_get_last_read_seq (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->last_read_seq;
}

guint
confab_conversation_get_unread_count (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->unread_count;
}

gint64
confab_conversation_get_last_at (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->last_at;
}

const char *
confab_conversation_get_preview (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), NULL);

  return self->preview;
}

const char *
confab_conversation_get_preview_sender (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), NULL);

  return self->preview_sender;
}

gboolean
confab_conversation_get_preview_own (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), FALSE);

  return self->preview_own;
}

gboolean
confab_conversation_get_preview_removed (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), FALSE);

  return self->preview_removed;
}

const char *
confab_conversation_get_draft (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), NULL);

  return self->unsaved_draft != NULL ? no_empty (self->unsaved_draft) : self->draft;
}

ConfabClosedReason
confab_conversation_get_closed_reason (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), CONFAB_CLOSED_NOT);

  return self->closed_reason;
}

const char *
confab_conversation_get_closed_by (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), NULL);

  return self->closed_by;
}

gint64
confab_conversation_get_closed_at (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->closed_at;
}

ConfabNotify
confab_conversation_get_notify (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), CONFAB_NOTIFY_ALL);

  return self->notify;
}

gint64
confab_conversation_get_muted_until (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->muted_until;
}

gboolean
confab_conversation_is_muted (ConfabConversation *self, gint64 now)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), FALSE);

  return self->notify == CONFAB_NOTIFY_NONE || self->muted_until > now;
}
