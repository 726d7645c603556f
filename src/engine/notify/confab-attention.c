/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-attention.h"

ConfabAttention
confab_attention (ConfabConversation *conversation,
                  gint64 seq,
                  gboolean own,
                  gboolean removed,
                  gint64 now)
{
  g_return_val_if_fail (CONFAB_IS_CONVERSATION (conversation), CONFAB_ATTENTION_NONE);

  if (own || removed || confab_conversation_get_unread_count (conversation) == 0
      || (seq != 0 && seq <= confab_conversation_get_last_read_seq (conversation)))
    return CONFAB_ATTENTION_NONE;

  return confab_conversation_is_muted (conversation, now) ? CONFAB_ATTENTION_COUNT
                                                          : CONFAB_ATTENTION_NOTIFY;
}
