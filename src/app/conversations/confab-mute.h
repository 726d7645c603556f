/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Mutes conversations: for an hour, until tomorrow, always, or no longer. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/**
 * confab_mute:
 * @widget: where the toast shows
 * @how: "hour", "tomorrow", "always", or "" to end the mute
 *
 * Changes the setting at the server and offers to undo that.
 */
void confab_mute (GtkWidget *widget,
                  ConfabClient *client,
                  ConfabConversation *conversation,
                  const char *how);

/**
 * confab_mute_seconds_until_tomorrow:
 * @now: a local time
 *
 * Returns: the seconds until the next morning at 8. Before 4 in the morning that is the same day's.
 */
guint confab_mute_seconds_until_tomorrow (GDateTime *now);

G_END_DECLS
