/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Characters that nobody sees, by Unicode's properties. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether @c shows nothing wherever it stands: white space, controls, what is ignorable by default
 * (Default_Ignorable_Code_Point), and the few signs whose glyph is blank. */
gboolean confab_sign_is_blank (gunichar c);

/* Whether @c comes along with a paste and means nothing at the ends of a line: white space, line
 * ends, and marks of direction, order and width. Not the joiners and variation selectors, which
 * belong to the letter or emoji beside them. */
gboolean confab_sign_is_padding (gunichar c);

/* Whether no keyboard types @c and nobody sees it in a password: line ends, controls and format
 * characters, but for what belongs to a letter or emoji. */
gboolean confab_sign_is_unseen_in_password (gunichar c);

G_END_DECLS
