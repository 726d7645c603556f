/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* The same picture everywhere: a group has its icon, a person their initial or their own. */
void confab_conversation_avatar_show (AdwAvatar *avatar,
                                      ConfabClient *client,
                                      ConfabConversation *conversation);

G_END_DECLS
