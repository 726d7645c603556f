/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page that asks for a new group's name and members and creates it. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

/* Signals: created (ConfabConversation). */
#define CONFAB_TYPE_NEW_GROUP_PAGE (confab_new_group_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabNewGroupPage,
                      confab_new_group_page,
                      CONFAB,
                      NEW_GROUP_PAGE,
                      AdwNavigationPage)

/* @user: (nullable): a person who is selected from the start. (transfer floating) */
ConfabNewGroupPage *confab_new_group_page_new (ConfabClient *client, ConfabUser *user);
/* Cancel the request in progress because the dialog closes. */
void confab_new_group_page_stop (ConfabNewGroupPage *self);

G_END_DECLS
