/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Unicode normalisation (UAX #15) by ICU, in linear time. g_utf8_normalize() moves the rest of the
 * text for each letter that it composes: 10,000 letters with two accents each take it 0.1 s. Any
 * thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_normal_form:
 * @text: valid UTF-8
 * @compatible: whether to use NFKC instead of NFC
 *
 * Returns: (transfer full) (nullable): the normalised text, or %NULL if memory ran out
 */
char *confab_normal_form (const char *text, gboolean compatible);

G_END_DECLS
