/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a name, an address, a password and a message may be: the same rules in the window, where they
 * appear as one types, and in the server, which never trusts the window. Any thread. */

#pragma once

#include <glib.h>

#include "confab-problem.h"

G_BEGIN_DECLS

/* Each returns (transfer full) (nullable) the text as it is to be stored (NFC; trimmed, but for a password),
 * or NULL with an error in CONFAB_PROBLEM. @text may be any bytes of a C string, valid UTF-8 or not. */
char *confab_text_username    (const char *text, GError **error);
char *confab_text_email       (const char *text, GError **error);
char *confab_text_password    (const char *text, GError **error);
char *confab_text_title       (const char *text, GError **error); /* "" means none */
char *confab_text_device_name (const char *text, GError **error);
char *confab_text_about       (const char *text, GError **error); /* "" means none */
char *confab_text_role_label  (const char *text, GError **error); /* "" means none */
char *confab_text_message     (const char *text, GError **error);

/**
 * confab_text_key:
 * @text: valid UTF-8
 *
 * What makes a username or an email unique: NFKC, case-folded, NFKC again
 * (Unicode Standard §3.13, D146 "identifier caseless match", without the default-ignorables). Text with a longer run of
 * marks than a name may have gets a key that is nobody's. What it costs grows with the text: the caller bounds that.
 *
 * Returns: (transfer full): the key
 */
char *confab_text_key (const char *text);

/* Whether @text is a UUID in its canonical lower-case form. */
gboolean confab_text_is_uuid (const char *text);

G_END_DECLS
