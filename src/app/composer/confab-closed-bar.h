/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Replaces the composer in a conversation in which the user cannot write: gives the reason, and
 * lets the user copy an unsent draft. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_CLOSED_BAR (confab_closed_bar_get_type ())
G_DECLARE_FINAL_TYPE (ConfabClosedBar, confab_closed_bar, CONFAB, CLOSED_BAR, AdwBin)

/* Show the state of @conversation and follow its changes. */
void confab_closed_bar_show (ConfabClosedBar *self,
                             ConfabClient *client,
                             ConfabConversation *conversation);

G_END_DECLS
