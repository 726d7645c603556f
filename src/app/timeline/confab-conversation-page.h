/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One conversation: its header, its messages and the composer. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Properties: client (ConfabClient, construct-only), conversation (ConfabConversation, nullable).
 * The title is a button with the action win.conversation-details. */
#define CONFAB_TYPE_CONVERSATION_PAGE (confab_conversation_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabConversationPage, confab_conversation_page, CONFAB, CONVERSATION_PAGE,
                      AdwNavigationPage)

ConfabConversationPage *confab_conversation_page_new (ConfabClient *client);

void confab_conversation_page_set_conversation (ConfabConversationPage *self,
                                                ConfabConversation *conversation);
ConfabConversation *confab_conversation_page_get_conversation (ConfabConversationPage *self);

/* Where a banner stands, below the header bar. (transfer none) */
AdwBin *confab_conversation_page_get_banner_bin (ConfabConversationPage *self);

/* What is between the bars above and below. (transfer none) */
GtkWidget *confab_conversation_page_get_content (ConfabConversationPage *self);
/* Where one reads, and where one writes. (transfer none) */
GtkWidget *confab_conversation_page_get_history (ConfabConversationPage *self);
GtkWidget *confab_conversation_page_get_composer (ConfabConversationPage *self);

/* A key that was pressed elsewhere goes to the composer, if one can write here; @keys handles it at
 * this moment. Returns whether it was taken. */
gboolean confab_conversation_page_type (ConfabConversationPage *self, GtkEventControllerKey *keys);

/* Hands the draft to the client at once: before the client is closed. It also happens when another
 * conversation is shown, and when the window closes or is left. */
void confab_conversation_page_flush_draft (ConfabConversationPage *self);

G_END_DECLS
