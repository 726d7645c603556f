/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-addresses.h"

struct _ConfabAddresses
{
  GHashTable *table; /* char * → ConfabAddress */
  guint max;
};

struct _ConfabAddress
{
  ConfabAddresses *addresses;
  char *text;
  guint n;
};

static void
address_free (gpointer data)
{
  ConfabAddress *self = data;

  g_free (self->text);
  g_free (self);
}

ConfabAddresses *
confab_addresses_new (guint max)
{
  ConfabAddresses *self = g_new0 (ConfabAddresses, 1);

  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, address_free);
  self->max = max;

  return self;
}

void
confab_addresses_free (ConfabAddresses *self)
{
  g_hash_table_unref (self->table);
  g_free (self);
}

gboolean
confab_addresses_has_room (ConfabAddresses *self, const char *text)
{
  const ConfabAddress *address = g_hash_table_lookup (self->table, text);

  return address == NULL || address->n < self->max;
}

ConfabAddress *
confab_addresses_take (ConfabAddresses *self, const char *text)
{
  ConfabAddress *address = g_hash_table_lookup (self->table, text);

  if (!confab_addresses_has_room (self, text))
    return NULL;

  if (address == NULL)
    {
      address = g_new0 (ConfabAddress, 1);
      address->addresses = self;
      address->text = g_strdup (text);
      g_hash_table_insert (self->table, address->text, address);
    }
  address->n++;

  return address;
}

void
confab_address_return (ConfabAddress *self)
{
  if (self != NULL && --self->n == 0)
    g_hash_table_remove (self->addresses->table, self->text);
}
