/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One open account in the window: the list, the open conversation, and a banner. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Properties: client (construct-only); conversation (read-only, nullable: the open one). */
#define CONFAB_TYPE_SESSION_VIEW (confab_session_view_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSessionView, confab_session_view, CONFAB, SESSION_VIEW, AdwBin)

/* @conversation_id: what to open at once, if it is still there; 0 for none */
ConfabSessionView *confab_session_view_new (ConfabClient *client, gint64 conversation_id);

ConfabClient *confab_session_view_get_client (ConfabSessionView *self);
ConfabConversation *confab_session_view_get_conversation (ConfabSessionView *self);
/* The menu to go to another account with. */
void confab_session_view_set_accounts (ConfabSessionView *self, GMenuModel *accounts);
void confab_session_view_open (ConfabSessionView *self, ConfabConversation *conversation);
/* What stands in the composer becomes the draft now: before the client is closed. */
void confab_session_view_flush_draft (ConfabSessionView *self);
/* @offset: 1 the next one in the list, -1 the previous */
void confab_session_view_go (ConfabSessionView *self, int offset);
/* The same among those with unread messages. */
void confab_session_view_go_unread (ConfabSessionView *self, int offset);
/* The focus goes round: the list, the history, the composer. @offset: 1, or -1 backwards */
void confab_session_view_go_pane (ConfabSessionView *self, int offset);
/* A key that nothing with the focus wanted: into the composer of the open conversation, or into the
 * search where none is shown. @keys handles it at this moment. Returns whether it was taken. */
gboolean confab_session_view_type (ConfabSessionView *self, GtkEventControllerKey *keys);
/* The part of @self, as seen by @relative_to, whose bottom covers no field: of the open
 * conversation, what is above the bar at its bottom. @area: (inout): unchanged where there is
 * none */
void confab_session_view_get_free_area (ConfabSessionView *self,
                                        GtkWidget *relative_to,
                                        GdkRectangle *area);
void confab_session_view_start_filter (ConfabSessionView *self);
void confab_session_view_show_new_conversation (ConfabSessionView *self);
void confab_session_view_show_details (ConfabSessionView *self);
void confab_session_view_show_preferences (ConfabSessionView *self);

G_END_DECLS
