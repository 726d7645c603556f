/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The codes a server mails, as people type or paste them. Pure; any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_code_format:
 * @typed: valid UTF-8: what is in the entry so far
 *
 * Two groups of four in Crockford's base 32: `I` and `L` become `1`, `O` becomes `0`, what
 * cannot be in a code is left out. Of a longer text, a sentence of the mail say, the first word
 * that is a code.
 *
 * Returns: (transfer full): "XXXX-XXXX", or as much of it as there is
 */
char *confab_code_format (const char *typed);

gboolean confab_code_is_complete (const char *formatted);

G_END_DECLS
