/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The rules for usernames, addresses, passwords and messages. The window applies them while the
 * user types; the server applies them again because it does not trust clients. Any thread. */

#pragma once

#include <glib.h>

#include "confab-problem.h"

G_BEGIN_DECLS

/* Each function returns the text to store, in NFC (transfer full), or NULL with an error in
 * CONFAB_PROBLEM. @text may be any bytes of a C string, valid UTF-8 or not. Padding from a paste is
 * dropped at both ends of a line, see confab_text_strip(); a line that shows nothing counts as
 * empty. */
char *confab_text_username (const char *text, GError **error);
char *confab_text_email (const char *text, GError **error);
char *confab_text_password (const char *text, GError **error);
char *confab_text_title (const char *text, GError **error); /* "" means none */
char *confab_text_device_name (const char *text, GError **error);
char *confab_text_about (const char *text, GError **error);      /* "" means none */
char *confab_text_role_label (const char *text, GError **error); /* "" means none */
char *confab_text_message (const char *text, GError **error);

/**
 * confab_text_strip:
 * @text: any bytes of a C string
 *
 * Returns: (transfer full): @text as valid UTF-8, without white space, line ends and marks of
 * direction, order and width at both ends
 */
char *confab_text_strip (const char *text);

/**
 * confab_text_strip_blank_lines:
 * @text: valid UTF-8
 *
 * Returns: (transfer full): @text without blank lines at both ends, which are not part of a message
 */
char *confab_text_strip_blank_lines (const char *text);

/* Return whether @text, valid UTF-8, meets the limits of a line or message: its length, its runs of
 * marks, and no characters that break a line or override the text direction. Clients check with
 * these what a server sent: they cannot repair it, and the server may know letters of a newer
 * Unicode. */
gboolean confab_text_fits_line (const char *text, gsize max_chars);
gboolean confab_text_fits_message (const char *text);

/* Shown instead of a character, or a message, that cannot be shown. */
#define CONFAB_TEXT_STAND_IN "\uFFFD"

/* Return @text, valid UTF-8, without what the functions above refuse: characters, marks after too
 * many others, and all after the limit. (transfer full). In a message, refused characters are
 * replaced by %CONFAB_TEXT_STAND_IN. */
char *confab_text_mend_line (const char *text, gsize max_chars);
char *confab_text_mend_message (const char *text);

/* Return whether @text, valid UTF-8, shows nothing. */
gboolean confab_text_is_blank (const char *text);

/**
 * confab_text_key:
 * @text: valid UTF-8
 *
 * Two usernames or email addresses are the same if their keys are equal. The key is NFKC, stripped,
 * case-folded, NFKC again (Unicode Standard §3.13, D146 "identifier caseless match", without the
 * default-ignorables). Text with more marks in a row than a name may have gets a key that no name
 * has. The cost grows with the text; the caller limits its length.
 *
 * Returns: (transfer full): the key
 */
char *confab_text_key (const char *text);

/* Return whether @text is a UUID in its canonical lower-case form. */
gboolean confab_text_is_uuid (const char *text);

G_END_DECLS
