/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page that renames roles. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_ROLES_PAGE (confab_roles_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabRolesPage, confab_roles_page, CONFAB, ROLES_PAGE, AdwNavigationPage)

ConfabRolesPage *confab_roles_page_new (ConfabClient *client);

G_END_DECLS
