/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A member in the details of a conversation, with a button to remove them if the user may do so. */

#pragma once

#include "confab-person-tile.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_MEMBER_TILE (confab_member_tile_get_type ())
G_DECLARE_FINAL_TYPE (ConfabMemberTile, confab_member_tile, CONFAB, MEMBER_TILE, ConfabPersonTile)

GtkWidget *confab_member_tile_new (ConfabClient *client,
                                   ConfabConversation *conversation,
                                   ConfabUser *user);

G_END_DECLS
