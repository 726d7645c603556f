/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The audit page: entries newest first, with a search and an export. */

#pragma once

#include <adwaita.h>

#include "confab-client.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_AUDIT_LIST_PAGE (confab_audit_list_page_get_type ())
G_DECLARE_FINAL_TYPE (ConfabAuditListPage, confab_audit_list_page, CONFAB, AUDIT_LIST_PAGE,
                      AdwNavigationPage)

ConfabAuditListPage *confab_audit_list_page_new (ConfabClient *client);

G_END_DECLS
