/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How much attention a message asks for. This one function decides, so that the list, the badges
 * and the notifications never disagree. */

#pragma once

#include "confab-conversation.h"

G_BEGIN_DECLS

/**
 * ConfabAttention:
 * @CONFAB_ATTENTION_NONE: it is read, removed or one's own, or its conversation is closed
 * @CONFAB_ATTENTION_COUNT: it counts as unread in the list; its conversation is muted
 * @CONFAB_ATTENTION_NOTIFY: it counts in badges too, and the user is notified
 */
typedef enum
{
  CONFAB_ATTENTION_NONE,
  CONFAB_ATTENTION_COUNT,
  CONFAB_ATTENTION_NOTIFY,
} ConfabAttention;

/**
 * confab_attention:
 * @conversation: the message's conversation
 * @seq: the message's; 0 for the unread messages of @conversation as a whole
 * @own: whether the user sent it
 * @removed: whether it was removed
 * @now: the time in ms: a mute that ended before then does not count
 *
 * Returns: how much attention the message asks for
 */
ConfabAttention confab_attention (ConfabConversation *conversation,
                                  gint64 seq,
                                  gboolean own,
                                  gboolean removed,
                                  gint64 now);

G_END_DECLS
