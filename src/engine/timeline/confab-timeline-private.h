/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the client makes a timeline; what the app sees is confab-timeline.h. */

#pragma once

#include "confab-mirror.h"
#include "confab-timeline.h"
#include "confab-user-pool.h"

G_BEGIN_DECLS

/* Begins to read at once. Emits ::older-wanted (no arguments) when confab_timeline_want_older()
 * is called while the beginning is not in the mirror. */
ConfabTimeline *confab_timeline_new (ConfabMirror *mirror,
                                     ConfabUserPool *users,
                                     gint64 conversation_id);

gint64 confab_timeline_get_conversation_id (ConfabTimeline *self);

G_END_DECLS
