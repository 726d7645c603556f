/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A conversation in the list: whose, what was said last, when, and how much of it is unread. */

#pragma once

#include <gtk/gtk.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Properties: client (nullable: without it there are no pictures); conversation (nullable);
 * today (gint64, ms: any moment of the current day, which times are told from); description
 * (read-only: all that the tile says, for a screen reader). */
#define CONFAB_TYPE_CONVERSATION_TILE (confab_conversation_tile_get_type ())
G_DECLARE_FINAL_TYPE (ConfabConversationTile, confab_conversation_tile, CONFAB, CONVERSATION_TILE,
                      GtkBox)

G_END_DECLS
