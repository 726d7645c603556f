/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The list of all users of the server, with a search. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_PEOPLE_LIST_PAGE (confab_people_list_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPeopleListPage, confab_people_list_page, CONFAB, PEOPLE_LIST_PAGE,
                      AdwNavigationPage)

ConfabPeopleListPage *confab_people_list_page_new (ConfabClient *client);

G_END_DECLS
