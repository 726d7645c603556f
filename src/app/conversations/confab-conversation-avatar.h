/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Show a conversation's avatar, the same in all places: an icon for a group, the other person's
 * picture or initial for a direct conversation. */
void confab_conversation_avatar_show (AdwAvatar *avatar,
                                      ConfabClient *client,
                                      ConfabConversation *conversation);

G_END_DECLS
