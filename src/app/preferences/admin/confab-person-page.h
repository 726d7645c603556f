/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page about one user's account, for administrators. */

#pragma once

#include <adwaita.h>

#include "confab-client-admin.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_PERSON_PAGE (confab_person_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabPersonPage, confab_person_page, CONFAB, PERSON_PAGE, AdwNavigationPage)

ConfabPersonPage *confab_person_page_new (ConfabClient *client, ConfabPerson *person);

G_END_DECLS
