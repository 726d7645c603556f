/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What happens to a request before its handler: finds its route, and checks who asks, what is sent
 * along and whether the person may still write so much. Loop only. */

#pragma once

#include "confab-http-server.h"

G_BEGIN_DECLS

/* Called by the transport; its user data is a ConfabApi. */
extern const ConfabHttpHandler confab_dispatch_handler;

G_END_DECLS
