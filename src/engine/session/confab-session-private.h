/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the client makes a session's object. Main thread. */

#pragma once

#include "confab-client.h"

G_BEGIN_DECLS

ConfabSession *confab_session_new (gint64 id,
                                   const char *device_name,
                                   gint64 created_at,
                                   gint64 last_seen_at,
                                   gboolean current);

G_END_DECLS
