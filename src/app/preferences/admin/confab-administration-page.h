/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The administration page of the preferences, with a row for each subpage. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_ADMINISTRATION_PAGE (confab_administration_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAdministrationPage, confab_administration_page, CONFAB,
                      ADMINISTRATION_PAGE, AdwPreferencesPage)

/* Call this once, before showing the page. The page is visible as long as the role permits it; if
 * that ends while the user is on it, it closes with all its subpages, and a toast tells why. */
void confab_administration_page_set_client (ConfabAdministrationPage *self, ConfabClient *client);

G_END_DECLS
