/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The search provider of the desktop's shell (org.gnome.Shell.SearchProvider2) on the session's
 * bus. It ends by itself when nothing was searched for a while. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CONFAB_TYPE_SEARCH_SERVICE (confab_search_service_get_type ())
G_DECLARE_FINAL_TYPE (ConfabSearchService,
                      confab_search_service,
                      CONFAB,
                      SEARCH_SERVICE,
                      GApplication)

ConfabSearchService *confab_search_service_new (void);

G_END_DECLS
