/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-flights.h"

#include <string.h>

struct _ConfabFlights
{
  ConfabFlightLimits limits;
  GHashTable *users;     /* gint64 → gsize, for users with any bytes */
  GHashTable *addresses; /* char * → gsize */
  gsize total;
  gsize released;
};

ConfabFlights *
confab_flights_new (const ConfabFlightLimits *limits)
{
  ConfabFlights *self = g_new0 (ConfabFlights, 1);

  self->limits = *limits;
  self->users = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
confab_flights_free (ConfabFlights *self)
{
  g_hash_table_unref (self->users);
  g_hash_table_unref (self->addresses);
  g_free (self);
}

static gboolean
fits (GHashTable *table, gconstpointer key, gsize length, gsize limit)
{
  const gsize *held = g_hash_table_lookup (table, key);

  return held == NULL || (*held <= limit && length <= limit - *held);
}

gboolean
confab_flights_has_room (ConfabFlights *self, gint64 user_id, const char *address, gsize length)
{
  return (user_id == 0 || fits (self->users, &user_id, length, self->limits.per_user))
         && fits (self->addresses, address, length, self->limits.per_address)
         && self->total <= self->limits.in_all && length <= self->limits.in_all - self->total;
}

static void
count (GHashTable *table, gconstpointer key, gsize key_length, gssize length)
{
  gsize *held = g_hash_table_lookup (table, key);

  if (held == NULL)
    {
      held = g_new0 (gsize, 1);
      g_hash_table_insert (table, g_memdup2 (key, key_length), held);
    }

  *held += (gsize)length;
  if (*held == 0)
    g_hash_table_remove (table, key);
}

void
confab_flights_add (ConfabFlights *self, gint64 user_id, const char *address, gssize length)
{
  if (length == 0)
    return;

  self->total += (gsize)length;
  if (length < 0)
    self->released += (gsize)-length;
  if (user_id != 0)
    count (self->users, &user_id, sizeof user_id, length);
  count (self->addresses, address, strlen (address) + 1, length);
}

gboolean
confab_hold_add (ConfabHold *self, gsize length)
{
  if (!confab_flights_has_room (self->flights, self->user_id, self->address, length))
    return FALSE;

  self->length += length;
  confab_flights_add (self->flights, self->user_id, self->address, (gssize)length);

  return TRUE;
}

void
confab_hold_release (ConfabHold *self)
{
  confab_flights_add (self->flights, self->user_id, self->address, -(gssize)self->length);
  self->length = 0;
}

gsize
confab_flights_get_total (ConfabFlights *self)
{
  return self->total;
}

gsize
confab_flights_get_released (ConfabFlights *self)
{
  return self->released;
}
