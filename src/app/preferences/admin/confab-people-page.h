/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Everybody who has an account on the server, to be searched and gone through. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_PEOPLE_PAGE (confab_people_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPeoplePage, confab_people_page, CONFAB, PEOPLE_PAGE, AdwNavigationPage)

ConfabPeoplePage *confab_people_page_new (ConfabClient *client);

G_END_DECLS
