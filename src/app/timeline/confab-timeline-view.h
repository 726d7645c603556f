/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A list of messages that stays where its reader is: at the newest message as long as that is in
 * view, otherwise at what is being read, whatever arrives above, below or grows in between. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Properties, read-only: sticky (gboolean: the newest message is kept in view), new-count (uint:
 * messages that came below what is in view), removable (gboolean: see
 * confab_timeline_view_set_removable()), closed (gboolean: nothing can be sent here, not again
 * either).
 *
 * Signals: "near-start": what is in view is near the first message;
 * "seen" (gint64 seq): the reader really had everything up to that message before their eyes;
 * "retry", "discard" (ConfabMessage): a button of a failed message; "remove" (ConfabMessage):
 * chosen in a message's menu; "leave": Escape; "news" (const char *text): what a screen reader
 * says of messages that came.
 *
 * Actions: timeline.scroll-to-newest. */
#define CONFAB_TYPE_TIMELINE_VIEW (confab_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (ConfabTimelineView, confab_timeline_view, CONFAB, TIMELINE_VIEW, GtkWidget)

GtkWidget *confab_timeline_view_new (void);

/* @model: (nullable): a list of ConfabMessage. The view begins at its end. */
void confab_timeline_view_set_model (ConfabTimelineView *self, GListModel *model);

/* Shows the message at @position, its top at @align (0: the view's top edge, 1: its bottom) as far
 * as the list's ends allow, from the next painted frame on. */
void confab_timeline_view_jump_to (ConfabTimelineView *self, guint position, double align);
void confab_timeline_view_jump_to_newest (ConfabTimelineView *self);

/* As Page Up (-1) and Page Down (1) do. */
void confab_timeline_view_scroll_pages (ConfabTimelineView *self, int pages);

/* Where pictures come from, before the first message; (nullable): without it there are none. */
void confab_timeline_view_set_client (ConfabTimelineView *self, ConfabClient *client);
/* Whether the next model is of a direct conversation, which needs no names. */
void confab_timeline_view_set_direct (ConfabTimelineView *self, gboolean direct);
/* Whether whoever reads it may remove messages. */
void confab_timeline_view_set_removable (ConfabTimelineView *self, gboolean removable);
/* Whether the conversation is closed: what failed can be copied, but not sent again. */
void confab_timeline_view_set_closed (ConfabTimelineView *self, gboolean closed);

gboolean confab_timeline_view_is_sticky (ConfabTimelineView *self);
guint confab_timeline_view_get_new_count (ConfabTimelineView *self);

G_END_DECLS
