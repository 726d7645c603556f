/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Unicode normalisation (UAX #15) by ICU, in time that grows with the text: g_utf8_normalize()
 * moves the rest of the text once for each letter that it composes, which takes 10,000 letters
 * with two accents each 0.1 s. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_normal_form:
 * @text: valid UTF-8
 * @compatible: NFKC instead of NFC
 *
 * Returns: (transfer full) (nullable): %NULL if there is no memory for it
 */
char *confab_normal_form (const char *text, gboolean compatible);

G_END_DECLS
