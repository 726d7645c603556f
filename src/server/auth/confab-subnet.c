/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-subnet.h"

#include <gio/gio.h>
#include <string.h>

char *
confab_subnet_from_address (const char *address)
{
  g_autoptr (GInetAddress) parsed = g_inet_address_new_from_string (address);
  g_autoptr (GInetAddress) network = NULL;
  g_autofree char *text = NULL;
  guint8 bytes[16] = { 0 };
  gsize kept;

  if (parsed == NULL)
    return g_strdup (address);

  kept = g_inet_address_get_family (parsed) == G_SOCKET_FAMILY_IPV4 ? 3 : 8;
  memcpy (bytes, g_inet_address_to_bytes (parsed), kept);
  network = g_inet_address_new_from_bytes (bytes, g_inet_address_get_family (parsed));
  text = g_inet_address_to_string (network);

  return g_strdup_printf ("%s/%zu", text, kept * 8);
}
