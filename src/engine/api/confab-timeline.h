/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The messages of a conversation, oldest first: sent ones, then those waiting in the outbox.
 *
 * A GListModel of ConfabMessage over a sorted array of keys. Its items are loaded from the mirror a
 * page at a time: g_list_model_get_item() never reads, and returns a message that is loaded soon.
 * The newest keys are there at once, older ones are added in one splice at the front after the
 * first frame. Each change is reported as one contiguous run. Main thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Properties, read-only, notified: loading (gboolean: TRUE until the newest messages are loaded),
 * complete (gboolean: whether the mirror has the conversation's first message), error (GError,
 * nullable: why the newest messages could not be read, while loading). What could not be read is
 * read again every few seconds. */
#define CONFAB_TYPE_TIMELINE (confab_timeline_get_type ())
G_DECLARE_FINAL_TYPE (ConfabTimeline, confab_timeline, CONFAB, TIMELINE, GObject)

gboolean confab_timeline_get_loading (ConfabTimeline *self);
gboolean confab_timeline_get_complete (ConfabTimeline *self);
/* (transfer none) (nullable) */
const GError *confab_timeline_get_error (ConfabTimeline *self);
/* Clear the error and read again now, because the user asks for it. */
void confab_timeline_try_again (ConfabTimeline *self);

/* Return the position of the first unread message when the timeline was opened; G_MAXUINT if there
 * was none. */
guint confab_timeline_get_unread_position (ConfabTimeline *self);

/* Return the seq of the message at @position; 0 if it waits. */
gint64 confab_timeline_get_seq (ConfabTimeline *self, guint position);

/* Return the position of the message @seq, or of the next one that is loaded, or of the first that
 * waits if there is none. */
guint confab_timeline_get_position (ConfabTimeline *self, gint64 seq);

/* Load the messages around @position, so that a jump there never shows blank rows. */
void confab_timeline_prepare_async (ConfabTimeline *self,
                                    guint position,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean confab_timeline_prepare_finish (ConfabTimeline *self,
                                         GAsyncResult *result,
                                         GError **error);

/* Load this conversation's history before that of others, because the user scrolled near its
 * beginning. */
void confab_timeline_want_older (ConfabTimeline *self);

G_END_DECLS
