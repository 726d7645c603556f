/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Creates session objects for the client. Main thread. */

#pragma once

#include "confab-admin-rows.h"
#include "confab-client.h"

G_BEGIN_DECLS

/* @row: (transfer full) */
ConfabSession *confab_session_new (ConfabSessionRow *row);

G_END_DECLS
