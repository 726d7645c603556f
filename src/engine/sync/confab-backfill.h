/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Loads older messages into the mirror, a page at a time: first the conversation that the user is
 * scrolling, then those with the newest messages. It can stop at any time, because the mirror knows
 * which messages it lacks. Main thread. */

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
/* Load the next page of this conversation at once. */
void confab_backfill_prefer (ConfabBackfill *self, gint64 conversation_id);

/* Return whether the mirror has all messages that the server returns. */
gboolean confab_backfill_get_complete (ConfabBackfill *self);

G_END_DECLS
