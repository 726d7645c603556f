/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Server addresses as people type them, and the origins they stand for. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_address_normalize:
 * @address: "confab.example.org", with or without scheme and port
 * @insecure: (out) (optional): whether it is plain HTTP
 *
 * HTTPS unless said otherwise; plain HTTP for loopback addresses only, for which it is also what
 * no scheme means. Internationalised names become ASCII. Anything but scheme, host and port is
 * refused.
 *
 * Returns: (transfer full): the origin, or %NULL with %CONFAB_ENGINE_ERROR_ADDRESS_INSECURE,
 * _SCHEME, _USER, _PATH or
 *   _PORT, in this order, or with %CONFAB_ENGINE_ERROR_BAD_ADDRESS if the host is no name and no
 *   number
 */
char *confab_address_normalize (const char *address, gboolean *insecure, GError **error);

G_END_DECLS
