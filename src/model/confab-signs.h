/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Invisible characters, by Unicode's properties. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_sign_is_blank:
 * @c: a Unicode character
 *
 * Returns: whether @c is invisible everywhere: white space, controls, ignorable characters
 * (Default_Ignorable_Code_Point), and the few characters with a blank glyph
 */
gboolean confab_sign_is_blank (gunichar c);

/**
 * confab_sign_is_padding:
 * @c: a Unicode character
 *
 * Returns: whether @c is meaningless at the ends of a pasted line: white space, line ends, and
 * marks of direction, order and width; but not joiners and variation selectors, which belong to the
 * letter or emoji beside them
 */
gboolean confab_sign_is_padding (gunichar c);

/**
 * confab_sign_is_unseen_in_password:
 * @c: a Unicode character
 *
 * Returns: whether keyboards cannot type @c and a password does not show it: line ends, controls
 * and format characters, but not those that belong to a letter or emoji
 */
gboolean confab_sign_is_unseen_in_password (gunichar c);

G_END_DECLS
