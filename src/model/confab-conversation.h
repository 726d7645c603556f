/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A conversation as the conversation list shows it. Main thread. */

#pragma once

#include <glib-object.h>

#include "confab-user.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_CONVERSATION (confab_conversation_get_type ())
G_DECLARE_FINAL_TYPE (ConfabConversation, confab_conversation, CONFAB, CONVERSATION, GObject)

/**
 * ConfabClosedReason:
 * @CONFAB_CLOSED_NOT: the conversation is open
 * @CONFAB_CLOSED_LEFT: the user left
 * @CONFAB_CLOSED_REMOVED: the user was removed
 * @CONFAB_CLOSED_LOST: the server no longer has it for this user
 * @CONFAB_CLOSED_DELETED: the other user of a direct conversation deleted their account
 *
 * Why the user cannot write in a conversation.
 */
typedef enum
{
  CONFAB_CLOSED_NOT,
  CONFAB_CLOSED_LEFT,
  CONFAB_CLOSED_REMOVED,
  CONFAB_CLOSED_LOST,
  CONFAB_CLOSED_DELETED,
} ConfabClosedReason;

/* What the list shows of a conversation, computed by one query of the mirror. It
 * owns its strings. */
typedef struct
{
  gint64 id;
  ConfabConversationKind kind;
  char *title;          /* (nullable) as set by the members */
  char *display_name;   /* the title, the other user's name or the members' names; may be "" */
  guint member_count;   /* includes the user */
  gint64 other_user_id; /* 0 for a group */
  char *picture;        /* (nullable) hash of the other user's picture; NULL for a group */
  gint64 created_at;
  gint64 last_seq;
  gint64 last_read_seq;
  guint unread_count;
  gint64 last_at;       /* ms: of the newest message, sent or waiting; else created_at */
  char *preview;        /* (nullable) the newest message on one line */
  char *preview_sender; /* (nullable) its sender's display name */
  gboolean preview_own;
  gboolean preview_removed; /* a moderator removed it; the preview is "" */
  char *draft;              /* (nullable) */
  ConfabClosedReason closed_reason;
  char *closed_by;  /* (nullable) for REMOVED: the name then of the person who did it */
  gint64 closed_at; /* ms; 0 if open or unknown */
  ConfabNotify notify;
  gint64 muted_until; /* ms: notify of nothing until then; 0: not muted for a time */
} ConfabConversationSummary;

void confab_conversation_summary_free (ConfabConversationSummary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabConversationSummary, confab_conversation_summary_free)

/* Properties, read-only, notified when they change: the members of ConfabConversationSummary, with
 * “notify-of” for notify. */
ConfabConversation *confab_conversation_new (gint64 id);
gboolean confab_conversation_update (ConfabConversation *self,
                                     const ConfabConversationSummary *summary);

gint64 confab_conversation_get_id (ConfabConversation *self);
gboolean confab_conversation_get_is_group (ConfabConversation *self);
const char *confab_conversation_get_title (ConfabConversation *self);
const char *confab_conversation_get_display_name (ConfabConversation *self);
guint confab_conversation_get_member_count (ConfabConversation *self);
gint64 confab_conversation_get_other_user_id (ConfabConversation *self);
const char *confab_conversation_get_picture (ConfabConversation *self);
gint64 confab_conversation_get_created_at (ConfabConversation *self);
gint64 confab_conversation_get_last_seq (ConfabConversation *self);
gint64 confab_conversation_get_last_read_seq (ConfabConversation *self);
guint confab_conversation_get_unread_count (ConfabConversation *self);
gint64 confab_conversation_get_last_at (ConfabConversation *self);
const char *confab_conversation_get_preview (ConfabConversation *self);
const char *confab_conversation_get_preview_sender (ConfabConversation *self);
gboolean confab_conversation_get_preview_own (ConfabConversation *self);
gboolean confab_conversation_get_preview_removed (ConfabConversation *self);
/* Return the newest draft, written to disk or not. (transfer none) (nullable) */
const char *confab_conversation_get_draft (ConfabConversation *self);
void confab_conversation_set_unsaved_draft (ConfabConversation *self, const char *draft);
ConfabClosedReason confab_conversation_get_closed_reason (ConfabConversation *self);
const char *confab_conversation_get_closed_by (ConfabConversation *self);
gint64 confab_conversation_get_closed_at (ConfabConversation *self);
ConfabNotify confab_conversation_get_notify (ConfabConversation *self);
gint64 confab_conversation_get_muted_until (ConfabConversation *self);
/* Return whether the user is not notified of messages at @now (ms). Nothing announces the end of a
 * mute: ask again. */
gboolean confab_conversation_is_muted (ConfabConversation *self, gint64 now);

G_END_DECLS
