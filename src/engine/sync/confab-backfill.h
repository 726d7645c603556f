/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Fetches older messages into the mirror, a page at a time: the conversation somebody scrolls in
 * first, then those with the newest messages. Where it stopped it goes on, because the mirror
 * knows what it lacks. Main thread. */

#pragma once

#include "confab-mirror.h"
#include "confab-transport.h"

G_BEGIN_DECLS

#define CONFAB_TYPE_BACKFILL (confab_backfill_get_type ())
G_DECLARE_FINAL_TYPE (ConfabBackfill, confab_backfill, CONFAB, BACKFILL, GObject)

ConfabBackfill *confab_backfill_new (ConfabEnvironment *environment,
                                     ConfabTransport *transport,
                                     ConfabMirror *mirror);

void confab_backfill_set_online (ConfabBackfill *self, gboolean online);
/* Fetches the next page of this conversation at once. */
void confab_backfill_prefer (ConfabBackfill *self, gint64 conversation_id);

/* Whether the mirror lacks nothing that the server would give. */
gboolean confab_backfill_get_complete (ConfabBackfill *self);

G_END_DECLS
