/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What an email address is: one rule for the window, the server, its mailer and the links in
 * messages. Any thread.
 *
 * An address is one that mail can be sent to without quoting: a dot-atom (RFC 5322 §3.2.3, with
 * letters of any script, RFC 6532) of at most 64 bytes (RFC 5321 §4.5.3.1.1), and a domain of at
 * least two labels that has an ASCII form (UTS #46) and does not end in a number. Quoted local
 * parts and address literals are valid in mail but refused here: they are hardly used, and most
 * typing errors look like them. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_email_is_address:
 * @text: any bytes of a C string, valid UTF-8 or not
 *
 * Returns: whether @text is an email address and nothing else
 */
gboolean confab_email_is_address (const char *text);

/**
 * confab_email_end:
 * @start: valid UTF-8
 *
 * Returns: (nullable): the end of the address that begins at @start in running text, or %NULL if
 * none begins there
 */
const char *confab_email_end (const char *start);

G_END_DECLS
