/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-conversation.h"

struct _ConfabConversation
{
  GObject parent_instance;

  ConfabConversationSummary summary; /* the draft is @unsaved_draft, if there is one */
  char *unsaved_draft; /* (nullable) a newer draft than the last summary's; empty: deleted */
};

G_DEFINE_FINAL_TYPE (ConfabConversation, confab_conversation, G_TYPE_OBJECT)

static const ConfabColumn summary_columns[] = {
  CONFAB_COLUMN (ConfabConversationSummary, id, "id", INT64),
  CONFAB_COLUMN (ConfabConversationSummary, kind, "kind", INT),
  CONFAB_COLUMN (ConfabConversationSummary, title, "title", TEXT),
  CONFAB_COLUMN (ConfabConversationSummary, display_name, "display-name", TEXT),
  CONFAB_COLUMN (ConfabConversationSummary, member_count, "member-count", INT),
  CONFAB_COLUMN (ConfabConversationSummary, other_user_id, "other-user-id", INT64),
  CONFAB_COLUMN (ConfabConversationSummary, picture, "picture", TEXT),
  CONFAB_COLUMN (ConfabConversationSummary, created_at, "created-at", INT64),
  CONFAB_COLUMN (ConfabConversationSummary, last_seq, "last-seq", INT64),
  CONFAB_COLUMN (ConfabConversationSummary, last_read_seq, "last-read-seq", INT64),
  CONFAB_COLUMN (ConfabConversationSummary, unread_count, "unread-count", INT),
  CONFAB_COLUMN (ConfabConversationSummary, last_at, "last-at", INT64),
  CONFAB_COLUMN (ConfabConversationSummary, preview, "preview", TEXT),
  CONFAB_COLUMN (ConfabConversationSummary, preview_sender, "preview-sender", TEXT),
  CONFAB_COLUMN (ConfabConversationSummary, preview_own, "preview-own", BOOLEAN),
  CONFAB_COLUMN (ConfabConversationSummary, preview_removed, "preview-removed", BOOLEAN),
  CONFAB_COLUMN (ConfabConversationSummary, draft, "draft", TEXT),
  CONFAB_COLUMN (ConfabConversationSummary, closed_reason, "closed-reason", INT),
  CONFAB_COLUMN (ConfabConversationSummary, closed_by, "closed-by", TEXT),
  CONFAB_COLUMN (ConfabConversationSummary, closed_at, "closed-at", INT64),
  CONFAB_COLUMN (ConfabConversationSummary, notify, "notify-of", INT),
  CONFAB_COLUMN (ConfabConversationSummary, muted_until, "muted-until", INT64),
};

static const ConfabColumns columns = CONFAB_COLUMNS (summary_columns, ConfabConversationSummary);

void
confab_conversation_summary_free (ConfabConversationSummary *self)
{
  confab_columns_free (&columns, self);
}

static void
confab_conversation_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  confab_columns_get_property (&columns, &CONFAB_CONVERSATION (object)->summary, prop_id, value);
}

static void
confab_conversation_finalize (GObject *object)
{
  ConfabConversation *self = CONFAB_CONVERSATION (object);

  confab_columns_clear (&columns, &self->summary);
  g_free (self->unsaved_draft);

  G_OBJECT_CLASS (confab_conversation_parent_class)->finalize (object);
}

static void
confab_conversation_class_init (ConfabConversationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = confab_conversation_get_property;
  object_class->finalize = confab_conversation_finalize;

  confab_columns_install (&columns, object_class, 1);
}

static void
confab_conversation_init (ConfabConversation *self)
{
  self->summary.display_name = g_strdup ("");
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

  self->summary.id = id;

  return self;
}

/* Return @text, or NULL if it is empty. */
static char *
no_empty (char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

static void
take_over (ConfabConversation *self, const ConfabConversationSummary *summary)
{
  ConfabConversationSummary newer = *summary;

  if (self->unsaved_draft != NULL)
    newer.draft = no_empty (self->unsaved_draft);
  confab_columns_update (&columns, G_OBJECT (self), &self->summary, &newer);
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
  g_return_if_fail (CONFAB_IS_CONVERSATION (self));
  g_return_if_fail (draft != NULL);

  g_set_str (&self->unsaved_draft, draft);
  take_over (self, &self->summary);
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
  g_return_val_if_fail (summary->id == self->summary.id, FALSE);

  moved = self->summary.last_at != summary->last_at;
  if (self->unsaved_draft != NULL
      && g_strcmp0 (no_empty (self->unsaved_draft), summary->draft) == 0)
    g_clear_pointer (&self->unsaved_draft, g_free);
  take_over (self, summary);

  return moved;
}

gint64
confab_conversation_get_id (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->summary.id;
}

gboolean
confab_conversation_get_is_group (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), FALSE);

  return self->summary.kind == CONFAB_CONVERSATION_GROUP;
}

const char *
confab_conversation_get_title (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), NULL);

  return self->summary.title;
}

const char *
confab_conversation_get_display_name (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), "");

  return self->summary.display_name;
}

guint
confab_conversation_get_member_count (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->summary.member_count;
}

gint64
confab_conversation_get_other_user_id (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->summary.other_user_id;
}

const char *
confab_conversation_get_picture (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), NULL);

  return self->summary.picture;
}

gint64
confab_conversation_get_created_at (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->summary.created_at;
}

gint64
confab_conversation_get_last_seq (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->summary.last_seq;
}

gint64
confab_conversation_get_last_read_seq (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->summary.last_read_seq;
}

guint
confab_conversation_get_unread_count (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->summary.unread_count;
}

gint64
confab_conversation_get_last_at (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->summary.last_at;
}

const char *
confab_conversation_get_preview (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), NULL);

  return self->summary.preview;
}

const char *
confab_conversation_get_preview_sender (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), NULL);

  return self->summary.preview_sender;
}

gboolean
confab_conversation_get_preview_own (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), FALSE);

  return self->summary.preview_own;
}

gboolean
confab_conversation_get_preview_removed (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), FALSE);

  return self->summary.preview_removed;
}

const char *
confab_conversation_get_draft (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), NULL);

  return self->summary.draft;
}

ConfabClosedReason
confab_conversation_get_closed_reason (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), CONFAB_CLOSED_NOT);

  return self->summary.closed_reason;
}

const char *
confab_conversation_get_closed_by (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), NULL);

  return self->summary.closed_by;
}

gint64
confab_conversation_get_closed_at (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->summary.closed_at;
}

ConfabNotify
confab_conversation_get_notify (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), CONFAB_NOTIFY_ALL);

  return self->summary.notify;
}

gint64
confab_conversation_get_muted_until (ConfabConversation *self)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), 0);

  return self->summary.muted_until;
}

gboolean
confab_conversation_is_muted (ConfabConversation *self, gint64 now)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (self), FALSE);

  return self->summary.notify == CONFAB_NOTIFY_NONE || self->summary.muted_until > now;
}
