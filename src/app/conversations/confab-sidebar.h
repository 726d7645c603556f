/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The sidebar: all conversations, a filter over their names, and the menus of the account. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Properties: client (construct-only); open (ConfabConversation, nullable: the conversation shown);
 * collapsed (gboolean: the window is too narrow to show it beside the list). Signal:
 * open-conversation (ConfabConversation, gboolean focus): the user chose one; @focus: whether to
 * focus the composer. */
#define CONFAB_TYPE_SIDEBAR (confab_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSidebar, confab_sidebar, CONFAB, SIDEBAR, AdwNavigationPage)

ConfabSidebar *confab_sidebar_new (ConfabClient *client);

/* Set the account items at the top of the primary menu. */
void confab_sidebar_set_accounts (ConfabSidebar *self, GMenuModel *accounts);
/* Return the place for a banner, below the header bar. (transfer none) */
AdwBin *confab_sidebar_get_banner_bin (ConfabSidebar *self);
/* Open the search bar and focus it. */
void confab_sidebar_start_filter (ConfabSidebar *self);
/**
 * confab_sidebar_type:
 * @keys: the controller that is handling a key pressed elsewhere
 *
 * Starts or continues a search with the key.
 *
 * Returns: whether the search handled the key
 */
gboolean confab_sidebar_type (ConfabSidebar *self, GtkEventControllerKey *keys);
/* Open the next (@offset 1) or previous (-1) conversation in the list as shown. */
void confab_sidebar_go (ConfabSidebar *self, int offset);
/* Open the nearest conversation with unread messages in that direction, wrapping around. */
void confab_sidebar_go_unread (ConfabSidebar *self, int offset);

G_END_DECLS
