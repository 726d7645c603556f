/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page of one conversation: its header, its messages and the composer. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Properties: client (ConfabClient, construct-only), conversation (ConfabConversation, nullable).
 * The title is a button with the action win.conversation-details. */
#define CONFAB_TYPE_CONVERSATION_PAGE (confab_conversation_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabConversationPage,
                      confab_conversation_page,
                      CONFAB,
                      CONVERSATION_PAGE,
                      AdwNavigationPage)

ConfabConversationPage *confab_conversation_page_new (ConfabClient *client);

/**
 * confab_conversation_page_set_conversation:
 * @conversation: (nullable): the conversation to show, %NULL to show none
 *
 * Saves the draft of the present conversation first. Emits "opened" once messages can be seen.
 */
void confab_conversation_page_set_conversation (ConfabConversationPage *self,
                                                ConfabConversation *conversation);

/**
 * confab_conversation_page_show_message:
 * @seq: a message of the present conversation
 *
 * Goes to the message, or to the first unread one if that is before it, once both are loaded.
 */
void confab_conversation_page_show_message (ConfabConversationPage *self, gint64 seq);

/* Put @text after what is written in the composer. */
void confab_conversation_page_write (ConfabConversationPage *self, const char *text);

/* Return the place for a banner, below the header bar. (transfer none) */
AdwBin *confab_conversation_page_get_banner_bin (ConfabConversationPage *self);

/* Return the content between the top and bottom bars. (transfer none) */
GtkWidget *confab_conversation_page_get_content (ConfabConversationPage *self);
/* Return the list of messages, and the composer. (transfer none) */
GtkWidget *confab_conversation_page_get_history (ConfabConversationPage *self);
GtkWidget *confab_conversation_page_get_composer (ConfabConversationPage *self);

/**
 * confab_conversation_page_type:
 * @keys: the controller that is handling a key pressed outside the composer
 *
 * Forwards the key to the composer if the user can write in this conversation.
 *
 * Returns: whether the composer handled the key
 */
gboolean confab_conversation_page_type (ConfabConversationPage *self, GtkEventControllerKey *keys);

/* Save the draft now. Call this before closing the client. The page does it by itself when another
 * conversation is shown and when the window closes or loses focus. */
void confab_conversation_page_flush_draft (ConfabConversationPage *self);

G_END_DECLS
