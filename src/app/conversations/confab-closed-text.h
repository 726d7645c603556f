/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "confab-conversation.h"

G_BEGIN_DECLS

/* Why nothing can be written in @conversation, as a sentence: "You were removed by ada on March
 * 3, 2026."
 * Returns: (transfer full) (nullable): NULL if it is open */
char *confab_closed_text (ConfabConversation *conversation);

G_END_DECLS
