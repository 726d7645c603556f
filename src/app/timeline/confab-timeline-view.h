/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A list of messages that keeps its place: it stays at the newest message while that is in view,
 * and otherwise at the messages being read, whatever is added or grows around them. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Properties, read-only: sticky (gboolean: whether the newest message is kept in view), new-count
 * (uint: messages that arrived below the view), removable (gboolean: see
 * confab_timeline_view_set_removable()), closed (gboolean: see confab_timeline_view_set_closed()).
 *
 * Signals: "near-start": the view is near the first message; "seen" (gint64 seq): the user has seen
 * all messages up to this one; "retry", "discard" (ConfabMessage): the user clicked a button of a
 * failed message; "remove" (ConfabMessage): the user chose Remove in a message's menu; "leave": the
 * user pressed Escape; "news" (const char *text): the announcement of new messages.
 *
 * Actions: timeline.scroll-to-newest. */
#define CONFAB_TYPE_TIMELINE_VIEW (confab_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (ConfabTimelineView, confab_timeline_view, CONFAB, TIMELINE_VIEW, GtkWidget)

/* Show @model, a list of ConfabMessage, from its end. @model is (nullable). */
void confab_timeline_view_set_model (ConfabTimelineView *self, GListModel *model);

/**
 * confab_timeline_view_jump_to:
 * @position: a position in the model
 * @align: where to put the top of the row, from 0, the view's top edge, to 1, its bottom edge, as
 *   far as the list's ends allow
 *
 * Shows a message. The next painted frame already shows the result.
 */
void confab_timeline_view_jump_to (ConfabTimelineView *self, guint position, double align);
void confab_timeline_view_jump_to_newest (ConfabTimelineView *self);

/* Scroll like Page Up (-1) and Page Down (1). */
void confab_timeline_view_scroll_pages (ConfabTimelineView *self, int pages);

/* Set where avatars are loaded from. Call this before setting a model. @client is (nullable):
 * without it no pictures are shown. */
void confab_timeline_view_set_client (ConfabTimelineView *self, ConfabClient *client);
/* Set whether the next model is of a direct conversation, which shows no names. */
void confab_timeline_view_set_direct (ConfabTimelineView *self, gboolean direct);
/* Set whether the user may remove messages. */
void confab_timeline_view_set_removable (ConfabTimelineView *self, gboolean removable);
/* Set whether the conversation is closed: failed messages can be copied but not sent again. */
void confab_timeline_view_set_closed (ConfabTimelineView *self, gboolean closed);

G_END_DECLS
