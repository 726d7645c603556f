/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The notifications page of the preferences, for this computer. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CONFAB_TYPE_NOTIFICATIONS_PAGE (confab_notifications_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabNotificationsPage, confab_notifications_page, CONFAB,
                      NOTIFICATIONS_PAGE, AdwPreferencesPage)

G_END_DECLS
