/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Emoji, by Unicode's data (UTS #51). Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_emoji_is_all:
 * @text: valid UTF-8
 * @max: how many emoji there may be
 *
 * An emoji is a grapheme cluster that is shown as a picture: one of the recommended sequences
 * (RGI_Emoji), or one that begins with a character of emoji presentation, or is made an emoji by
 * U+FE0F, a skin tone or a joiner. Those with text presentation, as ✓, are none.
 *
 * Returns: whether @text is one to @max emoji, with white space between them and nothing else
 */
gboolean confab_emoji_is_all (const char *text, guint max);

G_END_DECLS
