/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Addresses: which of those that a proxy names a request comes from, and whom an address counts
 * for. */

#pragma once

#include <gio/gio.h>
#include <netinet/in.h>

G_BEGIN_DECLS

/* Turns an IPv6 address into its network (/64), and one that holds an IPv4 address into that, in
 * place: @text has INET6_ADDRSTRLEN bytes. One person has 2⁶⁴ addresses of IPv6: together they
 * count as one. */
void confab_forwarded_use_network (char *text);

/* Whether @address is in one of @networks. */
gboolean confab_forwarded_is_proxy (GPtrArray *networks, const char *address);

/**
 * confab_forwarded_find:
 * @networks: (element-type GInetAddressMask): the proxies that are believed
 * @peer: the address of the connection; one of theirs
 * @x_forwarded_for: (nullable): the header's value
 * @forwarded: (nullable): that of Forwarded (RFC 7239), believed if the other is missing
 * @address: (out): INET6_ADDRSTRLEN bytes
 *
 * Each proxy adds whom it was asked by at the end, so the last address that is no proxy's is the
 * client's. What stands before it anybody may have written. Of an entry that is no address
 * ("unknown", "_hidden") the proxy that wrote it counts instead.
 */
void confab_forwarded_find (GPtrArray *networks,
                            const char *peer,
                            const char *x_forwarded_for,
                            const char *forwarded,
                            char *address);

G_END_DECLS
