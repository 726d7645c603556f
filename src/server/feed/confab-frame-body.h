/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Encoded rows, shared by all streams that send them. Several bodies can be joined in one frame.
 * Created on any thread; reference counted (atomically); immutable. */

#pragma once

#include "confab-codec.h"

G_BEGIN_DECLS

typedef struct _ConfabFrameBody ConfabFrameBody;

/**
 * confab_frame_body_new:
 *
 * Encodes @rows, of which nothing is kept.
 *
 * Returns: (transfer full): the body
 */
ConfabFrameBody *confab_frame_body_new (const ConfabRows *rows);
/* Encode several sets of rows (element-type ConfabRows), in order of rev. A conversation that
 * changed more than once is included once, in its newest state. */
ConfabFrameBody *confab_frame_body_merge (GPtrArray *sets);
ConfabFrameBody *confab_frame_body_ref (ConfabFrameBody *self);
void confab_frame_body_unref (ConfabFrameBody *self);
/**
 * confab_frame_body_get_length:
 *
 * Returns: the length of its JSON in bytes, by which waiting frames are limited
 */
gsize confab_frame_body_get_length (ConfabFrameBody *self);

/* Append a JSON object with the rows of all @bodies (element-type ConfabFrameBody). */
void confab_frame_body_append_all (GPtrArray *bodies, GString *out);

G_END_DECLS
