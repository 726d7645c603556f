/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One message in the timeline, with the date, the line “New messages” and the sender above it where
 * the timeline wants them. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Properties: message (ConfabMessage, nullable), expanded (gboolean: whether a long message is
 * shown in full), removable (gboolean: whether the user may remove it), closed (gboolean: whether
 * the conversation is closed, so that a failed message can't be sent again). Actions:
 * message.retry, message.discard, message.copy, message.copy-link, message.remove,
 * message.toggle-expanded. */
#define CONFAB_TYPE_MESSAGE_VIEW (confab_message_view_get_type ())
G_DECLARE_FINAL_TYPE (ConfabMessageView, confab_message_view, CONFAB, MESSAGE_VIEW, GtkWidget)

/* Signals: "retry" and "discard": the user clicked the button of a failed message; "remove": the
 * user chose Remove in the menu. */
GtkWidget *confab_message_view_new (void);

/**
 * confab_message_view_set_message:
 * @message: (nullable): the message to show and follow; %NULL releases the row for reuse
 */
void confab_message_view_set_message (ConfabMessageView *self, ConfabMessage *message);
ConfabMessage *confab_message_view_get_message (ConfabMessageView *self);

void confab_message_view_set_expanded (ConfabMessageView *self, gboolean expanded);
gboolean confab_message_view_get_expanded (ConfabMessageView *self);

/* Set where avatars are loaded from. @client is (nullable): without it no pictures are shown. */
void confab_message_view_set_client (ConfabMessageView *self, ConfabClient *client);
void confab_message_view_set_removable (ConfabMessageView *self, gboolean removable);
void confab_message_view_set_closed (ConfabMessageView *self, gboolean closed);
/* Show the context menu of the text, as the menu key does. */
void confab_message_view_show_menu (ConfabMessageView *self);

/* Set whether the conversation is direct. Then names and avatars are not shown. */
void confab_message_view_set_direct (ConfabMessageView *self, gboolean direct);
/* Update relative times after the day or the time zone changed: “Today” may now be “Yesterday”. */
void confab_message_view_refresh_times (ConfabMessageView *self);

/**
 * confab_message_view_describe:
 *
 * Describes a message for screen readers: "SENDER, TIME, text, state".
 *
 * Returns: (transfer full): the description
 */
char *confab_message_view_describe (ConfabMessage *message);

G_END_DECLS
