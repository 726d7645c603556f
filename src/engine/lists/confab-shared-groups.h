/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The groups that somebody is in together with oneself, by name: a GListModel of
 * ConfabConversation, live; fills itself. Main thread. */

#pragma once

#include "confab-conversation-list.h"
#include "confab-mirror.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_SHARED_GROUPS (confab_shared_groups_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSharedGroups, confab_shared_groups, CONFAB, SHARED_GROUPS, GObject)

/**
 * confab_shared_groups_new:
 * @mirror: where memberships are read
 * @conversations: where the conversations' objects are
 * @user_id: the other person
 *
 * Returns: (transfer full): the list, empty until the mirror has answered
 */
ConfabSharedGroups *confab_shared_groups_new (ConfabMirror *mirror,
                                              ConfabConversationList *conversations,
                                              gint64 user_id);

G_END_DECLS
