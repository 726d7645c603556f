/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The invitations page: valid invitations, and creating new ones. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_INVITATIONS_PAGE (confab_invitations_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabInvitationsPage, confab_invitations_page, CONFAB, INVITATIONS_PAGE,
                      AdwNavigationPage)

ConfabInvitationsPage *confab_invitations_page_new (ConfabClient *client);

G_END_DECLS
