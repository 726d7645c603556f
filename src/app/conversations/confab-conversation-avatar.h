/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "confab-conversation.h"

G_BEGIN_DECLS

/* The same picture everywhere: a group has its icon, a person their initial. */
void confab_conversation_avatar_show (AdwAvatar *avatar, ConfabConversation *conversation);

G_END_DECLS
