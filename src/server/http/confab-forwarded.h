/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Finds the client's address behind proxies, and the address by which to count. */

#pragma once

#include <gio/gio.h>
#include <netinet/in.h>

G_BEGIN_DECLS

/* Reduce an IPv6 address to its network (/64), and one that contains an IPv4 address to that, in
 * place: @text has INET6_ADDRSTRLEN bytes. A user has 2⁶⁴ addresses of IPv6, which count as one. */
void confab_forwarded_use_network (char *text);

/* Return whether @address is in one of @networks. */
gboolean confab_forwarded_is_proxy (GPtrArray *networks, const char *address);

/**
 * confab_forwarded_find:
 * @networks: (element-type GInetAddressMask): trusted proxies
 * @peer: the address of the connection; a trusted proxy's
 * @x_forwarded_for: (nullable): the header's value
 * @forwarded: (nullable): the value of Forwarded (RFC 7239), used if the other is missing
 * @address: (out): INET6_ADDRSTRLEN bytes
 *
 * Each proxy appends the address of its peer, so the client's is the last address that is not a
 * proxy's. Earlier entries are not trustworthy. For an entry that is not an address ("unknown",
 * "_hidden"), the proxy that wrote it counts.
 */
void confab_forwarded_find (GPtrArray *networks,
                            const char *peer,
                            const char *x_forwarded_for,
                            const char *forwarded,
                            char *address);

G_END_DECLS
