/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The messages of one conversation, oldest first: what was sent, then what waits in the outbox.
 *
 * A GListModel of ConfabMessage over a sorted array of keys, with items filled from the mirror a
 * page at a time: g_list_model_get_item() never reads; it hands out a message that fills itself
 * soon. The newest keys come at once, older ones in one splice at the front after the first
 * frame. Changes are announced in single contiguous runs. Main thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Properties, read-only, notified: loading (gboolean: TRUE until the newest messages are there),
 * complete (gboolean: the conversation's beginning is in the mirror). */
#define CONFAB_TYPE_TIMELINE (confab_timeline_get_type ())
G_DECLARE_FINAL_TYPE (ConfabTimeline, confab_timeline, CONFAB, TIMELINE, GObject)

gboolean confab_timeline_get_loading (ConfabTimeline *self);
gboolean confab_timeline_get_complete (ConfabTimeline *self);

/* Where the first unread message stood when the timeline was opened; G_MAXUINT if nothing was
 * unread. */
guint confab_timeline_get_unread_position (ConfabTimeline *self);

/* The seq of the message at @position; 0 for one that waits. */
gint64 confab_timeline_get_seq (ConfabTimeline *self, guint position);

/* Ends once the messages around @position are filled, so that a jump there never shows blanks. */
void confab_timeline_prepare_async (ConfabTimeline *self,
                                    guint position,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean confab_timeline_prepare_finish (ConfabTimeline *self,
                                         GAsyncResult *result,
                                         GError **error);

/* The person has scrolled near the beginning: fetch this conversation's history before others'. */
void confab_timeline_want_older (ConfabTimeline *self);

G_END_DECLS
