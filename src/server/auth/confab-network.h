/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The networks people come from. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * confab_network_from_address:
 * @address: an IP address
 *
 * What somebody keeps when their provider or their router gives them another address: the first
 * 24 bits of an IPv4 address, 64 of an IPv6 one.
 *
 * Returns: (transfer full): "192.0.2.0/24" or "2001:db8::/64"; @address itself if it is none
 */
char *confab_network_from_address (const char *address);

G_END_DECLS
