/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Handles a request up to its handler: finds the route, and checks the caller, the body and the
 * budget. Loop thread only. */

#pragma once

#include "confab-http-server.h"

G_BEGIN_DECLS

/* Called by the transport; its user data is a ConfabApi. */
extern const ConfabHttpHandler confab_dispatch_handler;

G_END_DECLS
