/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page of the details dialog that adds people to a group. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Signal: added. */
#define CONFAB_TYPE_ADD_PEOPLE_PAGE (confab_add_people_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAddPeoplePage, confab_add_people_page, CONFAB, ADD_PEOPLE_PAGE,
                      AdwNavigationPage)

/* @members: GListModel of ConfabUser, the present members. */
ConfabAddPeoplePage *confab_add_people_page_new (ConfabClient *client,
                                                 ConfabConversation *conversation,
                                                 GListModel *members);

G_END_DECLS
