/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* All conversations, newest first: a GListModel of ConfabConversation that follows changes. A
 * conversation keeps its object as long as the list lives; a move is reported by one items-changed
 * with the same objects. Main thread; reads on the mirror's reader. */

#pragma once

#include "confab-conversation.h"
#include "confab-mirror.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_CONVERSATION_LIST (confab_conversation_list_get_type ())
G_DECLARE_FINAL_TYPE (ConfabConversationList, confab_conversation_list, CONFAB, CONVERSATION_LIST,
                      GObject)

/* Starts reading at once. Holds a reference on @mirror. */
ConfabConversationList *confab_conversation_list_new (ConfabMirror *mirror);

/* (transfer none) (nullable) */
ConfabConversation *confab_conversation_list_lookup (ConfabConversationList *self,
                                                     gint64 conversation_id);

/* Complete once the list shows all changes that the mirror has announced: after opening, when it is
 * filled; after creating a conversation, when it is in the list. */
void confab_conversation_list_settle_async (ConfabConversationList *self,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
gboolean confab_conversation_list_settle_finish (ConfabConversationList *self,
                                                 GAsyncResult *result,
                                                 GError **error);

G_END_DECLS
