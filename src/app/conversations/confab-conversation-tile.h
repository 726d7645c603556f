/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A conversation in the list: its name, newest message, time and number of unread messages. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Properties: client (nullable: without it no pictures are shown); conversation (nullable); today
 * (gint64, ms: any time of the current day, to which times are relative); description (read-only:
 * the whole tile in words, for screen readers). */
#define CONFAB_TYPE_CONVERSATION_TILE (confab_conversation_tile_get_type ())
G_DECLARE_FINAL_TYPE (ConfabConversationTile, confab_conversation_tile, CONFAB, CONVERSATION_TILE,
                      GtkBox)

G_END_DECLS
