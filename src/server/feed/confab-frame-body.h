/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Rows as text, made once and shared by every stream that sends them. Several can be joined into
 * one frame. May be made on any thread; reference counted (atomically); immutable. */

#pragma once

#include "confab-codec.h"

G_BEGIN_DECLS

typedef struct _ConfabFrameBody ConfabFrameBody;

ConfabFrameBody *confab_frame_body_new (const ConfabRows *rows);
/* Of several sets of rows (element-type ConfabRows), in order of rev. A conversation that
 * changed more than once is there once, as it is now. */
ConfabFrameBody *confab_frame_body_merge (GPtrArray *sets);
ConfabFrameBody *confab_frame_body_ref (ConfabFrameBody *self);
void confab_frame_body_unref (ConfabFrameBody *self);
gsize confab_frame_body_get_length (ConfabFrameBody *self);

/* Appends one JSON object with the rows of all of @bodies (element-type ConfabFrameBody). */
void confab_frame_body_append_all (GPtrArray *bodies, GString *out);

G_END_DECLS
