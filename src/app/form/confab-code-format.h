/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Formats codes as they are typed or pasted. Without side effects; any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_code_format:
 * @typed: valid UTF-8: the text of the entry
 *
 * Formats a code in two groups of four characters of Crockford's base 32: `I` and `L` become `1`,
 * `O` becomes `0`, invalid characters are dropped. In a longer text, such as a sentence of the
 * mail, the first word that is a code is used.
 *
 * Returns: (transfer full): "XXXX-XXXX", or its beginning
 */
char *confab_code_format (const char *typed);

gboolean confab_code_is_complete (const char *formatted);

G_END_DECLS
