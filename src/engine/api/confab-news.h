/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Decides of which messages the user is notified, and when a notification is withdrawn. Nothing is
 * announced before the client has caught up with the server. Main thread. */

#pragma once

#include "confab-conversation.h"

G_BEGIN_DECLS

/* At most so many conversations are announced at once; else there is one summary. */
#define CONFAB_NEWS_AT_ONCE 5
/* At most so many messages of a conversation are told. */
#define CONFAB_NEWS_LINES 3
/* At most one announcement of a conversation within this time. */
#define CONFAB_NEWS_INTERVAL_MS 3000

/* A message in a notification. */
typedef struct
{
  gint64 seq;
  char *sender; /* display name */
  char *text;
} ConfabNewsLine;

/**
 * ConfabNewsItem:
 * @conversation: (nullable): the conversation; NULL while it is read, and if it is gone
 * @conversation_id: its id
 * @seq: the newest unread message of another person; 0 if there is none
 * @lines: (element-type ConfabNewsLine): the newest of these messages, oldest first
 * @picture: (nullable): the hash of the newest sender's picture
 * @removed: whether an unread message of another person was removed
 * @quiet: only the text changed: do not disturb the user again
 *
 * What a notification says of one conversation.
 */
typedef struct
{
  ConfabConversation *conversation;
  gint64 conversation_id;
  gint64 seq;
  GPtrArray *lines;
  char *picture;
  gboolean removed;
  gboolean quiet;
} ConfabNewsItem;

void confab_news_item_free (ConfabNewsItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConfabNewsItem, confab_news_item_free)

/* Signals: ::announce (ConfabNewsItem *, borrowed): replaces the conversation's notification;
 * ::summarize (guint conversations): for many conversations at once; ::withdraw (gint64
 * conversation_id): there is nothing to notify of any more; ::withdraw-summary: a conversation was
 * read, or nothing is left to read; ::counted: confab_news_count() may have
 * changed. */
#define CONFAB_TYPE_NEWS (confab_news_get_type ())
G_DECLARE_FINAL_TYPE (ConfabNews, confab_news, CONFAB, NEWS, GObject)

/**
 * confab_news_set_viewed:
 * @conversation_id: the conversation that the user has before their eyes, or 0
 *
 * Its messages are not announced.
 */
void confab_news_set_viewed (ConfabNews *self, gint64 conversation_id);
/* Withdraw everything; announce nothing any more. */
void confab_news_stop (ConfabNews *self);
/* Return the number of conversations with messages that the user is notified of. */
guint confab_news_count (ConfabNews *self);

G_END_DECLS
