/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Tells whether a conversation is muted, and until when; its menu mutes and unmutes. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_MUTE_ROW (confab_mute_row_get_type ())
G_DECLARE_FINAL_TYPE (ConfabMuteRow, confab_mute_row, CONFAB, MUTE_ROW, AdwActionRow)

/* Show @conversation, and follow it. Call this once. */
void confab_mute_row_show (ConfabMuteRow *self,
                           ConfabClient *client,
                           ConfabConversation *conversation);

G_END_DECLS
