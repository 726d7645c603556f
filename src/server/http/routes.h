/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* All operations of docs/protocol.md in one table. */

#pragma once

#include "confab-router.h"

G_BEGIN_DECLS

/* Like confab_router_find(), with the routes of this server. */
const ConfabRoute *confab_routes_find (ConfabMethod method,
                                       const char *path,
                                       char **params,
                                       guint *allowed);

G_END_DECLS
