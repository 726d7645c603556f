/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A short list that is read from the mirror as a whole: a GListModel that loads and follows
 * changes. Each kind of list is described by a ConfabMirrorListKind; see confab-mirror-lists.h.
 * Main thread. */

#pragma once

#include "confab-mirror.h"

G_BEGIN_DECLS

/* Signals: ::changed: the mirror was read again; items may be new, removed, or changed. */
#define CONFAB_TYPE_MIRROR_LIST (confab_mirror_list_get_type ())
G_DECLARE_FINAL_TYPE (ConfabMirrorList, confab_mirror_list, CONFAB, MIRROR_LIST, GObject)

/**
 * ConfabMirrorListKind:
 * @get_item_type: the type of the items
 * @get_item_id: the id of an item; each is in the list once
 * @concerns: whether the list must be read again after @changes
 * @read: begins to read the rows; its callback gets the mirror
 * @read_finish: ends that. Returns: (transfer full) (nullable): the rows
 * @take_row: Returns: (transfer full) (nullable): the item of @row: the one that is in the list
 *   already, brought up to date, or a new one; NULL leaves it out
 * @compare: (nullable): the order, as for g_ptr_array_sort(); NULL is the mirror's
 *
 * What makes one kind of list.
 */
typedef struct
{
  GType (*get_item_type) (void);
  gint64 (*get_item_id) (gconstpointer item);
  gboolean (*concerns) (ConfabMirrorList *self, ConfabChanges *changes);
  void (*read) (ConfabMirrorList *self,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data);
  GPtrArray *(*read_finish) (ConfabMirror *mirror, GAsyncResult *result, GError **error);
  gpointer (*take_row) (ConfabMirrorList *self, gconstpointer row);
  GCompareFunc compare;
} ConfabMirrorListKind;

/**
 * confab_mirror_list_new:
 * @kind: static
 * @mirror: the mirror to read
 * @objects: (nullable): provides the items, if the list does not create them
 * @id: the object that the list is about; 0 if there is only one list of this kind
 *
 * Returns: (transfer full): the list, empty until the mirror has answered
 */
ConfabMirrorList *confab_mirror_list_new (const ConfabMirrorListKind *kind,
                                          ConfabMirror *mirror,
                                          GObject *objects,
                                          gint64 id);

/* The arguments of confab_mirror_list_new(). (transfer none) */
ConfabMirror *confab_mirror_list_get_mirror (ConfabMirrorList *self);
gpointer confab_mirror_list_get_objects (ConfabMirrorList *self);
gint64 confab_mirror_list_get_id (ConfabMirrorList *self);

/* Return the item with that @item_id, or NULL. (transfer none) */
gpointer confab_mirror_list_lookup (ConfabMirrorList *self, gint64 item_id);

/* Read the mirror again; an unfinished earlier read is cancelled. */
void confab_mirror_list_refresh (ConfabMirrorList *self);

G_END_DECLS
