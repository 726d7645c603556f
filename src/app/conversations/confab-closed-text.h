/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "confab-conversation.h"
#include "confab-notice.h"

G_BEGIN_DECLS

/**
 * confab_closed_text:
 *
 * Explains in a sentence why the user cannot write in @conversation: "You were removed by ada on
 * March 3, 2026."
 *
 * Returns: (transfer full) (nullable): the sentence, or %NULL if @conversation is open
 */
char *confab_closed_text (ConfabConversation *conversation);

/**
 * confab_closed_text_tells:
 * @conversation: the visible one
 * @notice: a notice about the account
 *
 * Returns: whether confab_closed_text() reports the same as @notice, now or in a moment: a removal
 * and its notice are read one after the other
 */
gboolean confab_closed_text_tells (ConfabConversation *conversation, ConfabNotice *notice);

G_END_DECLS
