/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The kinds of lists over the mirror. Main thread. */

#pragma once

#include "confab-conversation-list.h"
#include "confab-mirror-list.h"
#include "confab-user-pool.h"

G_BEGIN_DECLS

/* The roles of the server, by id: ConfabRole. (transfer full) */
ConfabMirrorList *confab_role_list_new (ConfabMirror *mirror);

/* The account's notices, newest first: ConfabNotice. (transfer full) */
ConfabMirrorList *confab_notice_list_new (ConfabMirror *mirror);
/* Mark all notices in the list as shown: at once here, later in the mirror. */
void confab_notice_list_mark_shown (ConfabMirrorList *self);

/* The members of a conversation, by username: ConfabUser of @users. (transfer full) */
ConfabMirrorList *confab_member_list_new (ConfabMirror *mirror,
                                          ConfabUserPool *users,
                                          gint64 conversation_id);

/* The groups of both the user and @user_id, by name: ConfabConversation of @conversations.
 * (transfer full) */
ConfabMirrorList *confab_shared_groups_new (ConfabMirror *mirror,
                                            ConfabConversationList *conversations,
                                            gint64 user_id);

G_END_DECLS
