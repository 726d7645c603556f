/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The number of connections of each address, or of requests that a proxy forwards for it, up to a
 * limit. Loop only. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConfabAddresses ConfabAddresses;
typedef struct _ConfabAddress ConfabAddress;

/* @max: connections per address */
ConfabAddresses *confab_addresses_new (guint max);
void confab_addresses_free (ConfabAddresses *self);

gboolean confab_addresses_has_room (ConfabAddresses *self, const char *text);

/* Counts one more for the address @text. Returns NULL if it has as many as it may; otherwise return
 * the result with confab_address_return(). */
ConfabAddress *confab_addresses_take (ConfabAddresses *self, const char *text);

/* Counts one less. Does nothing for NULL. */
void confab_address_return (ConfabAddress *self);

G_END_DECLS
