/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a picture may be. The server does not decode pictures: it sees to it that a file is no
 * more than it says it is and leaves the rest to the client, whose decoder is sandboxed. Any
 * thread. */

#pragma once

#include "confab-problem.h"

G_BEGIN_DECLS

/**
 * confab_png_check:
 *
 * CONFAB_PROBLEM_INVALID_PICTURE unless @data is a PNG file (W3C PNG, third edition, §5) from
 * its signature to its IEND chunk, with nothing after it, no larger than
 * CONFAB_PICTURE_MAX_BYTES and CONFAB_PICTURE_MAX_PIXELS a side.
 */
gboolean confab_png_check (const guint8 *data, gsize length, GError **error);

G_END_DECLS
