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
 * An emoji is a grapheme cluster that is shown as a picture: a recommended sequence (RGI_Emoji), a
 * cluster that begins with a character of emoji presentation, or one that U+FE0F, a skin tone or a
 * joiner makes an emoji. Characters of text presentation, such as ✓, are not emoji.
 *
 * Returns: whether @text is one to @max emoji and otherwise only white space
 */
gboolean confab_emoji_is_all (const char *text, guint max);

G_END_DECLS
