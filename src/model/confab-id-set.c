/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-id-set.h"

GHashTable *
confab_id_set_new (void)
{
  return confab_id_map_new (NULL);
}

void
confab_id_set_add (GHashTable *set, gint64 id)
{
  if (!g_hash_table_contains (set, &id))
    g_hash_table_add (set, g_memdup2 (&id, sizeof id));
}

void
confab_id_set_add_all (GHashTable *set, GHashTable *other)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, other);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    confab_id_set_add (set, *(gint64 *)id);
}

gboolean
confab_id_set_has (GHashTable *set, gint64 id)
{
  return g_hash_table_contains (set, &id);
}

GHashTable *
confab_id_map_new (GDestroyNotify free_value)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_value);
}

void
confab_id_map_set (GHashTable *map, gint64 id, gpointer value)
{
  g_hash_table_replace (map, g_memdup2 (&id, sizeof id), value);
}
