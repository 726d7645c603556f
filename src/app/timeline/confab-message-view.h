/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One message in the timeline, with what the timeline says stands above it (a date, “New
 * messages”, the sender). */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Properties: message (ConfabMessage, nullable), expanded (gboolean: a long message is shown
 * whole), removable (gboolean: whoever reads it may remove it),
 * closed (gboolean: what failed can't be sent again). Actions: message.retry, message.discard,
 * message.copy, message.remove, message.toggle-expanded. */
#define CONFAB_TYPE_MESSAGE_VIEW (confab_message_view_get_type ())
G_DECLARE_FINAL_TYPE (ConfabMessageView, confab_message_view, CONFAB, MESSAGE_VIEW, GtkWidget)

/* Signals: "retry" and "discard": the person pressed the button of a failed message; "remove":
 * chose it in the menu. */
GtkWidget *confab_message_view_new (void);

void confab_message_view_set_message (ConfabMessageView *self, ConfabMessage *message);
ConfabMessage *confab_message_view_get_message (ConfabMessageView *self);

void confab_message_view_set_expanded (ConfabMessageView *self, gboolean expanded);
gboolean confab_message_view_get_expanded (ConfabMessageView *self);

/* Where pictures come from; (nullable): without it there are none. */
void confab_message_view_set_client (ConfabMessageView *self, ConfabClient *client);
void confab_message_view_set_removable (ConfabMessageView *self, gboolean removable);
void confab_message_view_set_closed (ConfabMessageView *self, gboolean closed);
/* The text's menu, as with the menu key in it. */
void confab_message_view_show_menu (ConfabMessageView *self);

/* In a direct conversation it is clear who wrote: names and pictures are not shown. */
void confab_message_view_set_direct (ConfabMessageView *self, gboolean direct);
/* The day or the time zone is another one: “Today” may be “Yesterday” now. */
void confab_message_view_refresh_times (ConfabMessageView *self);

/* What a screen reader says of a message: "SENDER, TIME, text, state". Returns: (transfer full) */
char *confab_message_view_describe (ConfabMessage *message);

G_END_DECLS
