/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Hash tables whose keys are ids (gint64 *): sets, and maps. GLib's functions look up, remove,
 * count and iterate. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full) */
GHashTable *confab_id_set_new (void);
void confab_id_set_add (GHashTable *set, gint64 id);
/* Add all ids of @other. */
void confab_id_set_add_all (GHashTable *set, GHashTable *other);
gboolean confab_id_set_has (GHashTable *set, gint64 id);

/* @free_value: (nullable). (transfer full) */
GHashTable *confab_id_map_new (GDestroyNotify free_value);
/* Set the value of @id. @value: (transfer full) */
void confab_id_map_set (GHashTable *map, gint64 id, gpointer value);

G_END_DECLS
