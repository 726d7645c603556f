/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The general page of the preferences: writing and appearance, on this computer. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CONFAB_TYPE_GENERAL_PAGE (confab_general_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabGeneralPage, confab_general_page, CONFAB, GENERAL_PAGE,
                      AdwPreferencesPage)

G_END_DECLS
