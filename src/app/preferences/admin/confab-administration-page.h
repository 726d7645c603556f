/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Administration in the preferences: a row for each of its pages. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_ADMINISTRATION_PAGE (confab_administration_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAdministrationPage, confab_administration_page, CONFAB, ADMINISTRATION_PAGE, AdwPreferencesPage)

/* Once, before it is shown. From then on it is visible for as long as the role permits it; if
 * that ends while somebody looks at it, it closes at once with all that was opened from it, and
 * they are told. */
void confab_administration_page_set_client (ConfabAdministrationPage *self, ConfabClient *client);

G_END_DECLS
