/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Creating a timeline, for the client; the app uses confab-timeline.h. */

#pragma once

#include "confab-mirror.h"
#include "confab-timeline.h"
#include "confab-user-pool.h"

G_BEGIN_DECLS

/* Starts reading at once. Emits ::older-wanted (no arguments) when confab_timeline_want_older() is
 * called while the mirror lacks the conversation's first message. */
ConfabTimeline *confab_timeline_new (ConfabMirror *mirror,
                                     ConfabUserPool *users,
                                     gint64 conversation_id);

gint64 confab_timeline_get_conversation_id (ConfabTimeline *self);

G_END_DECLS
