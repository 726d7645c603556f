/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Gives a group its name and its people, and creates it. */

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

/* @user: (nullable): somebody who is chosen from the beginning. (transfer floating) */
ConfabNewGroupPage *confab_new_group_page_new (ConfabClient *client, ConfabUser *user);
/* Stops what is under way; the dialog closes. */
void confab_new_group_page_stop (ConfabNewGroupPage *self);

G_END_DECLS
