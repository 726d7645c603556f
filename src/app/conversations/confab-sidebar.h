/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The sidebar: all conversations, a filter over their names, and the menus of the account. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Properties: client (construct-only); open (ConfabConversation, nullable: the one that is shown
 * beside the list); collapsed (gboolean: there is no room beside the list).
 * Signal: open-conversation (ConfabConversation, gboolean focus): the person chose one; focus:
 * to write there. */
#define CONFAB_TYPE_SIDEBAR (confab_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSidebar, confab_sidebar, CONFAB, SIDEBAR, AdwNavigationPage)

ConfabSidebar *confab_sidebar_new (ConfabClient *client);

/* What stands first in the primary menu. */
void confab_sidebar_set_accounts (ConfabSidebar *self, GMenuModel *accounts);
/* Where a banner stands, below the header bar. (transfer none) */
AdwBin *confab_sidebar_get_banner_bin (ConfabSidebar *self);
/* Opens the search bar and goes there. */
void confab_sidebar_start_filter (ConfabSidebar *self);
/* A key that was pressed elsewhere begins or continues a search; @keys handles it at this moment.
 * Returns whether the search took it. */
gboolean confab_sidebar_type (ConfabSidebar *self, GtkEventControllerKey *keys);
/* @offset: 1 the next one in the list as shown, -1 the previous. */
void confab_sidebar_go (ConfabSidebar *self, int offset);
/* The nearest one in that direction that has unread messages; after the last comes the first. */
void confab_sidebar_go_unread (ConfabSidebar *self, int offset);

G_END_DECLS
