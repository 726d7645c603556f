/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Takes the composer's place in a conversation in which nothing can be written: says why, and keeps
 * what was not sent to be copied. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_CLOSED_BAR (confab_closed_bar_get_type ())
G_DECLARE_FINAL_TYPE (ConfabClosedBar, confab_closed_bar, CONFAB, CLOSED_BAR, AdwBin)

/* Shows what there is to say of @conversation, live. */
void confab_closed_bar_show (ConfabClosedBar *self,
                             ConfabClient *client,
                             ConfabConversation *conversation);

G_END_DECLS
