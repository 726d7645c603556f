/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The view of an open account: the conversation list, the open conversation and a banner. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Properties: client (construct-only); conversation (read-only, nullable: the open one). */
#define CONFAB_TYPE_SESSION_VIEW (confab_session_view_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSessionView, confab_session_view, CONFAB, SESSION_VIEW, AdwBin)

/* @conversation_id: the conversation to open if it still exists; 0 for none. */
ConfabSessionView *confab_session_view_new (ConfabClient *client, gint64 conversation_id);

ConfabConversation *confab_session_view_get_conversation (ConfabSessionView *self);
/* Return the open conversation if it is visible, beside the list or instead of it. Emits
 * ::viewed-changed when that may have changed. (transfer none) (nullable) */
ConfabConversation *confab_session_view_get_viewed (ConfabSessionView *self);
/* Set the menu for switching accounts. */
void confab_session_view_set_accounts (ConfabSessionView *self, GMenuModel *accounts);
/* Show @conversation beside the list or, in a narrow window, instead of it. */
void confab_session_view_open (ConfabSessionView *self, ConfabConversation *conversation);
/**
 * confab_session_view_write_to:
 * @name: of a person or a group
 * @text: (nullable): to put into the composer
 *
 * Opens the conversation of that name. If there is none, or several, the user chooses a person
 * first.
 */
void confab_session_view_write_to (ConfabSessionView *self, const char *name, const char *text);
/* Go to a message of the open conversation. */
void confab_session_view_show_message (ConfabSessionView *self, gint64 seq);
/* Save the composer's text as a draft now. Call this before closing the client. */
void confab_session_view_flush_draft (ConfabSessionView *self);
/* Open the next (@offset 1) or previous (-1) conversation in the list. */
void confab_session_view_go (ConfabSessionView *self, int offset);
/* The same among conversations with unread messages. */
void confab_session_view_go_unread (ConfabSessionView *self, int offset);
/* Move the focus between the list, the messages and the composer; @offset is 1, or -1 for
 * backwards. */
void confab_session_view_go_pane (ConfabSessionView *self, int offset);
/**
 * confab_session_view_type:
 * @keys: the controller that is handling a key which the focused widget did not use
 *
 * Forwards the key to the composer of the open conversation, or to the search if none is open.
 *
 * Returns: whether the key was handled
 */
gboolean confab_session_view_type (ConfabSessionView *self, GtkEventControllerKey *keys);
/**
 * confab_session_view_get_free_area:
 * @relative_to: the widget whose coordinates to use
 * @area: (inout): the area; unchanged if no conversation is visible
 *
 * Computes the area where a toast covers no field: above the bottom bar of the open conversation.
 */
void confab_session_view_get_free_area (ConfabSessionView *self,
                                        GtkWidget *relative_to,
                                        GdkRectangle *area);
void confab_session_view_start_filter (ConfabSessionView *self);
void confab_session_view_show_new_conversation (ConfabSessionView *self);
void confab_session_view_show_details (ConfabSessionView *self);
void confab_session_view_show_preferences (ConfabSessionView *self);

G_END_DECLS
