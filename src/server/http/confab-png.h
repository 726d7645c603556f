/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Checks pictures. The server does not decode them: it checks that a file contains no more than its
 * chunks, and leaves decoding to the client's sandboxed decoder. Any thread. */

#pragma once

#include "confab-problem.h"

G_BEGIN_DECLS

/**
 * confab_png_check:
 *
 * Fails with CONFAB_PROBLEM_INVALID_PICTURE unless @data is a PNG file (W3C PNG, third edition, §5)
 * from its signature to its IEND chunk, with nothing after it, of at most CONFAB_PICTURE_MAX_BYTES
 * and at most CONFAB_PICTURE_MAX_PIXELS in width and height.
 */
gboolean confab_png_check (const guint8 *data, gsize length, GError **error);

G_END_DECLS
