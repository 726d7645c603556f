/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Parses server addresses as users type them. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_address_normalize:
 * @address: "confab.example.org", with or without scheme and port
 * @insecure: (out) (optional): whether it is plain HTTP
 *
 * The default is HTTPS, but plain HTTP for loopback addresses, the only ones for which it is
 * allowed. Internationalised names become ASCII. Anything besides scheme, host and port is refused.
 *
 * Returns: (transfer full): the origin, or %NULL with %CONFAB_ENGINE_ERROR_ADDRESS_INSECURE,
 * _SCHEME, _USER, _PATH or _PORT, checked in this order, or with %CONFAB_ENGINE_ERROR_BAD_ADDRESS
 * if the host is invalid
 */
char *confab_address_normalize (const char *address, gboolean *insecure, GError **error);

G_END_DECLS
