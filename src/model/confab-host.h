/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Hosts as browsers read them: the URL Standard's host parser (https://url.spec.whatwg.org/), which
 * is UTS #46 without its transitional processing. GLib's IDNA is that of 2003: it would ask another
 * server for “faß.example”. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @host: UTF-8, without brackets. Returns: (transfer full) (nullable): its ASCII form, or NULL
 * if no browser takes it */
char *confab_host_to_ascii (const char *host);

/* @host: ASCII. Returns: (transfer full): with the letters of other scripts */
char *confab_host_to_unicode (const char *host);

/**
 * confab_host_end:
 * @start: valid UTF-8
 * @before: the character in front of the address, or 0; see confab_link_closes()
 *
 * Returns: (nullable): behind the host that begins at @start in running text, or %NULL if none does
 */
const char *confab_host_end (const char *start, gunichar before);

G_END_DECLS
