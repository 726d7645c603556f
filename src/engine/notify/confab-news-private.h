/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "confab-conversation-list.h"
#include "confab-environment.h"
#include "confab-mirror.h"
#include "confab-news.h"

G_BEGIN_DECLS

ConfabNews *confab_news_new (ConfabEnvironment *environment,
                             ConfabMirror *mirror,
                             ConfabConversationList *conversations);
/* Whether the client has caught up with the server. Until then, nothing is announced. */
void confab_news_set_online (ConfabNews *self, gboolean online);

/* Emit no signals any more, because the client closes. Notifications stay. */
void confab_news_close (ConfabNews *self);

G_END_DECLS
