/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Hosts as browsers read them: the URL Standard's host parser (https://url.spec.whatwg.org/), which
 * is UTS #46 without its transitional processing. GLib implements the IDNA of 2003, which would
 * contact another server for “faß.example”. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_host_to_ascii:
 * @host: UTF-8, without brackets
 *
 * Returns: (transfer full) (nullable): the ASCII form of @host, or %NULL if browsers refuse it
 */
char *confab_host_to_ascii (const char *host);

/**
 * confab_host_to_unicode:
 * @host: ASCII
 *
 * Returns: (transfer full): @host with its Punycode labels decoded
 */
char *confab_host_to_unicode (const char *host);

/**
 * confab_host_end:
 * @start: valid UTF-8
 * @before: the character in front of the address, or 0; see confab_link_closes()
 *
 * Returns: (nullable): the end of the host that begins at @start in running text, or %NULL if none
 * begins there
 */
const char *confab_host_end (const char *start, gunichar before);

G_END_DECLS
