/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a name, an address, a password and a message may be: the same rules in the window, where
 * they appear as one types, and in the server, which never trusts the window. Any thread. */

#pragma once

#include <glib.h>

#include "confab-problem.h"

G_BEGIN_DECLS

/* Each returns (transfer full) (nullable) the text as it is to be stored, in NFC, or NULL with an
 * error in CONFAB_PROBLEM. @text may be any bytes of a C string, valid UTF-8 or not. What a paste
 * brings along is dropped at the ends of a line, see confab_text_strip(); a line that shows nothing
 * is none. */
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
 * @text: a line as it was typed or pasted, of any bytes
 *
 * Returns: (transfer full): it in valid UTF-8, without white space, line ends and marks of
 *   direction, order and width at its ends
 */
char *confab_text_strip (const char *text);

/* @text: valid UTF-8. Returns: (transfer full): it without the blank lines before and after, which
 * are no part of a message */
char *confab_text_strip_blank_lines (const char *text);

/* Whether @text, valid UTF-8, stays within what a line or a message may hold: its length, its
 * marks, and no characters that break a line or turn it around. For what comes from a server,
 * which is not to be mended here, and may know letters of a newer Unicode. */
gboolean confab_text_fits_line (const char *text, gsize max_chars);
gboolean confab_text_fits_message (const char *text);

/* Whether @text, valid UTF-8, shows nothing. */
gboolean confab_text_is_blank (const char *text);

/**
 * confab_text_key:
 * @text: valid UTF-8
 *
 * What makes a username or an email unique: NFKC, stripped, case-folded, NFKC again
 * (Unicode Standard §3.13, D146 "identifier caseless match", without the default-ignorables).
 * Text with a longer run of marks than a name may have gets a key that is nobody's. What it
 * costs grows with the text: the caller bounds that.
 *
 * Returns: (transfer full): the key
 */
char *confab_text_key (const char *text);

/* Whether @text is a UUID in its canonical lower-case form. */
gboolean confab_text_is_uuid (const char *text);

G_END_DECLS
