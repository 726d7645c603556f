/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The networks that users connect from. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_subnet_from_address:
 * @address: an IP address
 *
 * Returns the part that remains when a provider or router assigns another address: the first 24
 * bits of an IPv4 address, 64 of an IPv6 address.
 *
 * Returns: (transfer full): "192.0.2.0/24" or "2001:db8::/64"; a copy of @address if it is not an
 * IP address
 */
char *confab_subnet_from_address (const char *address);

G_END_DECLS
